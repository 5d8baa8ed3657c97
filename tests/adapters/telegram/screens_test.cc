// What screens promise beyond their wording.
#include <gtest/gtest.h>

#include "adapters/telegram/actions.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/qr_code.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/booking.h"
#include "adapters/telegram/screens/calendar.h"
#include "adapters/telegram/screens/menu.h"
#include "adapters/telegram/screens/notifications.h"
#include "adapters/telegram/screens/proposals.h"
#include "adapters/telegram/screens/requests.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using v1::Appointment;
using date::literals::operator""_y;

std::vector<std::string> CodesOf(const Screen& screen) {
  std::vector<std::string> codes;
  for (const Row& row : screen.rows) {
    for (const Button& button : row) {
      codes.emplace_back(std::get<Action>(button.does).code());
    }
  }
  return codes;
}

bool Has(const Screen& screen, std::string_view code) {
  const auto codes = CodesOf(screen);
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

TEST(PastAppointment, ShowsItsFiguresAtOnceUnderTheSeedsLabels) {
  const Reader reader{&TestLanguages().For("de"), "Europe/Berlin",
                      Instant(std::chrono::seconds(1798466400 + 86400))};
  Appointment past = SampleAppointment(Appointment::STATUS_COMPLETED);
  past.mutable_paid()->set_currency_code("EUR");
  past.mutable_paid()->set_minor_units(3000);
  past.mutable_outstanding()->set_currency_code("EUR");
  past.mutable_outstanding()->set_minor_units(5000);
  const auto figures = [&](const Appointment& appointment) {
    const std::string text = AppointmentScreen(reader, appointment, Side::kCustomer, Nonce{1}).text;
    const std::size_t at = text.find("Service-/Terminpreis");
    return at == std::string::npos ? std::string() : text.substr(at);
  };
  EXPECT_EQ(figures(past),
            "Service-/Terminpreis: 80,00\u00a0€\nBezahlter Betrag: 30,00\u00a0€\n"
            "Ausstehender Saldo: 50,00\u00a0€");
  // Also of what costs nothing.
  past.clear_price();
  past.clear_paid();
  past.clear_outstanding();
  EXPECT_EQ(figures(past),
            "Service-/Terminpreis: kostenlos\nBezahlter Betrag: 0\nAusstehender Saldo: 0");
  // What is still ahead is looked up for other things.
  Appointment ahead = SampleAppointment(Appointment::STATUS_ACCEPTED);
  ahead.mutable_start_time()->set_seconds(1798466400 + 2 * 86400);
  EXPECT_EQ(figures(ahead), "");
}

TEST(MainMenu, HasTheLabelsOfTheSpecificationInTheirOrder) {
  const auto labels = [](const char* language, v1::ProviderKind kind) {
    std::vector<std::string> all;
    const nlohmann::json keyboard =
        MainMenuKeyboard(TestLanguages().For(language), kind)["keyboard"];
    for (const auto& row : keyboard) {
      for (const auto& button : row) all.push_back(button["text"]);
    }
    return all;
  };
  EXPECT_EQ(
      labels("de", v1::PROVIDER_KIND_UNSPECIFIED),
      (std::vector<std::string>{"Termin anfordern", "Termine", "Spezialistenliste", "Einstellungen",
                                "Registrierungsoptionen", "Über den Service", "Support"}));
  EXPECT_EQ(labels("en", v1::PROVIDER_KIND_UNSPECIFIED),
            (std::vector<std::string>{"Request appointment", "Appointments", "Specialists",
                                      "Settings", "Registration options", "About", "Support"}));
  // A provider's own things come first, and nothing is left to register.
  EXPECT_EQ(
      labels("de", v1::PROVIDER_KIND_SPECIALIST),
      (std::vector<std::string>{"Anfragen", "Kalender", "Kunden", "Chats", "Einladungen", "AGB",
                                "Leistungen", "Arbeitszeiten", "Profil", "Termin anfordern",
                                "Termine", "Spezialistenliste", "Einstellungen",
                                "Über den Service", "Support"}));
  for (const auto kind : {v1::PROVIDER_KIND_SPECIALIST, v1::PROVIDER_KIND_ORGANIZATION}) {
    EXPECT_LE(MainMenuKeyboard(TestLanguages().For("de"), kind)["keyboard"].size(), 6U);
  }
}

TEST(MainMenu, WordsAreEntriesOfOnesOwnKeyboardOnly) {
  constexpr auto kCustomer = v1::PROVIDER_KIND_UNSPECIFIED;
  const struct {
    const char* text;
    v1::ProviderKind kind;
    bool in_german;
    bool in_any_language;
  } kCases[] = {
      {"Termine", kCustomer, true, true},
      {"Appointments", kCustomer, false, true},
      {"AGB", kCustomer, false, false},
      {"Kalender", kCustomer, false, false},
      {"Terms", kCustomer, false, false},
      {"AGB", v1::PROVIDER_KIND_SPECIALIST, true, true},
      {"Terms", v1::PROVIDER_KIND_SPECIALIST, false, true},
      {"Arbeitszeiten", v1::PROVIDER_KIND_SPECIALIST, true, true},
      {"Arbeitszeiten", v1::PROVIDER_KIND_ORGANIZATION, false, false},
      // Of a keyboard from before the registration.
      {"Registrierungsoptionen", v1::PROVIDER_KIND_SPECIALIST, true, true},
      {"termine", kCustomer, false, false},
      {"", kCustomer, false, false},
  };
  const Texts& german = TestLanguages().For("de");
  for (const auto& c : kCases) {
    SCOPED_TRACE(std::string(c.text) + " " + std::to_string(c.kind));
    EXPECT_EQ(MenuActionOf(german, c.kind, c.text).has_value(), c.in_german);
    EXPECT_EQ(MenuActionOf(TestLanguages(), c.kind, c.text).has_value(), c.in_any_language);
  }
  EXPECT_TRUE(MenuActionOf(TestLanguages(), kCustomer, "Appointments")->Is<ShowUpcoming>());
}

TEST(Status, HasTheIconsAndLabelsOfTheSpecification) {
  const struct {
    Appointment::Status status;
    const char* de;
    const char* en;
  } kCases[] = {
      {Appointment::STATUS_PENDING, "🟡 Ausstehend", "🟡 Pending"},
      {Appointment::STATUS_ACCEPTED, "🟢 Akzeptiert", "🟢 Accepted"},
      {Appointment::STATUS_REJECTED, "🔴 Abgelehnt", "🔴 Rejected"},
      {Appointment::STATUS_COMPLETED, "✅ Abgeschlossen", "✅ Completed"},
      {Appointment::STATUS_CANCELLED, "❌ Storniert", "❌ Cancelled"},
      {Appointment::STATUS_MISSED, "⭕ Verpasst", "⭕ Missed"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(StatusLabel(ReaderIn("de", ""), c.status), c.de);
    EXPECT_EQ(StatusLabel(ReaderIn("en", ""), c.status), c.en);
  }
}

TEST(When, ShowsTheOtherClockOnlyWhereItDiffers) {
  const Appointment appointment = SampleAppointment(Appointment::STATUS_ACCEPTED);
  const auto at = [&](const char* zone) {
    return WhenText(ReaderIn("en", zone), appointment, Side::kCustomer);
  };
  EXPECT_EQ(at("Europe/Paris"), "<b>Monday, 28 December 2026, 15:00–15:50</b>");
  EXPECT_EQ(at("America/New_York"),
            "<b>Monday, 28 December 2026, 09:00–09:50</b>\n"
            "For Dr. Ada Weiss: 15:00–15:50 (Europe/Berlin)");
}

TEST(When, AReaderWithoutAZoneSeesTheProvidersClockWithItsZone) {
  EXPECT_EQ(WhenText(ReaderIn("en", ""), SampleAppointment(Appointment::STATUS_ACCEPTED),
                     Side::kCustomer),
            "<b>Monday, 28 December 2026, 15:00–15:50</b>\n<i>Time zone: Europe/Berlin</i>");
}

TEST(AppointmentScreen, OffersWhatTheCoreAllowsAndNothingElse) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  const struct {
    Appointment::Action allowed;
    const char* code;
  } kCases[] = {
      {Appointment::ACTION_ACCEPT, "pa"},      {Appointment::ACTION_REJECT, "pj"},
      {Appointment::ACTION_CANCEL, "ax"},      {Appointment::ACTION_COMPLETE, "pc"},
      {Appointment::ACTION_MARK_MISSED, "pm"}, {Appointment::ACTION_PROPOSE_TIMES, "om"},
  };
  for (const auto& c : kCases) {
    Appointment appointment = SampleAppointment(Appointment::STATUS_PENDING);
    for (const Side side : {Side::kCustomer, Side::kProvider}) {
      EXPECT_FALSE(Has(AppointmentScreen(reader, appointment, side, {1}), c.code));
    }
    appointment.add_allowed_actions(c.allowed);
    EXPECT_TRUE(Has(AppointmentScreen(reader, appointment, Side::kProvider, {1}), c.code));
  }
}

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

// To the customer, with why.
v1::Notification Cancelled(Appointment::Actor actor) {
  v1::Notification notification;
  notification.set_kind(v1::Notification::KIND_APPOINTMENT_CANCELLED);
  notification.set_recipient("accounts/0acc000000001");
  notification.set_actor(actor);
  notification.set_reason("Krank");
  Appointment& appointment = *notification.mutable_appointment();
  appointment = SampleAppointment(Appointment::STATUS_CANCELLED);
  appointment.add_history()->set_to(Appointment::STATUS_ACCEPTED);
  auto& change = *appointment.add_history();
  change.set_to(Appointment::STATUS_CANCELLED);
  change.set_reason("Krank");
  return notification;
}

TEST(Notification, AfterACancellationTheCustomerIsOfferedAnotherTimeAndAChat) {
  const Screen screen =
      NotificationScreen(ReaderIn("de", ""), Cancelled(Appointment::ACTOR_PROVIDER));
  EXPECT_EQ(CodesOf(screen), (std::vector<std::string>{"rb", "co", "af", "ai"}));
  // Once, though both the news and the history say it.
  EXPECT_EQ(screen.text.find("Krank"), screen.text.rfind("Krank"));
}

TEST(AppointmentScreen, SaysWhyItCameToNothing) {
  const auto notification = Cancelled(Appointment::ACTOR_PROVIDER);
  for (const Side side : {Side::kCustomer, Side::kProvider}) {
    const Screen screen =
        AppointmentScreen(ReaderIn("de", ""), notification.appointment(), side, {1});
    EXPECT_NE(screen.text.find("Krank"), std::string::npos);
  }
}

TEST(AppointmentScreen, AnAgreedOneShowsFirstWhatToKeepAndLastWhatEndsIt) {
  Appointment appointment = SampleAppointment(Appointment::STATUS_ACCEPTED);
  appointment.clear_allowed_actions();
  appointment.add_allowed_actions(Appointment::ACTION_CANCEL);
  for (const Side side : {Side::kCustomer, Side::kProvider}) {
    const Screen screen =
        AppointmentMessage(ReaderIn("de", ""), appointment, side, {1}, "<b>Akzeptiert</b>");
    const auto codes = CodesOf(screen);
    EXPECT_EQ(codes[0], "af");
    EXPECT_EQ(codes[1], "ai");
    EXPECT_EQ(codes.back(), "ax");
    EXPECT_EQ(screen.rows.back().back().style, Style::kDanger);
  }
}

TEST(Buttons, CarryTheStylesOfTheBotApi) {
  const auto drawn = InlineKeyboard({{{"a", Action(ShowUpcoming{}), Style::kPrimary},
                                      {"b", Action(ShowUpcoming{}), Style::kSuccess},
                                      {"c", Action(ShowUpcoming{}), Style::kDanger},
                                      {"d", Action(ShowUpcoming{})}}})["inline_keyboard"][0];
  EXPECT_EQ(drawn[0]["style"], "primary");
  EXPECT_EQ(drawn[1]["style"], "success");
  EXPECT_EQ(drawn[2]["style"], "danger");
  EXPECT_FALSE(drawn[3].contains("style"));
}

TEST(AppointmentScreen, WhatTheProviderMayAnswerStandsOut) {
  Appointment appointment = SampleAppointment(Appointment::STATUS_PENDING);
  appointment.clear_allowed_actions();
  appointment.add_allowed_actions(Appointment::ACTION_ACCEPT);
  appointment.add_allowed_actions(Appointment::ACTION_REJECT);
  const Screen screen = AppointmentScreen(ReaderIn("de", ""), appointment, Side::kProvider, {1});
  EXPECT_EQ(screen.rows[0][0].style, Style::kSuccess);
  EXPECT_EQ(screen.rows[0][1].style, Style::kDanger);
}

// An organization's, with Mori.
Appointment OfOrganization(Appointment::Status status) {
  Appointment appointment = SampleAppointment(status);
  appointment.set_provider_kind(v1::PROVIDER_KIND_ORGANIZATION);
  appointment.set_provider_display_name("Salon");
  appointment.set_specialist_display_name("Mori");
  return appointment;
}

TEST(Organization, CustomersReadWhomTheyWillSee) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  const Appointment appointment = OfOrganization(Appointment::STATUS_ACCEPTED);
  std::vector<Screen> screens = {RequestedScreen(reader, appointment),
                                 AppointmentScreen(reader, appointment, Side::kCustomer, {1}),
                                 MeetingInfoScreen(reader, appointment, Side::kCustomer)};
  for (const auto kind :
       {v1::Notification::KIND_APPOINTMENT_ACCEPTED, v1::Notification::KIND_REMINDER,
        v1::Notification::KIND_APPOINTMENT_CANCELLED, v1::Notification::KIND_TIMES_PROPOSED}) {
    v1::Notification notification;
    notification.set_kind(kind);
    notification.set_recipient("accounts/0acc000000001");
    *notification.mutable_appointment() = appointment;
    screens.push_back(NotificationScreen(reader, notification));
  }
  for (const Screen& screen : screens) {
    EXPECT_NE(screen.text.find("Spezialist: Mori"), std::string::npos) << screen.text;
  }
}

