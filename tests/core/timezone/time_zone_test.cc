#include "core/timezone/time_zone.h"

#include <random>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/seed.h"
#include "tests/support/times.h"

namespace kalends::core {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

TimeZone Zone(const std::string& name) { return TimeZone::Find(name).value(); }

TEST(FixedOffsetName, IsTheCanonicalNameOfItsZone) {
  EXPECT_EQ(FixedOffsetName(minutes{0}), "UTC");
  for (minutes offset = -hours{12}; offset <= hours{14}; offset += minutes{15}) {
    const TimeZone zone = Zone(FixedOffsetName(offset));
    EXPECT_EQ(zone.name(), FixedOffsetName(offset));
    EXPECT_EQ(zone.OffsetAt(Instant()), offset);
  }
}

TEST(TimeZone, FindsNamesOfTheTzDatabaseAndBareOffsets) {
  const struct {
    const char* asked;
    const char* name;
    bool fixed;
  } kCases[] = {
      {"Europe/Berlin", "Europe/Berlin", false},
      {"Asia/Katmandu", "Asia/Katmandu", false},
      {"America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires", false},
      {"Etc/GMT+5", "Etc/GMT+5", false},
      {"UTC", "UTC", true},
      {"UTC+00:00", "UTC", true},
      {"UTC-00:00", "UTC", true},
      {"UTC+5", "UTC+05:00", true},
      {"UTC+05", "UTC+05:00", true},
      {"UTC+5:45", "UTC+05:45", true},
      {"UTC+05:45", "UTC+05:45", true},
      {"UTC-03:30", "UTC-03:30", true},
      {"UTC-12:00", "UTC-12:00", true},
      {"UTC+14:00", "UTC+14:00", true},
      // As people and other programs write them.
      {"europe/berlin", "Europe/Berlin", false},
      {"AMERICA/ARGENTINA/BUENOS_AIRES", "America/Argentina/Buenos_Aires", false},
      {"asia/katmandu", "Asia/Katmandu", false},
      {"etc/gmt+5", "Etc/GMT+5", false},
      {"utc", "UTC", true},
      {"+05:45", "UTC+05:45", true},
      {"GMT+5", "UTC+05:00", true},
      {"GMT+05:45", "UTC+05:45", true},
      {"UTC−3", "UTC-03:00", true},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.asked);
    const auto zone = TimeZone::Find(c.asked);
    ASSERT_TRUE(zone.has_value());
    EXPECT_EQ(zone->name(), c.name);
    EXPECT_EQ(zone->is_fixed_offset(), c.fixed);
  }
}

TEST(TimeZone, FindsWhatOlderMachinesAndBrowsersCallAZone) {
  const struct {
    const char* old;
    const char* name;
  } kCases[] = {
      {"Europe/Kiev", "Europe/Kyiv"},
      {"Asia/Calcutta", "Asia/Kolkata"},
      {"Asia/Saigon", "Asia/Ho_Chi_Minh"},
      {"America/Buenos_Aires", "America/Argentina/Buenos_Aires"},
      {"US/Eastern", "America/New_York"},
      {"GB", "Europe/London"},
  };
  const Interval years{Instant(date::sys_days(date::year(1990) / 1 / 1)),
                       Instant(date::sys_days(date::year(2090) / 1 / 1))};
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.old);
    const auto zone = TimeZone::Find(c.old);
    ASSERT_TRUE(zone.has_value());
    EXPECT_EQ(zone->name(), c.old);
    const auto spans = zone->OffsetsOver(years);
    const auto expected = Zone(c.name).OffsetsOver(years);
    ASSERT_EQ(spans.size(), expected.size());
    for (std::size_t i = 0; i < spans.size(); ++i) {
      EXPECT_EQ(spans[i].interval, expected[i].interval);
      EXPECT_EQ(spans[i].offset, expected[i].offset);
    }
  }
}

