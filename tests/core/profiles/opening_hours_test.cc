#include "core/profiles/opening_hours.h"

#include <gtest/gtest.h>

namespace kalends::core {
namespace {

using enum WeekParity;
using Hours = std::vector<OpeningHours>;
using std::chrono::hours;

WeeklyHours At(date::weekday weekday, int start, int end, WeekParity parity = kEvery) {
  return {weekday, {hours(start), hours(end)}, parity};
}
Schedule Of(std::vector<WeeklyHours> weekly) {
  Schedule schedule;
  schedule.weekly = std::move(weekly);
  return schedule;
}

TEST(OpeningHoursOf, AreThoseOfTheWeekFromMondayOn) {
  const Schedule schedules[] = {
      Of({At(date::Sunday, 10, 12), At(date::Monday, 14, 18), At(date::Monday, 9, 12)})};
  EXPECT_EQ(OpeningHoursOf(schedules), (Hours{{date::Monday, hours(9), hours(12)},
                                              {date::Monday, hours(14), hours(18)},
                                              {date::Sunday, hours(10), hours(12)}}));
  EXPECT_EQ(OpeningHoursOf({}), Hours{});
}

TEST(OpeningHoursOf, MergeWhatOverlapsOrTouchesWhoeverIsThere) {
  const Schedule schedules[] = {Of({At(date::Friday, 9, 12)}),
                                Of({At(date::Friday, 11, 14), At(date::Friday, 14, 15)})};
  EXPECT_EQ(OpeningHoursOf(schedules), (Hours{{date::Friday, hours(9), hours(15)}}));
}

TEST(OpeningHoursOf, MayPassMidnight) {
  const Schedule schedules[] = {Of({At(date::Friday, 22, 2), At(date::Saturday, 0, 0)})};
  EXPECT_EQ(OpeningHoursOf(schedules),
            (Hours{{date::Friday, hours(22), hours(26)}, {date::Saturday, hours(0), hours(24)}}));
}

TEST(OpeningHoursOf, NameTheWeeksOnlyWhereTheyDiffer) {
  const Schedule schedules[] = {Of({At(date::Monday, 9, 12, kA), At(date::Monday, 9, 12, kB),
                                    At(date::Tuesday, 9, 12), At(date::Tuesday, 13, 15, kB)})};
  EXPECT_EQ(OpeningHoursOf(schedules), (Hours{{date::Monday, hours(9), hours(12)},
                                              {date::Tuesday, hours(9), hours(12), kA},
                                              {date::Tuesday, hours(9), hours(12), kB},
                                              {date::Tuesday, hours(13), hours(15), kB}}));
}

TEST(OpeningHoursOf, AreNotSaidOfWeeksThatAlternateApart) {
  Schedule schedules[] = {Of({At(date::Monday, 9, 12)}), Of({At(date::Monday, 13, 15, kA)})};
  schedules[1].week_a_monday += date::days(14);
  EXPECT_FALSE(OpeningHoursOf(schedules).empty());
  schedules[1].week_a_monday += date::days(7);
  EXPECT_TRUE(OpeningHoursOf(schedules).empty());
}

}  // namespace
}  // namespace kalends::core
