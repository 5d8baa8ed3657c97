// What the core tells, as each side reads it.
#include <gtest/gtest.h>

#include "adapters/telegram/actions.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/notifications.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using v1::Appointment;

TEST(Notification, AfterARejectionThereAreTwoButtonsAndTheServiceIsKept) {
  v1::Notification notification;
  notification.set_kind(v1::Notification::KIND_APPOINTMENT_REJECTED);
  notification.set_recipient("accounts/0acc000000001");
  *notification.mutable_appointment() = SampleAppointment(Appointment::STATUS_REJECTED);
  const Screen screen = NotificationScreen(ReaderIn("de", ""), notification);
  ASSERT_EQ(screen.rows.size(), 1U);
  ASSERT_EQ(screen.rows[0].size(), 2U);
  EXPECT_EQ(screen.rows[0][0].label, "Andere Zeit");
  EXPECT_EQ(screen.rows[0][1].label, "Chat");
  const auto again = std::get<Action>(screen.rows[0][0].does).As<RequestAgain>();
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->appointment.text, kAppointmentId);
}

TEST(Notification, AfterACancellationTheCustomerIsOfferedAnotherTimeAndAChat) {
  const Screen screen =
      NotificationScreen(ReaderIn("de", ""), Cancelled(Appointment::ACTOR_PROVIDER));
  EXPECT_EQ(CodesOf(screen), (std::vector<std::string>{"rb", "co", "af", "ai"}));
  // Once, though both the news and the history say it.
  EXPECT_EQ(screen.text.find("Krank"), screen.text.rfind("Krank"));
}

TEST(Notification, NoProviderIsToldToHaveCancelledWhatAnErasedAccountEnded) {
  v1::Notification notification = Cancelled(Appointment::ACTOR_SYSTEM);
  notification.set_recipient("accounts/0acc000000002");
  const Screen screen = NotificationScreen(ReaderIn("de", ""), notification);
  EXPECT_NE(screen.text.find("Ein Termin entfällt."), std::string::npos) << screen.text;
  EXPECT_EQ(screen.text.find("hat Ihren Termin storniert"), std::string::npos) << screen.text;
}

// Agreed for 10:00 in Port of Spain; the specialist goes by the clock of Berlin now.
v1::Notification OfNewRules(v1::Notification::Kind kind, const char* reason) {
  v1::Notification notification;
  notification.set_kind(kind);
  notification.set_reason(reason);
  notification.set_recipient("accounts/0acc000000001");
  Appointment& appointment = *notification.mutable_appointment();
  appointment = SampleAppointment(Appointment::STATUS_ACCEPTED);
  appointment.mutable_agreed_time()->set_local_time("2026-12-28T10:00:00");
  appointment.mutable_agreed_time()->set_time_zone("America/Port_of_Spain");
  *notification.mutable_start_time() = appointment.start_time();
  *notification.mutable_previous_start_time() = appointment.start_time();
  return notification;
}

TEST(Notification, OfATimeThatIsKeptSaysWhichAndWhatItWasOnAnotherClock) {
  v1::Notification notification =
      OfNewRules(v1::Notification::KIND_AGREED_TIME_KEPT, "zone_rules_moved");
  notification.mutable_previous_start_time()->set_seconds(notification.start_time().seconds() +
                                                          3600);
  const std::string text =
      NotificationScreen(ReaderIn("de", "America/New_York"), notification).text;
  EXPECT_NE(text.find("In Port of Spain gilt eine neue Zeitregelung."), std::string::npos) << text;
  EXPECT_NE(text.find("Die vereinbarte Uhrzeit bleibt: Mo., 28. Dez., 10:00."), std::string::npos)
      << text;
  EXPECT_NE(text.find("Bei Ihnen bisher: Mo., 28. Dez., 10:00"), std::string::npos) << text;
  // Who has that clock was never shown another time.
  const std::string there =
      NotificationScreen(ReaderIn("de", "America/Port_of_Spain"), notification).text;
  EXPECT_EQ(there.find("bisher"), std::string::npos) << there;
  // Nothing moved: the clock shows the agreed time again.
  notification = OfNewRules(v1::Notification::KIND_AGREED_TIME_KEPT, "zone_rules_stands");
  const std::string stands =
      NotificationScreen(ReaderIn("de", "America/New_York"), notification).text;
  EXPECT_EQ(stands.find("bisher"), std::string::npos) << stands;
}

