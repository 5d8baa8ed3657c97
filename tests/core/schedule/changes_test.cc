#include "core/schedule/changes.h"

#include <gtest/gtest.h>

#include <vector>

#include "core/base/error.h"
#include "tests/support/times.h"

namespace kalends::core {
namespace {

const LocalHours kMorning{Minutes(9 * 60), Minutes(12 * 60)};
const LocalHours kEvening{Minutes(17 * 60), Minutes(20 * 60)};
const WeeklyHours kFriday{date::Friday, kMorning};
const WeeklyHours kSunday{date::Sunday, kMorning};

SpecialDate On(const std::string& date, std::string label) {
  return {Day(date), false, {}, std::move(label)};
}

TEST(ChangeWeeklyHours, LeavesTheRestAndTheOrderOfTheWeek) {
  Schedule schedule;
  schedule.weekly = {kSunday};
  AddWeeklyHours(schedule, std::vector{WeeklyHours{date::Friday, kEvening}, kFriday, kSunday});
  EXPECT_EQ(schedule.weekly, (std::vector{kFriday, WeeklyHours{date::Friday, kEvening}, kSunday}));
  EXPECT_TRUE(RemoveWeeklyHours(schedule, std::vector{kFriday}).ok());
  EXPECT_EQ(schedule.weekly, (std::vector{WeeklyHours{date::Friday, kEvening}, kSunday}));
  ClearWeekdays(schedule, std::vector{date::Friday, date::Monday});
  EXPECT_EQ(schedule.weekly, std::vector{kSunday});
}

TEST(RemoveWeeklyHours, RemovesNothingWhereOneIsNotThere) {
  Schedule schedule;
  schedule.weekly = {kFriday};
  const WeeklyHours week_a{date::Friday, kMorning, WeekParity::kA};
  const absl::Status refused = RemoveWeeklyHours(schedule, std::vector{kFriday, week_a});
  EXPECT_EQ(ReasonOf(refused), Reason::kNotFound);
  EXPECT_NE(refused.message().find("removed[1]"), absl::string_view::npos);
  EXPECT_EQ(schedule.weekly, std::vector{kFriday});
}

TEST(AddSpecialDates, TakesThePlaceOfTheSameDate) {
  Schedule schedule;
  schedule.special_dates = {On("2026-12-31", "b"), On("2026-12-24", "a")};
  AddSpecialDates(schedule, std::vector{On("2026-12-24", "c"), On("2027-01-01", "d")});
  EXPECT_EQ(schedule.special_dates,
            (std::vector{On("2026-12-24", "c"), On("2026-12-31", "b"), On("2027-01-01", "d")}));
}

TEST(RemoveSpecialDates, RemovesNothingWhereOneIsNotThere) {
  Schedule schedule;
  schedule.special_dates = {On("2026-12-24", "a"), On("2026-12-25", "b")};
  const absl::Status refused =
      RemoveSpecialDates(schedule, std::vector{Day("2026-12-24"), Day("2026-12-26")});
  EXPECT_EQ(ReasonOf(refused), Reason::kNotFound);
  EXPECT_NE(refused.message().find("2026-12-26"), absl::string_view::npos);
  EXPECT_EQ(schedule.special_dates.size(), 2U);
  EXPECT_TRUE(RemoveSpecialDates(schedule, std::vector{Day("2026-12-24")}).ok());
  EXPECT_EQ(schedule.special_dates, std::vector{On("2026-12-25", "b")});
}

}  // namespace
}  // namespace kalends::core
