// What screens promise beyond their wording.
#include <gtest/gtest.h>

#include "adapters/telegram/actions.h"
#include "adapters/telegram/qr_code.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/booking.h"
#include "adapters/telegram/screens/calendar.h"
#include "adapters/telegram/screens/documents.h"
#include "adapters/telegram/screens/home.h"
#include "adapters/telegram/screens/invitations.h"
#include "adapters/telegram/screens/notifications.h"
#include "adapters/telegram/screens/proposals.h"
#include "adapters/telegram/screens/requests.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using v1::Appointment;
using date::literals::operator""_y;

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
            "For Dr. Ada Weiss: 15:00–15:50 (Berlin)");
}

TEST(When, AReaderWithoutAZoneSeesTheProvidersClockWithItsZone) {
  EXPECT_EQ(WhenText(ReaderIn("en", ""), SampleAppointment(Appointment::STATUS_ACCEPTED),
                     Side::kCustomer),
            "<b>Monday, 28 December 2026, 15:00–15:50</b>\n<i>Time zone: Berlin</i>");
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
    // A provider keeps it in the calendar here, and works with it first.
    EXPECT_EQ(codes[0], side == Side::kCustomer ? "af" : "cc");
    EXPECT_EQ(codes[1], side == Side::kCustomer ? "ai" : "mp");
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

TEST(Organization, ItsSpecialistsReadForWhomTheyWork) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  const Appointment appointment = OfOrganization(Appointment::STATUS_PENDING);
  const std::string text = AppointmentScreen(reader, appointment, Side::kProvider, {1}).text;
  EXPECT_NE(text.find("Bei: <b>🏫 Salon</b>\nSpezialist: Mori"), std::string::npos) << text;
}

TEST(Invitation, GoodForDaysEndsWithADayNotBeforeTheNextOne) {
  v1::Invitation invitation;
  invitation.set_name("providers/0prv000000001/invitations/0inv000000001");
  invitation.mutable_expire_time()->set_seconds(1796684400);  // Midnight in Berlin.
  const std::string text = InvitationScreen(ReaderIn("de", "Europe/Berlin"), invitation, "").text;
  EXPECT_NE(text.find("Gültig bis Montag, 7. Dezember 2026, 24:00"), std::string::npos) << text;
}

TEST(Organization, ListsNameTheSpecialist) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  Page<Appointment> page;
  page.items = {OfOrganization(Appointment::STATUS_PENDING)};
  for (const auto list :
       {AppointmentList::kUpcoming, AppointmentList::kPast, AppointmentList::kAgenda}) {
    const Screen screen = AppointmentsScreen(reader, page, list);
    EXPECT_NE(screen.rows[0][0].label.find("Mori"), std::string::npos);
  }
  CalendarView view{
      .first = 2026_y / 12 / 28, .zone = "Europe/Berlin", .specialist = {}, .people = {}};
  view.people = {Workload{}, Workload{}};
  view.people[0].appointments = page.items;
  EXPECT_NE(DayScreen(reader, view).rows[0][0].label.find("Mori"), std::string::npos);
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
        RequestScreen(reader, {.appointment = appointment, .count = 1, .nonce = {1}}),
        ProposedTimeScreen(reader, appointment, Minute(), "", {1}),
        NotificationScreen(reader, notification), CardScreen(reader, notification, true),
        HomeScreen(reader, &appointment, Side::kCustomer),
        NextScreen(reader, appointment, Side::kCustomer)}) {
    EXPECT_EQ(screen.shows, shown) << screen.text;
  }
  EXPECT_EQ(HomeScreen(reader, nullptr, Side::kCustomer).shows, std::nullopt);
  EXPECT_EQ(AppointmentsScreen(reader, {}, AppointmentList::kUpcoming).shows, std::nullopt);
}

bool HasButton(const Screen& screen, const Action& action) {
  for (const Row& row : screen.rows) {
    for (const Button& button : row) {
      const auto* does = std::get_if<Action>(&button.does);
      if (does != nullptr && *does == action) return true;
    }
  }
  return false;
}

TEST(AppointmentsScreen, AnEmptyOneLeadsAProviderToTheCalendar) {
  const Reader reader = ReaderIn("de", "");
  const auto leads = [&](const Screen& screen) {
    return screen.text.find("stehen im Kalender") != std::string::npos &&
           HasButton(screen, Action(ShowDay{}));
  };
  EXPECT_TRUE(leads(AppointmentsScreen(reader, {}, AppointmentList::kUpcoming, true)));
  EXPECT_FALSE(leads(AppointmentsScreen(reader, {}, AppointmentList::kUpcoming, false)));
  EXPECT_FALSE(leads(AppointmentsScreen(reader, {}, AppointmentList::kPast, true)));
}

TEST(DocumentsScreen, DeletesWhatIsOwnAlone) {
  const Reader reader = ReaderIn("de", "");
  DocumentsView view;
  view.documents.items.resize(2);
  view.documents.items[0].set_deletable(true);
  view.documents.items[1].set_uploader(v1::LINK_SIDE_PROVIDER);
  const auto deletes = [&](int selected) {
    view.ticks.selected = selected;
    const Screen screen = DocumentsScreen(reader, view);
    return HasButton(screen, Action(AskDeleteDocuments{view.provider, view.customer, 0, selected,
                                                       view.ticks.mark}));
  };
  EXPECT_TRUE(deletes(0b01));
  EXPECT_FALSE(deletes(0b10));
  EXPECT_TRUE(deletes(0b11));  // The question after it says which are.
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

// A line from a status to itself is a move, where a person did it.
TEST(MeetingInfo, SaysWhatMovedAndNotTwiceThatItWasAccepted) {
  v1::Appointment appointment;
  appointment.set_status(v1::Appointment::STATUS_ACCEPTED);
  const auto add = [&](v1::Appointment::Status from, v1::Appointment::Actor actor) {
    auto& change = *appointment.add_history();
    change.set_from(from);
    change.set_to(v1::Appointment::STATUS_ACCEPTED);
    change.set_actor(actor);
  };
  const auto count = [&](std::string_view what) {
    const std::string text =
        MeetingInfoScreen(ReaderIn("de", ""), appointment, Side::kCustomer).text;
    int found = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
    return found;
  };
  add(v1::Appointment::STATUS_PENDING, v1::Appointment::ACTOR_PROVIDER);
  const int before = count("Akzeptiert");
  add(v1::Appointment::STATUS_ACCEPTED, v1::Appointment::ACTOR_PROVIDER);
  EXPECT_EQ(count("🔁 Verschoben"), 1);
  EXPECT_EQ(count("Akzeptiert"), before);
  // New zone rules move no appointment to another time of the clock.
  add(v1::Appointment::STATUS_ACCEPTED, v1::Appointment::ACTOR_SYSTEM);
  EXPECT_EQ(count("🔁 Verschoben"), 1);
}

TEST(QrCode, IsAPng) {
  const std::string png = QrCodePng("https://t.me/kalends_bot?start=abcdefghijklmnopqrstuv");
  EXPECT_TRUE(png.starts_with("\x89PNG\r\n"));
  EXPECT_GT(png.size(), 300U);
}

}  // namespace
}  // namespace kalends::telegram
