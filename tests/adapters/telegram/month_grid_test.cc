#include "adapters/telegram/screens/month_grid.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/telegram/actions/calendar.h"
#include "adapters/telegram/actions/home.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using date::literals::operator""_y;

std::vector<Row> Grid(const char* language, date::year_month month,
                      std::vector<date::year_month_day> free,
                      std::optional<date::year_month> last = std::nullopt) {
  std::vector<Row> rows;
  AppendMonthGrid(rows, TestLanguages().For(language).formats(),
                  {.month = month,
                   .last_month = last.value_or(month),
                   .free = std::move(free),
                   .pick = [](date::year_month_day day) { return ShowDay{day}; },
                   .previous = std::nullopt,
                   .next = std::nullopt});
  return rows;
}

bool IsStill(const Button& button) { return std::get<Action>(button.does).Is<Noop>(); }

TEST(MonthGrid, EveryDayStandsBelowItsWeekday) {
  for (date::year_month month = 2024_y / 1; month < 2040_y / 1; month += date::months(1)) {
    const auto last = static_cast<unsigned>((month / date::last).day());
    std::vector<date::year_month_day> all;
    for (unsigned d = 1; d <= last; ++d) all.push_back(month / date::day(d));
    const std::vector<Row> rows = Grid("de", month, all);
    unsigned next = 1;
    for (std::size_t week = 2; week < rows.size(); ++week) {
      ASSERT_EQ(rows[week].size(), 7U);
      for (unsigned column = 0; column < 7; ++column) {
        const Button& button = rows[week][column];
        if (IsStill(button)) continue;
        EXPECT_EQ(button.label, std::to_string(next));
        EXPECT_EQ(date::weekday(date::sys_days(month / date::day(next))).iso_encoding(),
                  column + 1);
        ++next;
      }
    }
    EXPECT_EQ(next, last + 1);
  }
}

TEST(MonthGrid, OnlyFreeDatesLeadOn) {
  const std::vector<Row> rows = Grid("de", 2026_y / 12, {2026_y / 12 / 28, 2026_y / 12 / 31});
  int leading = 0;
  for (const Row& row : rows) {
    for (const Button& button : row) leading += IsStill(button) ? 0 : 1;
  }
  EXPECT_EQ(leading, 2);
}

// From any day of any month on, the first row of days is that of the first free date.
TEST(MonthGrid, HasNoWeekWithoutAFreeDate) {
  for (date::year_month month = 2024_y / 1; month < 2029_y / 1; month += date::months(1)) {
    const auto last = static_cast<unsigned>((month / date::last).day());
    for (unsigned today = 1; today <= last; ++today) {
      std::vector<date::year_month_day> free;
      for (unsigned d = today; d <= last; ++d) free.push_back(month / date::day(d));
      const std::vector<Row> rows = Grid("de", month, free);
      ASSERT_GE(rows.size(), 3U);
      for (std::size_t week = 2; week < rows.size(); ++week) {
        EXPECT_FALSE(std::all_of(rows[week].begin(), rows[week].end(), IsStill));
      }
    }
  }
  // A week of holidays is left out, too.
  EXPECT_EQ(Grid("de", 2027_y / 2, {2027_y / 2 / 1, 2027_y / 2 / 15, 2027_y / 2 / 28}).size(), 5U);
  EXPECT_EQ(Grid("de", 2026_y / 12, {}).size(), 1U);
}

TEST(MonthGrid, AMonthsLastDaysStandAboveTheNextMonth) {
  const std::vector<Row> rows =
      Grid("de", 2026_y / 12, {2026_y / 12 / 28, 2027_y / 1 / 4, 2027_y / 1 / 11}, 2027_y / 1);
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_EQ(rows[0][1].label, "Dezember 2026");
  EXPECT_EQ(rows[2][0].label, "28");
  ASSERT_EQ(rows[3].size(), 1U);
  EXPECT_EQ(rows[3][0].label, "Januar 2027");
  EXPECT_EQ(rows[4][0].label, "4");
  // Where the first of them has none left, the next one is the heading.
  const std::vector<Row> next = Grid("de", 2027_y / 2, {2027_y / 3 / 1}, 2027_y / 3);
  EXPECT_EQ(next[0][1].label, "März 2027");
  EXPECT_EQ(next.size(), 3U);
}

// Whichever of both months is asked for, and of no other month.
TEST(MonthGrid, AMonthsLastDaysComeWithTheNextMonth) {
  const date::year_month_day end = 2026_y / 12 / 25;
  EXPECT_EQ(FirstShown(2026_y / 12, end), 2026_y / 12);
  EXPECT_EQ(FirstShown(2027_y / 1, end), 2026_y / 12);
  EXPECT_EQ(LastShown(2026_y / 12, end), 2027_y / 1);
  EXPECT_EQ(FirstShown(2027_y / 2, end), 2027_y / 2);
  EXPECT_EQ(LastShown(2027_y / 2, end), 2027_y / 2);
  const date::year_month_day before = 2026_y / 12 / 24;
  EXPECT_EQ(LastShown(2026_y / 12, before), 2026_y / 12);
  EXPECT_EQ(FirstShown(2027_y / 1, before), 2027_y / 1);
  EXPECT_EQ(LastShown(2026_y / 12, 2026_y / 12 / 11, date::days(21)), 2027_y / 1);
}

TEST(MonthGrid, DaysOfMonthsBeginWhereAsked) {
  const auto days = DaysOfMonths(2026_y / 12, 2027_y / 1, 2026_y / 12 / 30);
  ASSERT_EQ(days.size(), 2U + 31U);
  EXPECT_EQ(days.front(), 2026_y / 12 / 30);
  EXPECT_EQ(days.back(), 2027_y / 1 / 31);
  EXPECT_EQ(DaysOfMonths(2027_y / 2, 2027_y / 2, 2026_y / 12 / 30).size(), 28U);
}

TEST(MonthGrid, TheWeekStartsAsTheLanguageHasIt) {
  const std::vector<Row> german = Grid("de", 2026_y / 12, {2026_y / 12 / 1});
  EXPECT_EQ(german[0][1].label, "Dezember 2026");
  EXPECT_EQ(german[1][0].label, "Mo");
  EXPECT_EQ(german[1][6].label, "So");
  const std::vector<Row> english = Grid("en", 2026_y / 12, {2026_y / 12 / 1});
  EXPECT_EQ(english[0][1].label, "December 2026");
  EXPECT_EQ(english[1][0].label, "Mo");
}

}  // namespace
}  // namespace kalends::telegram
