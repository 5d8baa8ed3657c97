// What a customer's cards of one appointment say and offer, beyond their wording.
#include <gtest/gtest.h>

#include "adapters/telegram/actions.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/booking.h"
#include "adapters/telegram/screens/proposals.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using v1::Appointment;

constexpr const char* kSixLanguages[] = {"de", "en", "fr", "es", "ru", "uk"};

std::vector<std::string> LabelsOf(const Screen& screen) {
  std::vector<std::string> labels;
  for (const Row& row : screen.rows) {
    for (const Button& button : row) labels.push_back(button.label);
  }
  return labels;
}

// How many buttons lead to `SomeAction`.
template <typename SomeAction>
int Leading(const Screen& screen) {
  int count = 0;
  for (const Row& row : screen.rows) {
    for (const Button& button : row) {
      const auto* action = std::get_if<Action>(&button.does);
      count += action != nullptr && action->Is<SomeAction>() ? 1 : 0;
    }
  }
  return count;
}

bool Says(const Screen& screen, std::string_view text) {
  return screen.text.find(text) != std::string::npos;
}

Appointment Proposed() {
  Appointment appointment = SampleAppointment(Appointment::STATUS_PENDING);
  appointment.add_allowed_actions(Appointment::ACTION_CHOOSE_PROPOSED_TIME);
  appointment.add_allowed_actions(Appointment::ACTION_CANCEL);
  for (const std::int64_t start : {1798470000, 1798473600}) {
    appointment.add_proposed_start_times()->set_seconds(start);
  }
  return appointment;
}

TEST(CustomersCard, NamesADeadlineOnlyWhereThereIsOneToMind) {
  Appointment appointment = SampleAppointment(Appointment::STATUS_ACCEPTED);
  appointment.add_allowed_actions(Appointment::ACTION_CANCEL);
  const std::int64_t start = appointment.start_time().seconds();
  const struct {
    const char* what;
    std::int64_t until;
    bool says;
  } kCases[] = {{"a day before", start - 86400, true},
                {"the start itself", start, false},
                {"now", kTestNow, false},
                {"over", kTestNow - 60, false}};
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.what);
    appointment.mutable_cancel_until_time()->set_seconds(c.until);
    const Reader reader = ReaderIn("de", "");
    EXPECT_EQ(Says(AppointmentScreen(reader, appointment, Side::kCustomer, {1}), "Stornieren bis"),
              c.says);
    EXPECT_EQ(Says(AskCancelScreen(reader, appointment, Side::kCustomer, {1}), "Stornieren bis"),
              c.says);
  }
}

TEST(CustomersCard, OfWhatCameToNothingNamesOnlyMoneyThatWasPaid) {
  for (const auto status : {Appointment::STATUS_REJECTED, Appointment::STATUS_CANCELLED}) {
    Appointment appointment = SampleAppointment(status);
    const auto text = [&] {
      return AppointmentScreen(ReaderIn("de", ""), appointment, Side::kCustomer, {1}).text;
    };
    for (const char* figure : {"Service-/Terminpreis", "Bezahlter Betrag", "Ausstehender Saldo"}) {
      EXPECT_EQ(text().find(figure), std::string::npos) << text();
    }
    appointment.mutable_paid()->set_currency_code("EUR");
    appointment.mutable_paid()->set_minor_units(3000);
    appointment.mutable_outstanding()->set_currency_code("EUR");
    appointment.mutable_outstanding()->set_minor_units(-3000);
    EXPECT_NE(text().find("Bezahlter Betrag: 30,00\u00a0€\nAusstehender Saldo: -30,00\u00a0€"),
              std::string::npos)
        << text();
    EXPECT_EQ(text().find("Service-/Terminpreis"), std::string::npos) << text();
  }
}

TEST(CustomersCard, LeadsToTheChatWhileItIsOpen) {
  for (const auto status : {Appointment::STATUS_PENDING, Appointment::STATUS_ACCEPTED}) {
    const Screen screen =
        AppointmentScreen(ReaderIn("de", ""), SampleAppointment(status), Side::kCustomer, {1});
    EXPECT_EQ(Leading<OpenChat>(screen), 1);
  }
}

