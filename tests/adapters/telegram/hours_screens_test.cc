// What changes of a week come to, and when holidays are next.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "adapters/telegram/actions/calendar.h"
#include "adapters/telegram/screens/absences.h"
#include "adapters/telegram/screens/busy.h"
#include "adapters/telegram/screens/holidays.h"
#include "adapters/telegram/screens/schedule.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using date::literals::operator""_y;

constexpr int kMondayAlone = 0b1;

v1::Schedule ScheduleWith(
    const std::vector<std::tuple<int, int, int, v1::WeeklyHours::Parity>>& week) {
  v1::Schedule schedule;
  for (const auto& [weekday, from, to, parity] : week) {
    v1::WeeklyHours& hours = *schedule.add_weekly_hours();
    hours.set_weekday(weekday);
    hours.mutable_hours()->set_start_minute(from * 60);
    hours.mutable_hours()->set_end_minute(to * 60);
    hours.set_parity(parity);
  }
  return schedule;
}

// "1 9-17, 1 9-12 A".
std::string WeekAsText(const std::vector<v1::WeeklyHours>& week) {
  std::string text;
  for (const v1::WeeklyHours& one : week) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}-{}", one.weekday(), one.hours().start_minute() / 60,
                        one.hours().end_minute() / 60);
    if (one.parity() == v1::WeeklyHours::PARITY_WEEK_A) text += " A";
    if (one.parity() == v1::WeeklyHours::PARITY_WEEK_B) text += " B";
  }
  return text;
}

