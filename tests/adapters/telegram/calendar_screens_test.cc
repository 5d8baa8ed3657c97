// A provider's calendar (SPEC 3.2): what is free, what is closed, and a button to each appointment.
#include <gtest/gtest.h>

#include "adapters/telegram/actions.h"
#include "adapters/telegram/screens/calendar.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using date::literals::operator""_y;
using std::chrono::hours;
using std::chrono::minutes;

const auto kCalendarDay = 2026_y / 12 / 28;
const Instant kCalendarMidnight = DayStart("Europe/Berlin", kCalendarDay);

TimeSpan Between(int from_hour, int to_hour) {
  return {kCalendarMidnight + hours(from_hour), kCalendarMidnight + hours(to_hour)};
}

bool operator==(const TimeSpan& a, const TimeSpan& b) {
  return a.start == b.start && a.end == b.end;
}

CalendarView EmptyDay() {
  CalendarView view{.first = kCalendarDay, .zone = "Europe/Berlin", .specialist = {}, .people = {}};
  view.people.resize(1);
  return view;
}

TEST(Calendar, IsFreeWhereItIsOpenAndNothingHoldsIt) {
  const auto free = [](const std::vector<TimeSpan>& busy, Instant now) {
    return FreeIn({Between(9, 12), Between(14, 18)}, busy, now);
  };
  const auto expect = [](const std::vector<TimeSpan>& found, const std::vector<TimeSpan>& wanted) {
    ASSERT_EQ(found.size(), wanted.size());
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_TRUE(found[i] == wanted[i]) << i;
  };
  expect(free({}, kCalendarMidnight), {Between(9, 12), Between(14, 18)});
  expect(free({Between(10, 11)}, kCalendarMidnight),
         {Between(9, 10), Between(11, 12), Between(14, 18)});
  expect(free({Between(8, 15), Between(17, 20)}, kCalendarMidnight), {Between(15, 17)});
  expect(free({}, kCalendarMidnight + hours(15)), {Between(15, 18)});
  expect(free({}, kCalendarMidnight + hours(20)), {});
  // Ten minutes are of use to nobody.
  expect(free({{kCalendarMidnight + hours(9) + minutes(10), kCalendarMidnight + hours(12)}},
              kCalendarMidnight),
         {Between(14, 18)});
}

TEST(Calendar, ADayTellsInTheOrderOfTheClockWhatThereIsAndWhatIsFree) {
  CalendarView view = EmptyDay();
  view.people[0].appointments = {SampleAppointment(v1::Appointment::STATUS_ACCEPTED)};  // 15:00.
  view.people[0].open = {Between(13, 18)};
  view.people[0].free = {Between(13, 15), Between(16, 18)};
  view.people[0].closed = {{Between(18, 20), "Zahnarzt"}};
  const Screen screen = DayScreen(ReaderIn("de", "Europe/Berlin"), view);
  std::size_t at = 0;
  for (const char* part : {"1 Termin · 80,00", "13:00–15:00 frei", "<b>15:00</b> 🟢 Jo",
                           "16:00–18:00 frei", "18:00–20:00 🚫 Zahnarzt"}) {
    const std::size_t found = screen.text.find(part, at);
    EXPECT_NE(found, std::string::npos) << part << " in " << screen.text;
    if (found != std::string::npos) at = found;
  }
  EXPECT_EQ(screen.rows[0][0].label.substr(0, 8), "15:00 Jo");
  EXPECT_TRUE(std::get<Action>(screen.rows[0][0].does).Is<ShowAppointment>());
  EXPECT_LE(std::count(screen.text.begin(), screen.text.end(), '\n') + 1, 8);
}

TEST(Calendar, ADayWithoutHoursSaysSoAndAFullOneToo) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  CalendarView view = EmptyDay();
  EXPECT_NE(DayScreen(reader, view).text.find("🚫 geschlossen"), std::string::npos);
  view.people[0].closed = {{Between(0, 24), "Urlaub"}};
  EXPECT_NE(DayScreen(reader, view).text.find("🚫 Urlaub"), std::string::npos);
  view.people[0] = Workload{};
  view.people[0].open = {Between(9, 12)};
  EXPECT_NE(DayScreen(reader, view).text.find("Nichts frei"), std::string::npos);
}

