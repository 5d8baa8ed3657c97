#include "adapters/telegram/zones.h"

#include <gtest/gtest.h>

namespace kalends::telegram {
namespace {

using date::literals::operator""_y;

Instant At(date::year_month_day day, int hour, int minute = 0) {
  return Instant(date::sys_days(day).time_since_epoch() + std::chrono::hours(hour) +
                 std::chrono::minutes(minute));
}

std::string Read(const char* zone, Instant instant) {
  return date::format("%F %H:%M", ToLocal(zone, instant).time);
}

TEST(ToLocal, FollowsSummerTimeInAZoneAndNotWithABareOffset) {
  EXPECT_EQ(Read("Europe/Berlin", At(2026_y / 1 / 15, 12)), "2026-01-15 13:00");
  EXPECT_EQ(Read("Europe/Berlin", At(2026_y / 7 / 15, 12)), "2026-07-15 14:00");
  EXPECT_EQ(Read("UTC+01:00", At(2026_y / 7 / 15, 12)), "2026-07-15 13:00");
}

TEST(ToLocal, ReadsOddOffsets) {
  EXPECT_EQ(Read("UTC+05:45", At(2026_y / 1 / 1, 20)), "2026-01-02 01:45");
  EXPECT_EQ(Read("UTC-03:30", At(2026_y / 1 / 1, 2)), "2025-12-31 22:30");
  EXPECT_EQ(Read("Asia/Kathmandu", At(2026_y / 1 / 1, 20)), "2026-01-02 01:45");
}

TEST(ToLocal, AnUnknownZoneReadsAsUtc) {
  EXPECT_EQ(Read("Mars/Olympus", At(2026_y / 1 / 1, 20)), "2026-01-01 20:00");
  EXPECT_EQ(Read("", At(2026_y / 1 / 1, 20)), "2026-01-01 20:00");
}

TEST(DayStart, IsMidnightOnThatWallClock) {
  EXPECT_EQ(DayStart("Europe/Berlin", 2026_y / 7 / 15), At(2026_y / 7 / 14, 22));
  EXPECT_EQ(DayStart("UTC+05:45", 2026_y / 7 / 15), At(2026_y / 7 / 14, 18, 15));
}

TEST(DayStart, IsTheFirstInstantWhereTheClockSkipsMidnight) {
  // Chile goes from 24:00 to 01:00 on the first Sunday of September.
  EXPECT_EQ(DayStart("America/Santiago", 2025_y / 9 / 7), At(2025_y / 9 / 7, 4));
}

TEST(OffsetText, WritesWholeHoursShort) {
  EXPECT_EQ(OffsetText(std::chrono::minutes(0)), "UTC");
  EXPECT_EQ(OffsetText(std::chrono::minutes(60)), "UTC+1");
  EXPECT_EQ(OffsetText(std::chrono::minutes(345)), "UTC+5:45");
  EXPECT_EQ(OffsetText(std::chrono::minutes(-210)), "UTC−3:30");
}

}  // namespace
}  // namespace kalends::telegram
