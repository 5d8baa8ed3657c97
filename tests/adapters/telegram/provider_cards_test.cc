// What a provider's cards of one appointment say and offer, beyond their wording; reminders and
// statistics.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "adapters/telegram/actions.h"
#include "adapters/telegram/pictures/statistics.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/moves.h"
#include "adapters/telegram/screens/notifications.h"
#include "adapters/telegram/screens/reminders.h"
#include "adapters/telegram/screens/statistics.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using std::chrono::minutes;
using v1::Appointment;

Appointment Allowing(Appointment::Status status, std::initializer_list<Appointment::Action> may) {
  Appointment appointment = SampleAppointment(status);
  for (const auto action : may) appointment.add_allowed_actions(action);
  return appointment;
}

Appointment AheadOf() {
  return Allowing(Appointment::STATUS_ACCEPTED,
                  {Appointment::ACTION_CANCEL, Appointment::ACTION_RESCHEDULE,
                   Appointment::ACTION_SET_PLACE, Appointment::ACTION_REMIND});
}
Appointment HasBegun() {
  return Allowing(Appointment::STATUS_ACCEPTED,
                  {Appointment::ACTION_CANCEL, Appointment::ACTION_COMPLETE,
                   Appointment::ACTION_MARK_MISSED, Appointment::ACTION_SET_PLACE});
}

Screen CardOf(const Appointment& appointment) {
  return AppointmentScreen(ReaderIn("de", "Europe/Berlin"), appointment, Side::kProvider, {1});
}

template <typename Some>
bool Offers(const Screen& screen) {
  return Has(screen, Some::kCode);
}

TEST(ProvidersCard, OffersWhatTheCoreAllowsAndNothingElse) {
  const Screen ahead = CardOf(AheadOf());
  EXPECT_TRUE(Offers<MoveMonth>(ahead));
  EXPECT_TRUE(Offers<RemindNow>(ahead));
  EXPECT_TRUE(Offers<AskPlace>(ahead));
  EXPECT_FALSE(Offers<Complete>(ahead));
  const Screen begun = CardOf(HasBegun());
  EXPECT_FALSE(Offers<MoveMonth>(begun));
  EXPECT_FALSE(Offers<RemindNow>(begun));
  EXPECT_TRUE(Offers<MarkMissed>(begun));
  const Screen over = CardOf(SampleAppointment(Appointment::STATUS_CANCELLED));
  for (const auto* code : {"va", "vg", "vj", "ax", "pc"}) EXPECT_FALSE(Has(over, code)) << code;
  EXPECT_TRUE(Offers<ShowAppointmentNote>(over));
}

TEST(ProvidersCard, FitsOnAPhoneAndEndsWithWhatEndsIt) {
  const Appointment kCards[] = {
      AheadOf(), HasBegun(),
      Allowing(Appointment::STATUS_COMPLETED, {Appointment::ACTION_MARK_MISSED}),
      Allowing(Appointment::STATUS_PENDING,
               {Appointment::ACTION_ACCEPT, Appointment::ACTION_REJECT, Appointment::ACTION_CANCEL,
                Appointment::ACTION_PROPOSE_TIMES, Appointment::ACTION_RESCHEDULE})};
  for (const Appointment& appointment : kCards) {
    const Screen card = CardOf(appointment);
    SCOPED_TRACE(Draw(card));
    EXPECT_LE(std::count(card.text.begin(), card.text.end(), '\n') + 1, 8);
    EXPECT_LE(card.rows.size(), 4U);
    EXPECT_GT(card.rows.back().size(), 1U) << "what ends it is never as wide as the card";
    if (!Offers<AskCancel>(card)) continue;
    const auto& last = card.rows.back();
    EXPECT_TRUE(std::any_of(last.begin(), last.end(), [](const Button& button) {
      return button.style == Style::kDanger && std::get<Action>(button.does).Is<AskCancel>();
    }));
  }
}

TEST(ProvidersCard, LeadsBackToItsOwnDay) {
  const Screen card = CardOf(AheadOf());
  EXPECT_EQ(std::get<Action>(card.rows.back().back().does),
            Action(ShowDay{date::year{2026} / 12 / 28}));
}

TEST(ProvidersCard, LeadsToWhoTakesPartOfGroupsAlone) {
  Appointment appointment = AheadOf();
  appointment.set_session_capacity(1);
  EXPECT_FALSE(Offers<ShowSessionOf>(CardOf(appointment)));
  appointment.set_session_capacity(8);
  const Screen card = CardOf(appointment);
  EXPECT_TRUE(Offers<ShowSessionOf>(card));
  EXPECT_LE(card.rows.size(), 4U);
}

TEST(ProvidersCard, BeginsWithDoneOnceItHasBegun) {
  const Screen card = CardOf(HasBegun());
  EXPECT_TRUE(std::get<Action>(card.rows[0][0].does).Is<Complete>());
  EXPECT_EQ(card.rows[0][0].style, Style::kSuccess);
}