TEST(Calendar, ADayAheadCanBeBookedAndBlockedAndOneThatIsOverCannot) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  const auto has = [&](date::year_month_day day, std::string_view code) {
    CalendarView view = EmptyDay();
    view.first = day;
    return Has(DayScreen(reader, view), code);
  };
  const auto today = ToLocal("Europe/Berlin", reader.now).day();
  const date::year_month_day tomorrow = date::sys_days(today) + date::days(1);
  const date::year_month_day yesterday = date::sys_days(today) - date::days(1);
  EXPECT_TRUE(has(today, BookForCustomer::kCode) && has(today, BlockDay::kCode));
  EXPECT_TRUE(has(tomorrow, BookForCustomer::kCode) && has(tomorrow, BlockDay::kCode));
  EXPECT_FALSE(has(yesterday, BookForCustomer::kCode));
  EXPECT_FALSE(has(yesterday, BlockDay::kCode));
  // Who is away is for each of a team to say.
  CalendarView team = EmptyDay();
  team.first = today;
  team.people.resize(2);
  EXPECT_FALSE(Has(DayScreen(reader, team), BlockDay::kCode));
}

TEST(Calendar, AWeekHasALineAndAButtonForEachDay) {
  CalendarView view = EmptyDay();
  view.days = 7;
  view.people[0].appointments = {SampleAppointment(v1::Appointment::STATUS_PENDING)};
  view.people[0].open = {Between(9, 18), {Between(24, 27)}};
  view.people[0].free = {Between(9, 11), Between(24, 27)};
  view.people[0].closed = {{Between(48, 72), "Urlaub"}};
  const Screen screen = WeekScreen(ReaderIn("de", "Europe/Berlin"), view);
  for (const char* part : {"Mo., 28. Dez.", "1 Termin · 2 Std. frei", "</b>: 3 Std. frei",
                           "🚫 Urlaub", "🚫 geschlossen"}) {
    EXPECT_NE(screen.text.find(part), std::string::npos) << part << " in " << screen.text;
  }
  EXPECT_EQ(std::count(screen.text.begin(), screen.text.end(), '\n') + 1, 8);
  std::vector<std::string> labels;
  for (std::size_t row = 0; row < 2; ++row) {
    for (const Button& button : screen.rows[row]) labels.push_back(button.label);
  }
  EXPECT_EQ(labels,
            (std::vector<std::string>{"Mo 1", "Di 0", "Mi 🚫", "Do –", "Fr –", "Sa –", "So –"}));
}

TEST(Calendar, ATeamWithMuchToDoHasAButtonForEachOfThem) {
  CalendarView view = EmptyDay();
  view.people.resize(2);
  for (std::size_t i = 0; i < 2; ++i) {
    view.people[i].specialist = {"0prv00000000" + std::to_string(i)};
    view.people[i].name = i == 0 ? "Klara" : "Ben";
  }
  for (int i = 0; i < 9; ++i) {
    view.people[0].appointments.push_back(SampleAppointment(v1::Appointment::STATUS_ACCEPTED));
  }
  const Screen screen = DayScreen(ReaderIn("de", "Europe/Berlin"), view);
  EXPECT_EQ(screen.rows[0][0].label, "Klara 9");
  EXPECT_EQ(screen.rows[0][1].label, "Ben 0");
  EXPECT_TRUE(std::get<Action>(screen.rows[0][0].does).Is<ShowStaffDay>());
}

TEST(Calendar, ADayOfAsMuchAsThereCanBeIsShown) {
  for (const char* language : {"de", "ru"}) {
    CalendarView view = EmptyDay();
    auto appointment = SampleAppointment(v1::Appointment::STATUS_ACCEPTED);
    appointment.set_customer_display_name(std::string(100, 'x'));
    for (int i = 0; i < 200; ++i) view.people[0].appointments.push_back(appointment);
    EXPECT_EQ(ScreenFault(DayScreen(ReaderIn(language, "Europe/Berlin"), view)), "");
  }
}

TEST(Calendar, AWeekBeginsAsItDoesInTheReadersLanguage) {
  const auto start = [](const char* language) {
    return WeekStart(ReaderIn(language, "Europe/Berlin"), 2026_y / 12 / 27);  // A Sunday.
  };
  EXPECT_EQ(start("de"), 2026_y / 12 / 21);
  EXPECT_EQ(date::sys_days(start("de")) <= date::sys_days(start("en")), true);
}

}  // namespace
}  // namespace kalends::telegram