TEST(TimeZone, RefusesEverythingElse) {
  const char* const kNames[] = {"",
                                "Berlin",
                                "Europe/Berlin ",
                                "Europe",
                                "Mars/Phobos",
                                "localtime",
                                "posixrules",
                                "../../etc/passwd",
                                "/etc/localtime",
                                "UTC-12:01",
                                "UTC+14:01",
                                "UTC+15",
                                "UTC+05:60",
                                "UTC+05:4",
                                "UTC+05:450",
                                "UTC+",
                                "UTC+:30",
                                "UTC 5",
                                "UTC+005:00",
                                "UTC+5:",
                                "UTC+-5",
                                "UTC+0x",
                                "right/Europe/Berlin",
                                "Fixed/UTC+05:45:00"};
  for (const char* name : kNames) EXPECT_FALSE(TimeZone::Find(name).has_value()) << name;
  EXPECT_FALSE(TimeZone::Find(std::string(100000, 'x')).has_value());
  EXPECT_FALSE(TimeZone::Find(std::string_view("UTC\0", 4)).has_value());
}

TEST(TimeZone, KnowsTheOffsetOfEveryAge) {
  const struct {
    const char* zone;
    const char* utc;
    minutes offset;
  } kCases[] = {
      {"UTC", "2026-07-01 00:00", hours{0}},
      {"UTC+05:45", "2026-07-01 00:00", minutes{345}},
      {"UTC-03:30", "2050-07-01 00:00", -minutes{210}},
      {"Asia/Kathmandu", "2026-07-01 00:00", minutes{345}},
      {"Asia/Kathmandu", "2099-07-01 00:00", minutes{345}},
      {"Europe/Berlin", "2026-03-29 00:59", hours{1}},
      {"Europe/Berlin", "2026-03-29 01:00", hours{2}},
      {"Europe/Berlin", "2026-10-25 00:59", hours{2}},
      {"Europe/Berlin", "2026-10-25 01:00", hours{1}},
      {"Europe/Berlin", "2037-07-01 00:00", hours{2}},
      {"Europe/Berlin", "2038-01-31 00:00", hours{1}},
      {"Europe/Berlin", "2038-03-28 00:59", hours{1}},
      {"Europe/Berlin", "2038-03-28 01:00", hours{2}},
      {"Europe/Berlin", "2050-07-01 00:00", hours{2}},
      {"Europe/Berlin", "2050-12-01 00:00", hours{1}},
      {"Europe/Berlin", "2100-03-28 00:59", hours{1}},
      {"Europe/Berlin", "2100-03-28 01:00", hours{2}},
      {"Europe/Berlin", "2100-10-31 00:59", hours{2}},
      {"Europe/Berlin", "2100-10-31 01:00", hours{1}},
      {"America/New_York", "2038-03-14 06:59", -hours{5}},
      {"America/New_York", "2038-03-14 07:00", -hours{4}},
      {"America/New_York", "2100-07-01 00:00", -hours{4}},
      {"Australia/Lord_Howe", "2026-01-15 00:00", hours{11}},
      {"Australia/Lord_Howe", "2026-07-01 00:00", minutes{630}},
      {"Australia/Lord_Howe", "2050-01-15 00:00", hours{11}},
      {"Australia/Lord_Howe", "2050-07-01 00:00", minutes{630}},
      {"Pacific/Apia", "2011-12-30 09:59", -hours{10}},
      {"Pacific/Apia", "2011-12-30 10:00", hours{14}},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(std::string(c.zone) + " at " + c.utc);
    EXPECT_EQ(Zone(c.zone).OffsetAt(Utc(c.utc)), c.offset);
  }
}

TEST(TimeZone, SubMinuteOffsetsOfOldAreExact) {
  EXPECT_EQ(Zone("Europe/Berlin").OffsetAt(Utc("1850-01-01 00:00")), seconds{53 * 60 + 28});
  EXPECT_EQ(Zone("Asia/Manila").OffsetAt(Utc("1800-01-01 00:00")),
            -seconds{15 * 3600 + 56 * 60 + 8});
  EXPECT_EQ(Zone("Africa/Monrovia").OffsetAt(Utc("1970-06-01 00:00")), -seconds{44 * 60 + 30});
}