TEST(ProvidersCard, SaysInOneLineWhatIsDue) {
  const struct {
    const char* what;
    Appointment::Status status;
    int outstanding;
    int covered;
    const char* says;
  } kCases[] = {
      {"something", Appointment::STATUS_ACCEPTED, 3000, 0, "80,00\u00a0€, offen 30,00\u00a0€\n"},
      {"all of it", Appointment::STATUS_ACCEPTED, 8000, 0, "80,00\u00a0€, offen\n"},
      {"nothing more", Appointment::STATUS_COMPLETED, 0, 0, "80,00\u00a0€, bezahlt"},
      {"too much", Appointment::STATUS_MISSED, -500, 0, "80,00\u00a0€, 5,00\u00a0€ zu viel"},
      {"a package", Appointment::STATUS_ACCEPTED, 0, 8000, "80,00\u00a0€, aus dem Paket"},
      {"not agreed", Appointment::STATUS_PENDING, 8000, 0, "Massage · 80,00\u00a0€\n"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.what);
    Appointment appointment = SampleAppointment(c.status);
    appointment.mutable_outstanding()->set_currency_code("EUR");
    appointment.mutable_outstanding()->set_minor_units(c.outstanding);
    appointment.mutable_covered()->set_currency_code("EUR");
    appointment.mutable_covered()->set_minor_units(c.covered);
    const std::string text = CardOf(appointment).text + "\n";
    EXPECT_NE(text.find(c.says), std::string::npos) << text;
  }
}

TEST(Cards, OfferAPlaceAsALinkOnlyWhereItIsOne) {
  const struct {
    const char* place;
    bool is_link;
  } kCases[] = {{"https://meet.example.com/ada?pwd=1", true},
                {"https://zoom.us", true},
                {"http://meet.example.com", false},
                {"Zoom: https://zoom.us/j/1", false},
                {"https://zoom.us/j/1 Raum 2", false},
                {"https://localhost/a", false},
                {"https://a\"b.com", false},
                {"https://", false},
                {"Hauptstr. 5, Berlin", false},
                {"", false}};
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.place);
    Appointment appointment = AheadOf();
    appointment.set_place(c.place);
    const Screen card = AppointmentScreen(ReaderIn("de", ""), appointment, Side::kCustomer, {1});
    const bool has = std::any_of(card.rows.begin(), card.rows.end(), [](const Row& row) {
      return std::holds_alternative<Url>(row[0].does);
    });
    EXPECT_EQ(has, c.is_link);
  }
}

TEST(Cards, OfAnAgreedTimeThatIsAskedAboutKeepThePresentOne) {
  Appointment asked =
      Allowing(Appointment::STATUS_ACCEPTED, {Appointment::ACTION_CHOOSE_PROPOSED_TIME});
  asked.add_proposed_start_times()->set_seconds(1798470000);
  const Screen card = AppointmentScreen(ReaderIn("de", ""), asked, Side::kCustomer, {1});
  EXPECT_TRUE(Offers<ChooseProposed>(card));
  EXPECT_FALSE(Offers<RequestAgain>(card));
  EXPECT_NE(card.text.find("bleibt der Termin, wie er ist"), std::string::npos) << card.text;
}

TEST(ReviewMove, LeavesTheSettingToWhoseItIs) {
  ReviewMoveView view{AheadOf(), Minute(minutes(1798470000 / 60)), AskFirst::kNo, "", {1}};
  EXPECT_TRUE(Offers<SetAskFirst>(ReviewMoveScreen(ReaderIn("de", ""), view)));
  view.ask.reset();
  EXPECT_FALSE(Offers<SetAskFirst>(ReviewMoveScreen(ReaderIn("de", ""), view)));
  EXPECT_TRUE(Offers<Move>(ReviewMoveScreen(ReaderIn("de", ""), view)));
  view.reason = "Zug";
  EXPECT_TRUE(Offers<MoveForShownReason>(ReviewMoveScreen(ReaderIn("de", ""), view)));
}

TEST(ShortNotices, SayWhatHappened) {
  std::set<std::string> texts;
  constexpr v1::Notification::Kind kKinds[] = {v1::Notification::KIND_APPOINTMENT_RESCHEDULED,
                                               v1::Notification::KIND_APPOINTMENT_BOOKED,
                                               v1::Notification::KIND_APPOINTMENT_PLACE_CHANGED,
                                               v1::Notification::KIND_APPOINTMENT_REASSIGNED,
                                               v1::Notification::KIND_CONSENT_WANTED,
                                               v1::Notification::KIND_UNSPECIFIED};
  for (const auto kind : kKinds) {
    v1::Notification notification;
    notification.set_kind(kind);
    *notification.mutable_appointment() = AheadOf();
    const std::string text = ShortNotificationScreen(ReaderIn("de", ""), notification).text;
    texts.insert(text.substr(0, text.find('\n')));
  }
  EXPECT_EQ(texts.size(), std::size(kKinds));
}