TEST(Notification, OfATimeThatIsLostSaysWhyAndLeadsToAnotherTimeOrTheChat) {
  const struct {
    const char* reason;
    const char* text;
  } kCases[] = {{"zone_rules_taken", "zur vereinbarten Uhrzeit ist schon etwas anderes"},
                {"zone_rules_skipped", "die vereinbarte Uhrzeit gibt es an diesem Tag nicht mehr"},
                {"zone_rules_passed", "die vereinbarte Uhrzeit ist schon vorbei"}};
  for (const auto& c : kCases) {
    v1::Notification notification = OfNewRules(v1::Notification::KIND_AGREED_TIME_LOST, c.reason);
    notification.mutable_appointment()->mutable_agreed_time()->set_needs_new_agreement(true);
    const Screen screen = NotificationScreen(ReaderIn("de", "Europe/Berlin"), notification);
    EXPECT_NE(screen.text.find(c.text), std::string::npos) << screen.text;
    EXPECT_NE(screen.text.find("Vereinbart war Mo., 28. Dez., 10:00 (Port of Spain)."),
              std::string::npos)
        << screen.text;
    EXPECT_TRUE(Has(screen, "co"));
    EXPECT_TRUE(Has(screen, "rb"));
    notification.set_recipient("accounts/0acc000000002");
    EXPECT_TRUE(Has(NotificationScreen(ReaderIn("de", ""), notification), "cc"));
  }
}

TEST(Notification, OfAMoveSaysWhereItWasToWhomeverItConcerns) {
  v1::Notification notification;
  notification.set_kind(v1::Notification::KIND_APPOINTMENT_RESCHEDULED);
  notification.set_recipient("accounts/0acc000000001");
  notification.set_reason("Zahnarzt");
  Appointment& appointment = *notification.mutable_appointment();
  appointment = SampleAppointment(Appointment::STATUS_ACCEPTED);
  notification.mutable_previous_start_time()->set_seconds(appointment.start_time().seconds() -
                                                          86400);
  const std::string customer =
      NotificationScreen(ReaderIn("de", "Europe/Berlin"), notification).text;
  EXPECT_NE(customer.find("hat Ihren Termin verschoben"), std::string::npos) << customer;
  EXPECT_NE(customer.find("Zahnarzt"), std::string::npos) << customer;
  EXPECT_NE(customer.find("Bisher: "), std::string::npos) << customer;
  notification.set_recipient("accounts/0acc000000002");
  const std::string provider =
      NotificationScreen(ReaderIn("de", "Europe/Berlin"), notification).text;
  EXPECT_NE(provider.find("wurde verschoben"), std::string::npos) << provider;
}

TEST(Notification, OfABlockNamesTheProviderAndLeadsNowhere) {
  v1::Notification notification;
  notification.set_kind(v1::Notification::KIND_LINK_BLOCKED);
  notification.set_recipient("accounts/0acc000000001");
  notification.mutable_provider()->set_display_name("Carla <3");
  const Screen screen = NotificationScreen(ReaderIn("de", ""), notification);
  EXPECT_NE(screen.text.find("Carla &lt;3"), std::string::npos) << screen.text;
  EXPECT_TRUE(screen.rows.empty());
  EXPECT_TRUE(ShortNotificationScreen(ReaderIn("de", ""), notification).rows.empty());
}

TEST(Notification, EveryKindReadsWellInEveryLanguageForBothSides) {
  for (int kind = 0; kind <= v1::Notification::Kind_MAX; ++kind) {
    for (const char* recipient : {"accounts/0acc000000001", "accounts/0acc000000002"}) {
      for (const auto& [language, texts] : TestLanguages().all()) {
        v1::Notification notification;
        notification.set_kind(static_cast<v1::Notification::Kind>(kind));
        notification.set_recipient(recipient);
        notification.set_reason(std::string(500, '<'));
        *notification.mutable_appointment() = SampleAppointment(Appointment::STATUS_PENDING);
        EXPECT_EQ(ScreenFault(NotificationScreen({&texts, "", Instant()}, notification)), "");
      }
    }
  }
}

TEST(Notification, TheShortFormSaysInEveryLanguageWhatItIsAndNothingThatSomebodyWrote) {
  for (int kind = 0; kind <= v1::Notification::Kind_MAX; ++kind) {
    for (const char* recipient : {"accounts/0acc000000001", "accounts/0acc000000002"}) {
      for (const auto& [language, texts] : TestLanguages().all()) {
        SCOPED_TRACE(v1::Notification::Kind_Name(kind) + " " + language);
        v1::Notification notification;
        notification.set_kind(static_cast<v1::Notification::Kind>(kind));
        notification.set_recipient(recipient);
        notification.set_reason("WRITTEN");
        notification.set_customer_display_name("WRITTEN");
        notification.set_specialist_display_name("WRITTEN");
        *notification.mutable_appointment() = SampleAppointment(Appointment::STATUS_PENDING);
        notification.mutable_appointment()->set_customer_display_name("WRITTEN");
        notification.mutable_appointment()->set_provider_display_name("WRITTEN");
        notification.mutable_message()->set_link("providers/0prv000000001/links/0acc000000001");
        notification.mutable_message()->set_text("WRITTEN");
        notification.mutable_ticket()->set_account("accounts/0acc000000001");
        notification.mutable_ticket()->set_account_display_name("WRITTEN");
        notification.mutable_ticket_message()->set_text("WRITTEN");
        const Screen screen = ShortNotificationScreen({&texts, "", Instant()}, notification);
        EXPECT_EQ(ScreenFault(screen), "");
        EXPECT_EQ(Draw(screen).find("WRITTEN"), std::string::npos) << Draw(screen);
        EXPECT_LT(CodePoints(screen.text), 200U);
      }
    }
  }
}