TEST(TimeZone, AGapHasNoInstantAndAnOverlapTwo) {
  EXPECT_THAT(Zone("Europe/Berlin").FromLocal(Wall("2026-03-29 01:59")),
              ElementsAre(Utc("2026-03-29 00:59")));
  EXPECT_THAT(Zone("Europe/Berlin").FromLocal(Wall("2026-03-29 02:00")), IsEmpty());
  EXPECT_THAT(Zone("Europe/Berlin").FromLocal(Wall("2026-03-29 02:59")), IsEmpty());
  EXPECT_THAT(Zone("Europe/Berlin").FromLocal(Wall("2026-03-29 03:00")),
              ElementsAre(Utc("2026-03-29 01:00")));
  EXPECT_THAT(Zone("Europe/Berlin").FromLocal(Wall("2026-10-25 02:00")),
              ElementsAre(Utc("2026-10-25 00:00"), Utc("2026-10-25 01:00")));
  EXPECT_THAT(Zone("Europe/Berlin").FromLocal(Wall("2026-10-25 03:00")),
              ElementsAre(Utc("2026-10-25 02:00")));
  EXPECT_THAT(Zone("Europe/Berlin").FromLocal(Wall("2050-03-27 02:30")), IsEmpty());
  EXPECT_THAT(Zone("Australia/Lord_Howe").FromLocal(Wall("2026-10-04 02:15")), IsEmpty());
  EXPECT_THAT(Zone("Australia/Lord_Howe").FromLocal(Wall("2026-04-05 01:45")),
              ElementsAre(Utc("2026-04-04 14:45"), Utc("2026-04-04 15:15")));
  EXPECT_THAT(Zone("Pacific/Apia").FromLocal(Wall("2011-12-30 12:00")), IsEmpty());
  EXPECT_THAT(Zone("UTC+05:45").FromLocal(Wall("2026-10-25 05:45")),
              ElementsAre(Utc("2026-10-25 00:00")));
}

