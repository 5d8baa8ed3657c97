// A provider's requests, one card at a time (SPEC 3.1).
#include <gtest/gtest.h>

#include "adapters/telegram/actions.h"
#include "adapters/telegram/screens/proposals.h"
#include "adapters/telegram/screens/requests.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using std::chrono::minutes;

const Instant kAsked(std::chrono::seconds(1798466400));  // As SampleAppointment starts.
const Instant kAskedEnd = kAsked + minutes(50);

v1::ListBusyTimesResponse Busy(const std::vector<std::pair<Instant, Instant>>& spans) {
  v1::ListBusyTimesResponse times;
  for (const auto& [from, until] : spans) {
    auto& span = *times.add_busy();
    span.mutable_start_time()->set_seconds(from.time_since_epoch().count());
    span.mutable_end_time()->set_seconds(until.time_since_epoch().count());
  }
  return times;
}

RequestView RequestOf(int number, int count) {
  RequestView view{.appointment = SampleAppointment(v1::Appointment::STATUS_PENDING),
                   .number = number,
                   .count = count};
  for (const auto action : {v1::Appointment::ACTION_ACCEPT, v1::Appointment::ACTION_REJECT,
                            v1::Appointment::ACTION_PROPOSE_TIMES}) {
    view.appointment.add_allowed_actions(action);
  }
  return view;
}

TEST(Requests, SayWhatIsNearThem) {
  const auto request = SampleAppointment(v1::Appointment::STATUS_PENDING);
  const auto around = AroundOf(request, Busy({{kAsked - minutes(60), kAsked - minutes(10)},
                                              {kAskedEnd + minutes(5), kAskedEnd + minutes(60)}}));
  ASSERT_TRUE(around);
  EXPECT_EQ(around->busy_until, kAsked - minutes(10));
  EXPECT_EQ(around->busy_from, kAskedEnd + minutes(5));
  const auto touching = AroundOf(
      request, Busy({{kAsked - minutes(30), kAsked}, {kAskedEnd, kAskedEnd + minutes(60)}}));
  ASSERT_TRUE(touching) << "what touches does not overlap";
  EXPECT_EQ(touching->busy_until, kAsked);
  EXPECT_EQ(touching->busy_from, kAskedEnd);
  EXPECT_FALSE(AroundOf(request, {})->busy_until);
  EXPECT_FALSE(AroundOf(request, Busy({{kAsked, kAskedEnd}})))
      << "others of the group are no neighbours";
}

TEST(Requests, ACardSaysAllThatDecides) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  RequestView view = RequestOf(0, 3);
  view.appointment.set_visit_number(2);
  view.appointment.set_note("Rückenschmerzen");
  view.terms = Terms::kSigned;
  view.around = Around{};
  const Screen screen = RequestScreen(reader, view);
  for (const char* part : {"1 von 3", "(2. Besuch)", "Massage · 80,00", "Rückenschmerzen",
                           "AGB ✍️ · davor und danach frei", "15:00", "09:00"}) {
    EXPECT_NE(screen.text.find(part), std::string::npos) << part << " in " << screen.text;
  }
  EXPECT_LE(std::count(screen.text.begin(), screen.text.end(), '\n') + 1, 8) << screen.text;
  EXPECT_LE(screen.rows.size(), 4U);
  view.around->busy_until = kAsked - minutes(10);
  view.terms = Terms::kPending;
  EXPECT_NE(RequestScreen(reader, view)
                .text.find("AGB ⏳ nicht unterzeichnet · davor belegt bis 14:50, danach frei"),
            std::string::npos)
      << RequestScreen(reader, view).text;
}

TEST(Requests, AreSkippedWhereThereIsAnother) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  const auto skips = [&](const RequestView& view) {
    const Screen screen = RequestScreen(reader, view);
    return screen.rows.back().back().label == "Überspringen ▶";
  };
  EXPECT_TRUE(skips(RequestOf(0, 2)));
  EXPECT_TRUE(skips(RequestOf(1, 2))) << "behind the last one comes the first";
  EXPECT_FALSE(skips(RequestOf(0, 1)));
}

TEST(Requests, OfferOnlyWhatTheCoreAllows) {
  RequestView view = RequestOf(0, 1);
  view.appointment.clear_allowed_actions();
  view.own_customer = false;
  EXPECT_TRUE(RequestScreen(ReaderIn("de", ""), view).rows.empty());
}

TEST(Requests, TwoTimesAreProposedInFiveTapsAndTheFirstThreeAreOnTop) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  const auto request = RequestOf(0, 1).appointment;
  const Minute first = std::chrono::floor<minutes>(kAsked) + minutes(60);
  ProposeMonthView view{.appointment = {kAppointmentId},
                        .chosen = {first},
                        .free = {.month = date::year(2026) / 12,
                                 .last_month = date::year(2026) / 12,
                                 .days = {date::year(2026) / 12 / 29},
                                 .first_starts = {Instant(first), Instant(first + minutes(30))},
                                 .next_start = std::nullopt,
                                 .zone = "Europe/Berlin"},
                        .asked = request,
                        .nonce = {1}};
  const Screen screen = ProposeMonthScreen(reader, view);
  EXPECT_TRUE(std::get<Action>(screen.rows[0][0].does).Is<SendProposal>())
      << "what is chosen is sent from where the next one is chosen";
  EXPECT_EQ(screen.rows[1][0].label.substr(0, 3), "✖");
  const auto second = std::get<Action>(screen.rows[2][0].does).As<ReviewProposal>();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->chosen, (std::vector<Minute>{first, first + minutes(30)}));
}

}  // namespace
}  // namespace kalends::telegram