TEST(Notification, TheShortFormLeadsToWhatItIsAbout) {
  const struct {
    v1::Notification::Kind kind;
    const char* code;
  } kCases[] = {{v1::Notification::KIND_APPOINTMENT_ACCEPTED, "ac"},
                {v1::Notification::KIND_REMINDER, "ac"},
                {v1::Notification::KIND_CHAT_MESSAGE, "cc"},
                {v1::Notification::KIND_TICKET_MESSAGE, "su"},
                {v1::Notification::KIND_CUSTOMER_JOINED, "fg"},
                {v1::Notification::KIND_SPECIALIST_JOINED, "ya"}};
  for (const auto& c : kCases) {
    v1::Notification notification;
    notification.set_kind(c.kind);
    *notification.mutable_appointment() = SampleAppointment(Appointment::STATUS_ACCEPTED);
    notification.mutable_message()->set_link("providers/0prv000000001/links/0acc000000001");
    EXPECT_TRUE(Has(ShortNotificationScreen(ReaderIn("de", ""), notification), c.code)) << c.kind;
  }
}

TEST(Notification, AnOrganizationReadsWhoJoinedAndIsLedToServicesAndProfile) {
  v1::Notification notification;
  notification.set_kind(v1::Notification::KIND_SPECIALIST_JOINED);
  notification.set_specialist_display_name("Marie <3");
  for (const auto& [language, texts] : TestLanguages().all()) {
    SCOPED_TRACE(language);
    const Screen screen = NotificationScreen({&texts, "", Instant()}, notification);
    EXPECT_NE(screen.text.find("<b>Marie &lt;3</b>"), std::string::npos) << screen.text;
    EXPECT_TRUE(Has(screen, "ya"));
    EXPECT_EQ(ScreenFault(screen), "");
  }
}

TEST(Notification, OfWhatAToolDidSpeaksToTheProviderAsToOneWhoDidNotDoIt) {
  for (const auto kind :
       {v1::Notification::KIND_APPOINTMENT_ACCEPTED, v1::Notification::KIND_APPOINTMENT_CANCELLED,
        v1::Notification::KIND_APPOINTMENT_COMPLETED}) {
    v1::Notification notification;
    notification.set_kind(kind);
    notification.set_actor(Appointment::ACTOR_TOOL);
    *notification.mutable_appointment() = SampleAppointment(Appointment::STATUS_ACCEPTED);
    notification.set_recipient("accounts/0acc000000009");
    const std::string to_provider = NotificationScreen(ReaderIn("de", ""), notification).text;
    EXPECT_NE(to_provider.find("Die Verwaltung hat"), std::string::npos) << to_provider;
    notification.set_recipient(notification.appointment().customer());
    const std::string to_customer = NotificationScreen(ReaderIn("de", ""), notification).text;
    EXPECT_EQ(to_customer.find("Die Verwaltung hat"), std::string::npos) << to_customer;
  }
}

TEST(Notification, BringsACalendarFileOfWhatIsAgreedOrWas) {
  const struct {
    const char* what;
    Appointment appointment;
    bool brings;
  } kCases[] = {{"a request", SampleAppointment(Appointment::STATUS_PENDING), false},
                {"an agreed one", SampleAppointment(Appointment::STATUS_ACCEPTED), true},
                {"a cancelled one", Cancelled(Appointment::ACTOR_PROVIDER).appointment(), true},
                {"a withdrawn request", SampleAppointment(Appointment::STATUS_CANCELLED), false}};
  for (const auto& c : kCases) {
    v1::Notification notification;
    notification.set_kind(v1::Notification::KIND_APPOINTMENT_ACCEPTED);
    *notification.mutable_appointment() = c.appointment;
    notification.set_recipient(c.appointment.customer());
    EXPECT_EQ(Has(NotificationScreen(ReaderIn("de", ""), notification), "af"), c.brings) << c.what;
  }
}

TEST(Notification, OfARequestTakenBackSpeaksOfNoAppointment) {
  v1::Notification notification = Cancelled(Appointment::ACTOR_CUSTOMER);
  notification.set_recipient("accounts/0acc000000009");
  const std::string agreed = NotificationScreen(ReaderIn("de", ""), notification).text;
  EXPECT_NE(agreed.find("hat den Termin storniert"), std::string::npos) << agreed;
  auto& history = *notification.mutable_appointment()->mutable_history();
  history.DeleteSubrange(history.size() - 2, 1);  // That it was accepted.
  const std::string withdrawn = NotificationScreen(ReaderIn("de", ""), notification).text;
  EXPECT_NE(withdrawn.find("hat die Anfrage zurückgezogen"), std::string::npos) << withdrawn;
}

TEST(Notification, OnlyCompletedComesWithoutASound) {
  v1::Notification notification;
  notification.set_kind(v1::Notification::KIND_APPOINTMENT_COMPLETED);
  EXPECT_TRUE(IsSilent(notification));
  notification.set_kind(v1::Notification::KIND_APPOINTMENT_ACCEPTED);
  EXPECT_FALSE(IsSilent(notification));
}

}  // namespace
}  // namespace kalends::telegram
