// What the screens of services come to.
#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/telegram/screens/service_fields.h"
#include "adapters/telegram/screens/service_lists.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

constexpr Nonce kSomeNonce{7};

TEST(ServiceCard, AsksForEachFieldOnItsOwnScreenOrOnOneOfItsGroups) {
  const Reader reader = ReaderIn("de", "");
  const v1::Service service = SampleService();
  const ServiceId id = ServiceId::Of(service.name());
  std::vector<Action> offered;
  const auto add = [&](const Screen& screen) {
    for (const Row& row : screen.rows) {
      for (const Button& button : row) {
        if (const auto* action = std::get_if<Action>(&button.does)) offered.push_back(*action);
      }
    }
  };
  add(ServiceCardScreen(reader, {.service = service, .nonce = kSomeNonce}));
  add(ServiceGroupScreen(reader, service, ServiceGroup::kBuffers));
  add(ServiceGroupScreen(reader, service, ServiceGroup::kDeadlines));
  for (int i = 0; i <= static_cast<int>(ServiceField::kMaxValue); ++i) {
    const Action ask = AskServiceField{id, static_cast<ServiceField>(i)};
    EXPECT_NE(std::find(offered.begin(), offered.end(), ask), offered.end()) << i;
  }
}

TEST(ServiceCard, TheQuestionForAPaymentLinkNamesWhatIsFilledIn) {
  for (const auto& [language, texts] : TestLanguages().all()) {
    const Screen screen = AskServiceFieldScreen(ReaderIn(language.c_str(), ""), SampleService(),
                                                ServiceField::kPaymentLink, "EUR", kSomeNonce);
    for (const char* name : {"{appointment}", "{amount}", "{currency}"}) {
      EXPECT_NE(screen.text.find(name), std::string::npos) << language << " " << name;
    }
  }
}

TEST(ServiceOrder, GoesNoFurtherThanTheEnds) {
  const Reader reader = ReaderIn("de", "");
  std::vector<v1::Service> all(3, SampleService());
  for (int i = 0; i < 3; ++i) {
    all[static_cast<std::size_t>(i)].set_name("providers/0prv000000001/services/0srv00000000" +
                                              std::to_string(i));
  }
  const auto moves = [&](const char* id) {
    const auto codes = CodesOf(ServiceOrderScreen(reader, all, ServiceId{id}, kSomeNonce));
    return std::count(codes.begin(), codes.end(), "sek");
  };
  EXPECT_EQ(moves("0srv000000000"), 1);
  EXPECT_EQ(moves("0srv000000001"), 2);
  EXPECT_EQ(moves("0srv000000002"), 1);
}

TEST(SessionsOf, GathersThoseOfOneServiceWithOneStart) {
  std::vector<v1::Appointment> all(4, SampleAppointment(v1::Appointment::STATUS_ACCEPTED));
  all[1].set_service("providers/0prv000000001/services/0other0000000");
  all[3].mutable_start_time()->set_seconds(all[0].start_time().seconds() + 3600);
  const auto sessions = SessionsOf(all, all[0].service());
  ASSERT_EQ(sessions.size(), 2U);
  EXPECT_EQ(sessions[0].participants.size(), 2U);
  EXPECT_EQ(sessions[1].participants.size(), 1U);
}

TEST(PeriodText, SaysDaysWherePeopleDo) {
  const Texts& t = ReaderIn("de", "").t();
  EXPECT_EQ(PeriodText(t, std::chrono::minutes(50)), "50 Min.");
  EXPECT_EQ(PeriodText(t, std::chrono::hours(24)), "24 Std.");
  EXPECT_EQ(PeriodText(t, std::chrono::hours(48)), "2 Tage");
  EXPECT_EQ(PeriodText(t, std::chrono::hours(49)), "49 Std.");
}

}  // namespace
}  // namespace kalends::telegram
