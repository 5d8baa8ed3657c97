#include "adapters/telegram/zones.h"

#include <gtest/gtest.h>

#include "tests/support/made_up_zones.h"

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

TEST(ToLocal, SaysWhichReadingsComeTwice) {
  const struct {
    const char* name;
    const char* zone;
    Instant instant;
    bool repeated;
  } kCases[] = {
      {"before", "Europe/Berlin", At(2027_y / 10 / 30, 23, 59), false},
      {"02:00, the first time", "Europe/Berlin", At(2027_y / 10 / 31, 0), true},
      {"02:59, the second time", "Europe/Berlin", At(2027_y / 10 / 31, 1, 59), true},
      {"after", "Europe/Berlin", At(2027_y / 10 / 31, 2), false},
      {"in spring", "Europe/Berlin", At(2027_y / 3 / 28, 1), false},
      {"half an hour", "Australia/Lord_Howe", At(2027_y / 4 / 3, 14, 45), true},
      {"a bare offset", "UTC+01:00", At(2027_y / 10 / 31, 1), false},
  };
  for (const auto& c : kCases) EXPECT_EQ(ToLocal(c.zone, c.instant).repeated, c.repeated) << c.name;
}

TEST(ToLocal, ReadsByTheRulesThatAreThereNow) {
  const Instant noon = At(2030_y / 6 / 1, 12);
  test::MadeUpZones zones("2:00 - TTT");
  EXPECT_EQ(Read(test::kTown, noon), "2030-06-01 14:00");
  zones.SetRules("3:00 - TTT", "2026b");
  EXPECT_EQ(Read(test::kTown, noon), "2030-06-01 15:00");
  zones.SetRules("1:00 - TTT 2030 Jun 1\n2:00 - TTT", "2026c");
  EXPECT_EQ(Read(test::kTown, noon), "2030-06-01 14:00");
  EXPECT_EQ(DayStart(test::kTown, 2030_y / 6 / 1), At(2030_y / 5 / 31, 23));
}

TEST(ToLocal, LooksForZonesInTheirFolderAlone) {
  const Instant noon = At(2030_y / 6 / 1, 12);
  for (const char* const zone :
       {"../zoneinfo/Europe/Berlin", "/usr/share/zoneinfo/Europe/Berlin", "Europe", "zone.tab"}) {
    EXPECT_EQ(Read(zone, noon), "2030-06-01 12:00") << zone;
  }
}

TEST(DayStart, IsMidnightOnThatWallClock) {
  EXPECT_EQ(DayStart("Europe/Berlin", 2026_y / 7 / 15), At(2026_y / 7 / 14, 22));
  EXPECT_EQ(DayStart("UTC+05:45", 2026_y / 7 / 15), At(2026_y / 7 / 14, 18, 15));
}

TEST(DayStart, IsTheFirstInstantWhereTheClockSkipsMidnight) {
  // Chile goes from 24:00 to 01:00 on the first Sunday of September.
  EXPECT_EQ(DayStart("America/Santiago", 2025_y / 9 / 7), At(2025_y / 9 / 7, 4));
}

TEST(AtClock, IsTheFirstInstantThatReadsSoOrWhatFollowsASkippedOne) {
  using std::chrono::hours;
  using std::chrono::minutes;
  EXPECT_EQ(AtClock("Europe/Berlin", 2026_y / 7 / 15, hours(10) + minutes(10)),
            At(2026_y / 7 / 15, 8, 10));
  EXPECT_EQ(AtClock("UTC+05:45", 2026_y / 7 / 15, hours(6)), At(2026_y / 7 / 15, 0, 15));
  // Twice on that night, and never on this one.
  EXPECT_EQ(AtClock("Europe/Berlin", 2026_y / 10 / 25, hours(2) + minutes(30)),
            At(2026_y / 10 / 25, 0, 30));
  EXPECT_EQ(AtClock("Europe/Berlin", 2026_y / 3 / 29, hours(2) + minutes(30)),
            At(2026_y / 3 / 29, 1));
}

TEST(OffsetText, WritesWholeHoursShort) {
  EXPECT_EQ(OffsetText(std::chrono::minutes(0)), "UTC");
  EXPECT_EQ(OffsetText(std::chrono::minutes(60)), "UTC+1");
  EXPECT_EQ(OffsetText(std::chrono::minutes(345)), "UTC+5:45");
  EXPECT_EQ(OffsetText(std::chrono::minutes(-210)), "UTC−3:30");
}

}  // namespace
}  // namespace kalends::telegram