TEST(HoursWith, OneKindOfWeekChangesAndTheOtherStays) {
  constexpr auto kEvery = v1::WeeklyHours::PARITY_UNSPECIFIED;
  constexpr auto kA = v1::WeeklyHours::PARITY_WEEK_A;
  constexpr auto kB = v1::WeeklyHours::PARITY_WEEK_B;
  const std::vector<HourSpan> kMorning = {{9 * 60, 12 * 60}};
  const v1::Schedule plain = ScheduleWith({{1, 9, 17, kEvery}, {2, 8, 10, kEvery}});
  const v1::Schedule apart = ScheduleWith({{1, 9, 17, kA}, {1, 9, 12, kB}});
  const struct {
    const char* name;
    v1::Schedule schedule;
    InWeeks weeks;
    std::vector<HourSpan> spans;
    KeepHours keep;
    const char* week;
  } kCases[] = {
      {"all weeks anew", plain, InWeeks::kAll, kMorning, KeepHours::kNone, "1 9-12"},
      {"all weeks besides", plain, InWeeks::kAll, kMorning, KeepHours::kOld, "1 9-17, 1 9-12"},
      {"A anew", plain, InWeeks::kA, kMorning, KeepHours::kNone, "1 9-17 B, 1 9-12 A"},
      {"B anew", apart, InWeeks::kB, {{600, 660}}, KeepHours::kNone, "1 9-17 A, 1 10-11 B"},
      {"A besides", plain, InWeeks::kA, {{1080, 1200}}, KeepHours::kOld, "1 9-17, 1 18-20 A"},
      {"A off", plain, InWeeks::kA, {}, KeepHours::kNone, "1 9-17 B"},
      {"A as B", apart, InWeeks::kA, kMorning, KeepHours::kNone, "1 9-12"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(WeekAsText(HoursWith(c.schedule, kMondayAlone, c.weeks, c.spans, c.keep)), c.week)
        << c.name;
  }
}

TEST(HoursCopied, EachDayGetsAllOfTheOther) {
  const v1::Schedule schedule = ScheduleWith({{1, 9, 12, v1::WeeklyHours::PARITY_UNSPECIFIED},
                                              {1, 13, 17, v1::WeeklyHours::PARITY_WEEK_A},
                                              {5, 8, 10, v1::WeeklyHours::PARITY_UNSPECIFIED}});
  EXPECT_EQ(WeekAsText(HoursCopied(schedule, 0b1010, 1)), "2 9-12, 2 13-17 A, 4 9-12, 4 13-17 A");
  EXPECT_EQ(WeekAsText(HoursCopied(schedule, 0b1010, 3)), "");
}

TEST(WeekOf, CountsFromTheMondayOfAWeekA) {
  v1::Schedule schedule;
  EXPECT_EQ(WeekOf(schedule, 2024_y / 1 / 1), InWeeks::kA);
  EXPECT_EQ(WeekOf(schedule, 2024_y / 1 / 14), InWeeks::kB);
  EXPECT_EQ(WeekOf(schedule, 2023_y / 12 / 31), InWeeks::kB);
  *schedule.mutable_week_a_monday() = ToProto(2026_y / 12 / 7);
  EXPECT_EQ(WeekOf(schedule, 2026_y / 12 / 6), InWeeks::kB);
  EXPECT_EQ(WeekOf(schedule, 2026_y / 12 / 13), InWeeks::kA);
}

TEST(ParseCalendar, TakesAnAddressAloneOrWithAUserAndAPassword) {
  EXPECT_EQ(ParseCalendar(" webcal://a.example/c.ics \n"),
            (TypedCalendar{"webcal://a.example/c.ics", "", ""}));
  EXPECT_EQ(ParseCalendar("https://a.example/dav/ anna\npass-word"),
            (TypedCalendar{"https://a.example/dav/", "anna", "pass-word"}));
  for (const char* text : {"", "a.example", "hello there you", "https://a.example anna",
                           "https://a.example anna pass word"}) {
    EXPECT_EQ(ParseCalendar(text), std::nullopt) << text;
  }
}

TEST(HolidaysAhead, AreByTheirNextDayAndNotOver) {
  v1::Schedule schedule;
  const auto add = [&](date::year_month_day day, bool yearly) {
    v1::SpecialDate& special = *schedule.add_special_dates();
    *special.mutable_date() = ToProto(day);
    special.set_repeats_yearly(yearly);
  };
  add(2026_y / 11 / 29, false);  // Over.
  add(2019_y / 11 / 29, true);
  add(2019_y / 12 / 25, true);
  add(2026_y / 12 / 1, false);
  add(2024_y / 2 / 29, true);
  std::vector<date::year_month_day> next;
  for (const Holiday& one : HolidaysAhead(schedule, 2026_y / 11 / 30)) next.push_back(one.next);
  EXPECT_EQ(next, (std::vector<date::year_month_day>{2026_y / 12 / 1, 2026_y / 12 / 25,
                                                     2027_y / 11 / 29, 2028_y / 2 / 29}));
}

// Each hour of a day, of today those to come; and the way back is the day, not the hours.
TEST(BlockDayScreen, HasTheHoursOfItsDayAndLeadsBackToIt) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  const auto today = ToLocal("Europe/Berlin", reader.now).day();
  const auto screen_of = [&](date::year_month_day day) {
    return BlockDayScreen(reader, "Europe/Berlin", day, Nonce{});
  };
  const auto hours = [](const Screen& screen) {
    int count = 0;
    for (const Row& row : screen.rows) {
      for (const Button& button : row) {
        count += std::get<Action>(button.does).Is<PickAbsenceEnd>() ? 1 : 0;
      }
    }
    return count;
  };
  const date::year_month_day later = date::sys_days(today) + date::days(3);
  const Screen screen = screen_of(later);
  EXPECT_EQ(hours(screen), 24);
  EXPECT_LT(hours(screen_of(today)), 24);
  EXPECT_TRUE(std::get<Action>(screen.rows.back().front().does).Is<ShowDay>());
  // A day on which the clock skips an hour has one less.
  EXPECT_EQ(hours(screen_of(2027_y / 3 / 28)), 23);
}

TEST(ClosureText, SaysWholeDaysWithoutClocks) {
  const Reader reader = ReaderIn("de", "");
  const auto text = [&](Instant from, Instant to) {
    v1::Closure closure;
    closure.set_label("Urlaub");
    closure.mutable_start_time()->set_seconds(from.time_since_epoch().count());
    closure.mutable_end_time()->set_seconds(to.time_since_epoch().count());
    return ClosureText(reader, closure, "Europe/Berlin");
  };
  const auto day = [](date::year_month_day at) { return DayStart("Europe/Berlin", at); };
  EXPECT_EQ(text(day(2026_y / 12 / 21), day(2027_y / 1 / 4)),
            "Urlaub · Mo., 21. Dez. – So., 3. Jan.");
  EXPECT_EQ(text(day(2026_y / 12 / 24), day(2026_y / 12 / 25)), "Urlaub · Do., 24. Dez.");
  const Instant two = AtClock("Europe/Berlin", 2026_y / 12 / 1, std::chrono::hours(14));
  EXPECT_EQ(text(two, two + std::chrono::hours(2)), "Urlaub · Di., 1. Dez., 14:00–16:00");
}

}  // namespace
}  // namespace kalends::telegram