TEST(ParseLead, ReadsTheWordsOfAllLanguages) {
  const struct {
    const char* text;
    int minutes;  // 0: not understood.
  } kCases[] = {{"3 Tage", 4320},
                {"1 Stunde", 60},
                {"2 Std.", 120},
                {"30 min", 30},
                {"45 Minuten", 45},
                {"2", 120},
                {"1 day", 1440},
                {"2 hours", 120},
                {"2 jours", 2880},
                {"1 heure", 60},
                {"3 дня", 4320},
                {"1 час", 60},
                {"30 мин", 30},
                {"3 дні", 4320},
                {"2 год", 120},
                {"30 хв", 30},
                {"3 días", 4320},
                {"1 hora", 60},
                {"1 Woche", 10080},
                {" 2Std", 120},
                {"4 min", 0},
                {"31 Tage", 0},
                {"0", 0},
                {"bald", 0},
                {"2 Monate", 0},
                {"", 0},
                {"99999999999 h", 0}};
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(ParseLead(c.text).value_or(minutes(0)).count(), c.minutes);
  }
}

v1::Statistics Week() {
  using date::literals::operator""_y;
  v1::Statistics week;
  week.set_period(v1::Statistics::PERIOD_WEEK);
  *week.mutable_start_date() = ToProto(2026_y / 11 / 30);
  *week.mutable_end_date() = ToProto(2026_y / 12 / 6);
  const auto count = [](v1::Statistics::Counts& counts, int accepted) {
    counts.set_requested(accepted + 1);
    counts.set_accepted(accepted);
    counts.set_completed(accepted);
    for (const auto& [currency, amount] : {std::pair("EUR", 8050 * accepted), {"JPY", 500}}) {
      v1::Money& money = *counts.add_revenue();
      money.set_currency_code(currency);
      money.set_minor_units(amount);
    }
  };
  for (int day = 0; day < 7; ++day) {
    auto& one = *week.add_days();
    *one.mutable_date() = ToProto(date::sys_days(2026_y / 11 / 30) + date::days(day));
    if (day == 1) count(*one.mutable_counts(), 3);
  }
  count(*week.mutable_total(), 3);
  return week;
}

TEST(StatisticsTable, IsWhatSpreadsheetsOfTheLanguageRead) {
  const std::string german = StatisticsTable(ReaderIn("de", ""), Week());
  EXPECT_TRUE(german.starts_with("\xEF\xBB\xBFTag;Angefragt;")) << german;
  EXPECT_NE(german.find("Einnahmen EUR;Einnahmen JPY\r\n"), std::string::npos) << german;
  EXPECT_NE(german.find("2026-12-01;4;3;3;0;0;0;241,50;500\r\n"), std::string::npos) << german;
  EXPECT_NE(german.find("2026-12-02;0;0;0;0;0;0;0,00;0\r\n"), std::string::npos) << german;
  EXPECT_TRUE(german.ends_with("Gesamt;4;3;3;0;0;0;241,50;500\r\n")) << german;
  EXPECT_EQ(std::count(german.begin(), german.end(), '\n'), 9);
  EXPECT_NE(
      StatisticsTable(ReaderIn("en", ""), Week()).find("2026-12-01,4,3,3,0,0,0,241.50,500\r\n"),
      std::string::npos);
}

TEST(StatisticsScreen, ComparesWithTheTimeBeforeOnlyWhatIsOver) {
  v1::Statistics before = Week();
  before.mutable_total()->mutable_revenue(0)->set_minor_units(20000);
  v1::Statistics week = Week();
  week.mutable_end_time()->set_seconds(kTestNow - 1);
  const std::string over = StatisticsScreen(ReaderIn("de", ""), week, before).text;
  EXPECT_NE(over.find("241,50\u00a0€ (+21\u00a0%)"), std::string::npos) << over;
  week.mutable_end_time()->set_seconds(kTestNow + 1);
  const Screen running = StatisticsScreen(ReaderIn("de", ""), week, before);
  EXPECT_EQ(running.text.find('%'), std::string::npos) << running.text;
  EXPECT_NE(running.text.find("200,00\u00a0€"), std::string::npos) << running.text;
  EXPECT_EQ(Draw(running).find("▶"), std::string::npos) << "nothing is counted ahead";
}

TEST(StatisticsPicture, IsAPngThatShowsTheNumbers) {
  v1::Statistics empty = Week();
  for (auto& day : *empty.mutable_days()) day.clear_counts();
  for (const char* language : {"de", "ru"}) {
    const std::string png = StatisticsPicture(ReaderIn(language, ""), Week());
    EXPECT_TRUE(png.starts_with("\x89PNG\r\n\x1a\n")) << language;
    EXPECT_NE(png, StatisticsPicture(ReaderIn(language, ""), empty));
    EXPECT_LT(png.size(), 200'000U);
  }
}

}  // namespace
}  // namespace kalends::telegram