TEST(TimeZone, ADateStartsAtItsFirstInstant) {
  const struct {
    const char* zone;
    const char* day;
    const char* utc;
  } kCases[] = {
      {"Europe/Berlin", "2026-03-29", "2026-03-28 23:00"},
      {"Europe/Berlin", "2026-03-30", "2026-03-29 22:00"},
      {"Europe/Berlin", "2100-07-01", "2100-06-30 22:00"},
      {"UTC-12:00", "2026-01-01", "2026-01-01 12:00"},
      // Midnight itself is skipped: the date starts at 01:00.
      {"America/Asuncion", "2023-10-01", "2023-10-01 04:00"},
      {"Asia/Beirut", "2022-03-27", "2022-03-26 22:00"},
      {"Africa/Cairo", "2024-04-26", "2024-04-25 22:00"},
      // The clock is set back at midnight: the date starts when it gets there again.
      {"America/Asuncion", "2023-03-26", "2023-03-26 04:00"},
      {"Asia/Beirut", "2022-10-30", "2022-10-29 22:00"},
      // Set back from 00:01 to 23:01: the first minute of the date comes before the repeated hour.
      {"America/St_Johns", "2010-11-07", "2010-11-07 02:30"},
      // A date that was skipped, and its neighbours.
      {"Pacific/Apia", "2011-12-29", "2011-12-29 10:00"},
      {"Pacific/Apia", "2011-12-30", "2011-12-30 10:00"},
      {"Pacific/Apia", "2011-12-31", "2011-12-30 10:00"},
      {"Pacific/Kwajalein", "1993-08-21", "1993-08-21 12:00"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(std::string(c.zone) + " on " + c.day);
    EXPECT_EQ(ToText(Zone(c.zone).StartOfDay(Day(c.day))), c.utc);
  }
}

TEST(TimeZone, OneSpanPerClockChange) {
  const auto berlin = Zone("Europe/Berlin");
  const auto spans = berlin.OffsetsOver(UtcInterval("2026-01-01 00:00", "2027-01-01 00:00"));
  ASSERT_EQ(spans.size(), 3U);
  EXPECT_EQ(ToText(spans[1].interval), "2026-03-29 01:00 - 2026-10-25 01:00");
  EXPECT_EQ(spans[1].offset, hours{2});
  EXPECT_LT(spans[0].interval.start, Utc("2026-01-01 00:00"));
  EXPECT_GT(spans[2].interval.end, Utc("2027-01-01 00:00"));
  // The end of a range is not in it; an empty range lies in one span.
  EXPECT_EQ(berlin.OffsetsOver(UtcInterval("2026-01-01 00:00", "2026-03-29 01:00")).size(), 1U);
  EXPECT_EQ(berlin.OffsetsOver(UtcInterval("2026-03-29 01:00", "2026-03-29 01:00")).size(), 1U);
  EXPECT_EQ(
      Zone("UTC+01:00").OffsetsOver(UtcInterval("1900-01-01 00:00", "2100-01-01 00:00")).size(),
      1U);
}

TEST(TimeZone, AChangeOfNameAloneIsNoClockChange) {
  // Lisbon went from WEST to CET without touching a clock, 1992-09-27.
  const auto spans =
      Zone("Europe/Lisbon").OffsetsOver(UtcInterval("1992-05-01 00:00", "1993-02-01 00:00"));
  ASSERT_EQ(spans.size(), 1U);
  EXPECT_EQ(spans[0].offset, hours{1});
}

TEST(TimeZone, LocalDatesFollowTheZone) {
  EXPECT_EQ(LocalDateAt(Zone("Pacific/Kiritimati"), Utc("2026-01-01 10:00")), Day("2026-01-02"));
  EXPECT_EQ(LocalDateAt(Zone("Pacific/Pago_Pago"), Utc("2026-01-01 10:59")), Day("2025-12-31"));
  EXPECT_EQ(LocalDateAt(Zone("UTC"), Utc("1969-12-31 23:59")), Day("1969-12-31"));
}

TEST(TimeZone, InstantsFarAwayDoNotCrash) {
  const auto zone = Zone("America/New_York");
  for (const Instant instant : {Utc("9999-12-31 23:59"), FromUnixSeconds(-62135596800)}) {
    EXPECT_EQ(zone.OffsetsOver({instant, instant + hours{1}}).size(), 1U);
    EXPECT_THAT(zone.FromLocal(zone.ToLocal(instant)), ElementsAre(instant));
    EXPECT_LE(zone.StartOfDay(LocalDateAt(zone, instant)), instant);
  }
}

TEST(TimeZone, IsFoundByManyThreadsAtOnce) {
  const char* const kNames[] = {"Europe/Riga", "Asia/Tokyo", "UTC+03:15", "Africa/Lagos", "UTC+1"};
  std::vector<std::thread> threads;
  std::vector<const std::string*> first(8 * std::size(kNames));
  for (std::size_t thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::size_t i = 0; i < std::size(kNames); ++i) {
        first[thread * std::size(kNames) + i] = &TimeZone::Find(kNames[i])->name();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(first[i], first[i % std::size(kNames)]);
}

TEST(TimeZone, LocalToInstantToLocalIsTheIdentity) {
  const test::Seed seed;
  std::mt19937_64 random(seed.value());
  const auto first = Utc("1900-01-01 00:00").time_since_epoch();
  const auto length = Utc("2101-01-01 00:00").time_since_epoch() - first;
  for (const char* name : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
                           "Asia/Kathmandu", "Pacific/Apia", "America/Asuncion",
                           "Africa/Casablanca", "America/St_Johns", "Asia/Manila", "UTC-03:30"}) {
    const TimeZone zone = Zone(name);
    for (int i = 0; i < 2000; ++i) {
      const Instant instant{first + seconds(random() % static_cast<std::uint64_t>(length.count()))};
      const auto local = zone.ToLocal(instant);
      const auto instants = zone.FromLocal(local);
      ASSERT_THAT(instants, testing::Contains(instant)) << name << " " << ToText(instant);
      for (const Instant other : instants) ASSERT_EQ(zone.ToLocal(other), local);
      const auto start = zone.StartOfDay(LocalDateAt(zone, instant));
      ASSERT_LE(start, instant);
      ASSERT_EQ(LocalDateAt(zone, start), LocalDateAt(zone, instant));
      ASSERT_NE(LocalDateAt(zone, start - seconds{1}), LocalDateAt(zone, start));
    }
  }
}

}  // namespace
}  // namespace kalends::core
