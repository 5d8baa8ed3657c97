#include "adapters/telegram/screens/month_grid.h"

#include <gtest/gtest.h>

#include "adapters/telegram/actions/calendar.h"
#include "adapters/telegram/actions/home.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using date::literals::operator""_y;

std::vector<Row> Grid(const char* language, date::year_month month,
                      std::vector<date::year_month_day> free) {
  std::vector<Row> rows;
  AppendMonthGrid(rows, TestLanguages().For(language).formats(),
                  {.month = month,
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

TEST(MonthGrid, TheWeekStartsAsTheLanguageHasIt) {
  const std::vector<Row> german = Grid("de", 2026_y / 12, {});
  EXPECT_EQ(german[0][1].label, "Dezember 2026");
  EXPECT_EQ(german[1][0].label, "Mo");
  EXPECT_EQ(german[1][6].label, "So");
  const std::vector<Row> english = Grid("en", 2026_y / 12, {});
  EXPECT_EQ(english[0][1].label, "December 2026");
  EXPECT_EQ(english[1][0].label, "Mo");
}

}  // namespace
}  // namespace kalends::telegram