TEST(Organization, ListsNameTheSpecialist) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  Page<Appointment> page;
  page.items = {OfOrganization(Appointment::STATUS_PENDING)};
  for (const auto list : {AppointmentList::kUpcoming, AppointmentList::kPast,
                          AppointmentList::kRequests, AppointmentList::kAgenda}) {
    const Screen screen = AppointmentsScreen(reader, page, list);
    EXPECT_NE(screen.rows[0][0].label.find("Mori"), std::string::npos);
  }
  const Screen day = DayScreen(reader, 2026_y / 12 / 28, "Europe/Berlin", page);
  EXPECT_NE(day.rows[0][0].label.find("Mori"), std::string::npos);
}

TEST(Screens, AboutAnAppointmentSayWhichAndHowOldItIs) {
  const Reader reader = ReaderIn("de", "");
  Appointment appointment = SampleAppointment(Appointment::STATUS_PENDING);
  appointment.set_revision(7);
  const ShownAppointment shown{{kAppointmentId}, 7};
  v1::Notification notification;
  notification.set_kind(v1::Notification::KIND_APPOINTMENT_REQUESTED);
  *notification.mutable_appointment() = appointment;
  for (const Screen& screen :
       {AppointmentScreen(reader, appointment, Side::kCustomer, {1}),
        MeetingInfoScreen(reader, appointment, Side::kCustomer),
        AskCancelScreen(reader, appointment, Side::kCustomer, {1}),
        CancelReasonScreen(reader, appointment, Side::kCustomer, "x", {1}),
        RequestedScreen(reader, appointment), AskRejectScreen(reader, appointment, {1}),
        RejectReasonScreen(reader, appointment, "x", {1}),
        AcceptAsScreen(reader, appointment, {}, {1}),
        ReviewProposalScreen(reader, appointment, {}, {1}),
        ProposedTimeScreen(reader, appointment, Minute(), "", {1}),
        NotificationScreen(reader, notification), CardScreen(reader, notification, true)}) {
    EXPECT_EQ(screen.shows, shown) << screen.text;
  }
  EXPECT_EQ(AppointmentsScreen(reader, {}, AppointmentList::kUpcoming).shows, std::nullopt);
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

TEST(AppointmentScreen, AsksToAgreeAnewWhileItIsOpen) {
  const Reader reader = ReaderIn("de", "");
  for (const auto status : {Appointment::STATUS_PENDING, Appointment::STATUS_ACCEPTED,
                            Appointment::STATUS_CANCELLED, Appointment::STATUS_COMPLETED}) {
    Appointment appointment = SampleAppointment(status);
    appointment.mutable_agreed_time()->set_local_time("2026-12-28T10:00:00");
    appointment.mutable_agreed_time()->set_time_zone("America/Vancouver");
    const auto asks = [&](const Screen& screen) {
      return screen.text.find("Bitte neu vereinbaren") != std::string::npos;
    };
    EXPECT_FALSE(asks(AppointmentScreen(reader, appointment, Side::kCustomer, {1})));
    appointment.mutable_agreed_time()->set_needs_new_agreement(true);
    const bool is_open =
        status == Appointment::STATUS_PENDING || status == Appointment::STATUS_ACCEPTED;
    EXPECT_EQ(asks(AppointmentScreen(reader, appointment, Side::kCustomer, {1})), is_open);
    EXPECT_EQ(asks(MeetingInfoScreen(reader, appointment, Side::kProvider)), is_open);
  }
}

TEST(MeetingInfo, APriceThatIsStillOpenIsNotCalledFree) {
  Appointment appointment = SampleAppointment(Appointment::STATUS_PENDING);
  appointment.clear_service();
  appointment.clear_price();
  appointment.mutable_paid();  // As the core says it: nothing.
  appointment.mutable_outstanding();
  const std::string text = MeetingInfoScreen(ReaderIn("de", ""), appointment, Side::kCustomer).text;
  EXPECT_NE(text.find("wird noch vereinbart"), std::string::npos) << text;
  EXPECT_EQ(text.find("ostenlos"), std::string::npos) << text;
  EXPECT_EQ(text.find("Ausstehender Saldo"), std::string::npos) << text;
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
                {v1::Notification::KIND_CUSTOMER_JOINED, "fg"}};
  for (const auto& c : kCases) {
    v1::Notification notification;
    notification.set_kind(c.kind);
    *notification.mutable_appointment() = SampleAppointment(Appointment::STATUS_ACCEPTED);
    notification.mutable_message()->set_link("providers/0prv000000001/links/0acc000000001");
    EXPECT_TRUE(Has(ShortNotificationScreen(ReaderIn("de", ""), notification), c.code)) << c.kind;
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
    EXPECT_EQ(Has(NotificationScreen(ReaderIn("de", ""), notification), "af"), c.brings) << c.what;
  }
}