TEST(RequestedScreen, LeadsToTheChatAndToTheCancellation) {
  Appointment appointment = SampleAppointment(Appointment::STATUS_PENDING);
  EXPECT_EQ(Leading<AskCancel>(RequestedScreen(ReaderIn("de", ""), appointment)), 0);
  appointment.add_allowed_actions(Appointment::ACTION_CANCEL);
  const Screen screen = RequestedScreen(ReaderIn("de", ""), appointment);
  EXPECT_EQ(LabelsOf(screen),
            (std::vector<std::string>{"Meeting-Info", "Termine", "Chat", "Stornieren"}));
  EXPECT_EQ(screen.rows.back().back().style, Style::kDanger);
}

TEST(Proposals, SayWhoProposesAndLetTheCustomerChooseNoneOrTalk) {
  for (const char* language : kSixLanguages) {
    SCOPED_TRACE(language);
    const Screen screen =
        AppointmentMessage(ReaderIn(language, ""), Proposed(), Side::kCustomer, {1}, "");
    const std::size_t head = screen.text.find("👤 Dr. Ada Weiss");
    EXPECT_NE(screen.text.rfind("👤 Dr. Ada Weiss"), head) << screen.text;
    EXPECT_EQ(Leading<ChooseProposed>(screen), 2);
    EXPECT_EQ(Leading<RequestAgain>(screen), 1);
    EXPECT_EQ(Leading<OpenChat>(screen), 1);
  }
}

TEST(ProposalTaken, OffersWhatIsLeftAndWhatIsFreeNearIt) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  const Draft draft{{kProviderId}, {kServiceId}, {}};
  const Minute taken(std::chrono::minutes(1798470000 / 60));
  const Screen screen = ProposalTakenScreen(reader, Proposed(), {1},
                                            {.refusal = "Weg.",
                                             .taken = taken,
                                             .draft = draft,
                                             .starts = {taken + std::chrono::minutes(30)}});
  EXPECT_TRUE(screen.text.starts_with("Weg."));
  EXPECT_EQ(Leading<ChooseProposed>(screen), 1);
  EXPECT_EQ(Leading<PickSlot>(screen), 1);
  EXPECT_EQ(Leading<RequestAgain>(screen), 1);
  const auto labels = LabelsOf(screen);
  EXPECT_EQ(labels[0], "🔹 Mo., 28. Dez., 17:00");
  EXPECT_EQ(labels[1], "Mo., 28. Dez., 16:30");
  EXPECT_TRUE(Says(screen, "Ähnliche Zeiten sind noch frei:"));
  // Where nothing is left of either, another day can still be chosen.
  Appointment alone = Proposed();
  alone.mutable_proposed_start_times()->RemoveLast();
  const Screen none = ProposalTakenScreen(reader, alone, {1}, {"Weg.", taken, draft, {}});
  EXPECT_EQ(Leading<ChooseProposed>(none) + Leading<PickSlot>(none), 0);
  EXPECT_EQ(Leading<RequestAgain>(none), 1);
}

TEST(Reasons, ADeclinedProposalIsToldInTheLanguageOfWhoReads) {
  for (const char* language : kSixLanguages) {
    const std::string text = ReasonText(ReaderIn(language, ""), std::string(kNoneFits));
    EXPECT_EQ(text.find(kNoneFits), std::string::npos) << text;
  }
}

TEST(BookedText, SaysWhatIsBookedWithWhomForHowLongAndForHowMuch) {
  const Reader reader = ReaderIn("de", "");
  EXPECT_EQ(BookedText(reader, SampleProvider(), {}, SampleService()),
            "👤 Dr. Ada Weiss · Massage · 50 Min. · 80,00\u00a0€");
  v1::Provider house = SampleProvider();
  house.set_kind(v1::PROVIDER_KIND_ORGANIZATION);
  house.set_display_name("Salon");
  v1::Provider::Specialist specialist;
  specialist.set_display_name("Mori");
  EXPECT_EQ(BookedText(reader, house, specialist, std::nullopt), "🏫 Salon · Mori");
}

}  // namespace
}  // namespace kalends::telegram