TEST(Notification, OnlyCompletedComesWithoutASound) {
  v1::Notification notification;
  notification.set_kind(v1::Notification::KIND_APPOINTMENT_COMPLETED);
  EXPECT_TRUE(IsSilent(notification));
  notification.set_kind(v1::Notification::KIND_APPOINTMENT_ACCEPTED);
  EXPECT_FALSE(IsSilent(notification));
}

TEST(SlotsScreen, ADayWithVeryManySlotsIsPaged) {
  SlotsView view{.draft = {{kProviderId}, {kServiceId}, {kProviderId}},
                 .heading = "x",
                 .day = 2026_y / 12 / 28,
                 .starts = {},
                 .page = 0,
                 .zone = "Europe/Berlin",
                 .provider_zone = ""};
  for (int i = 0; i < 288; ++i) view.starts.push_back(Instant(std::chrono::minutes(5 * i)));
  std::size_t slots = 0;
  for (view.page = 0; view.page < 9; ++view.page) {
    const Screen screen = SlotsScreen(ReaderIn("de", ""), view);
    EXPECT_EQ(ScreenFault(screen), "");
    const auto codes = CodesOf(screen);
    slots += static_cast<std::size_t>(std::count(codes.begin(), codes.end(), "rt"));
  }
  EXPECT_EQ(slots, 288U);
}

TEST(Toggle, KeepsAtMostThreeAsTheyWereChosen) {
  const auto minute = [](int m) { return Minute(std::chrono::minutes(m)); };
  std::vector<Minute> chosen;
  for (const int m : {30, 10, 20, 40}) chosen = Toggle(chosen, minute(m));
  EXPECT_EQ(chosen, (std::vector<Minute>{minute(30), minute(10), minute(20)}));
  EXPECT_EQ(Toggle(chosen, minute(10)), (std::vector<Minute>{minute(30), minute(20)}));
}

TEST(QrCode, IsAPng) {
  const std::string png = QrCodePng("https://t.me/kalends_bot?start=abcdefghijklmnopqrstuv");
  EXPECT_TRUE(png.starts_with("\x89PNG\r\n"));
  EXPECT_GT(png.size(), 300U);
}

}  // namespace
}  // namespace kalends::telegram
