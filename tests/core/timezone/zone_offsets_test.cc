// Zones by their offset.
#include <algorithm>
#include <set>

#include "core/timezone/time_zone.h"
#include "core/timezone/zone_search.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/core/timezone/search_support.h"

namespace kalends::core {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;

const Instant kWinter = Utc("2026-01-15 12:00");

std::vector<std::string> CitiesAt(std::chrono::seconds offset, Instant now) {
  for (const OffsetChoice& choice : OffsetsAt(now)) {
    if (choice.offset == offset) return choice.example_cities;
  }
  ADD_FAILURE() << "no offset " << offset.count();
  return {};
}

TEST(OffsetsAt, AscendFromTwelveBehindToFourteenAhead) {
  for (const Instant now : {kSummer, kWinter, Utc("2050-07-01 00:00")}) {
    const auto choices = OffsetsAt(now);
    EXPECT_EQ(choices.front().offset, -hours{12});
    EXPECT_EQ(choices.back().offset, hours{14});
    EXPECT_TRUE(std::is_sorted(choices.begin(), choices.end(),
                               [](const auto& a, const auto& b) { return a.offset < b.offset; }));
    std::set<std::chrono::seconds> offsets;
    for (const OffsetChoice& choice : choices) {
      EXPECT_TRUE(offsets.insert(choice.offset).second);
      EXPECT_LE(choice.example_cities.size(), 3U);
    }
    for (hours whole{-12}; whole <= hours{14}; ++whole) EXPECT_TRUE(offsets.contains(whole));
    for (const int odd : {-570, 270, 330, 345, 390, 525, 570}) {
      EXPECT_TRUE(offsets.contains(minutes{odd})) << odd;
    }
  }
}

TEST(OffsetsAt, ExamplesHaveTheOffsetToday) {
  EXPECT_EQ(CitiesAt(hours{1}, kWinter)[0], "Berlin");
  EXPECT_EQ(CitiesAt(hours{2}, kSummer)[0], "Berlin");
  EXPECT_THAT(CitiesAt(hours{1}, kSummer), Not(Contains("Berlin")));
  EXPECT_EQ(CitiesAt(minutes{345}, kSummer), std::vector<std::string>{"Kathmandu"});
  EXPECT_THAT(CitiesAt(-hours{12}, kSummer), IsEmpty());  // Only uninhabited islands.
  EXPECT_THAT(CitiesAt(hours{14}, kSummer), Contains("Kiritimati"));
}

TEST(ZonesWithOffset, AreGeographicWellKnownFirstAndLimited) {
  const auto zones = ZonesWithOffset(hours{2}, kSummer, kAll);
  ASSERT_GT(zones.size(), 20U);
  EXPECT_EQ(zones[0].name, "Europe/Berlin");
  EXPECT_EQ(zones[0].city, "Berlin");
  EXPECT_TRUE(zones[0].changes_clock);
  std::set<std::string> names;
  for (const ZoneChoice& zone : zones) {
    EXPECT_TRUE(names.insert(zone.name).second) << zone.name;
    EXPECT_NE(zone.name.find('/'), std::string::npos) << zone.name;
    EXPECT_FALSE(zone.name.starts_with("Etc/")) << zone.name;
    EXPECT_EQ(zone.offset_now, hours{2});
    EXPECT_EQ(TimeZone::Find(zone.name)->OffsetAt(kSummer), hours{2});
  }
  EXPECT_EQ(ZonesWithOffset(hours{2}, kSummer, 3).size(), 3U);
  EXPECT_EQ(Names(ZonesWithOffset(hours{2}, kSummer, 3))[1], "Europe/Paris");
  EXPECT_THAT(ZonesWithOffset(hours{2}, kSummer, 0), IsEmpty());
  EXPECT_THAT(ZonesWithOffset(minutes{7}, kSummer, kAll), IsEmpty());
}

TEST(ZonesWithOffset, SaysWhichChangeTheirClocks) {
  const auto zones = ZonesWithOffset(minutes{345}, kSummer, kAll);
  ASSERT_EQ(zones.size(), 1U);
  EXPECT_EQ(zones[0].name, "Asia/Kathmandu");
  EXPECT_FALSE(zones[0].changes_clock);
}

TEST(SearchZones, TakesAnOffsetAsPeopleWriteIt) {
  const struct {
    const char* query;
    std::vector<const char*> zones;
    const char* bare;  // Comes last.
  } kCases[] = {
      {"UTC+3", {"Europe/Moscow", "Europe/Kyiv", "Europe/Istanbul"}, "UTC+03:00"},
      {"utc +3", {"Europe/Moscow"}, "UTC+03:00"},
      {"+03:00", {"Europe/Moscow"}, "UTC+03:00"},
      {"GMT+5:30", {"Asia/Kolkata", "Asia/Colombo"}, "UTC+05:30"},
      {"+0545", {"Asia/Kathmandu"}, "UTC+05:45"},
      {"UTC−3", {"America/Sao_Paulo"}, "UTC-03:00"},  // The minus that our screens show.
      {"GMT–3", {"America/Sao_Paulo"}, "UTC-03:00"},
      {"-3", {"America/Sao_Paulo"}, "UTC-03:00"},
      {"UTC", {"Africa/Accra"}, "UTC"},
      {"UTC-12", {}, "UTC-12:00"},  // Nobody lives there.
      {"МСК+2", {"Asia/Yekaterinburg", "Asia/Tashkent"}, "UTC+05:00"},
      {"МСК−1", {"Europe/Berlin"}, "UTC+02:00"},
      {"УТЦ+3", {"Europe/Moscow"}, "UTC+03:00"},
      {"utc plus 5", {"Asia/Yekaterinburg"}, "UTC+05:00"},
      {"Minus 3", {"America/Sao_Paulo"}, "UTC-03:00"},
      {"плюс 3", {"Europe/Moscow"}, "UTC+03:00"},
      {"+5,5", {"Asia/Kolkata"}, "UTC+05:30"},
      {"GMT+5.75", {"Asia/Kathmandu"}, "UTC+05:45"},
      {"+5.30", {"Asia/Kolkata"}, "UTC+05:30"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.query);
    const auto found = SearchZones(c.query, kSummer, kShown);
    ASSERT_FALSE(found.empty());
    for (const char* zone : c.zones) EXPECT_THAT(Names(found), Contains(zone));
    EXPECT_EQ(found.back().name, c.bare);
    EXPECT_EQ(found.back().city, c.bare);
    EXPECT_LE(found.size(), static_cast<std::size_t>(kShown));
    for (const ZoneChoice& choice : found) EXPECT_EQ(choice.offset_now, found[0].offset_now);
  }
  EXPECT_THAT(SearchZones("UTC+3", kSummer, 0), IsEmpty());
  EXPECT_THAT(SearchZones("UTC+15", kSummer, kShown), IsEmpty());
}

TEST(SearchZones, TakesTheShortNamesOfTimesInEveryLanguage) {
  const struct {
    const char* query;
    std::vector<const char*> zones;
  } kCases[] = {
      {"CET", {"Europe/Berlin", "Europe/Paris", "Europe/Madrid"}},
      {"mez", {"Europe/Berlin", "Europe/Vienna", "Europe/Zurich"}},
      {"MESZ", {"Europe/Berlin"}},
      {"HEC", {"Europe/Berlin", "Europe/Paris"}},
      {"EET", {"Europe/Kyiv", "Europe/Helsinki"}},
      {"GMT", {"Europe/London", "Africa/Abidjan"}},
      {"BST", {"Europe/London"}},
      {"MSK", {"Europe/Moscow"}},
      {"МСК", {"Europe/Moscow"}},
      {"EST", {"America/New_York", "America/Toronto"}},
      {"PST", {"America/Los_Angeles", "Asia/Manila"}},
      {"IST", {"Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"}},
      {"JST", {"Asia/Tokyo"}},
  };
  for (const auto& c : kCases) {
    const auto found = Names(SearchZones(c.query, kSummer, kShown));
    for (const char* zone : c.zones) EXPECT_THAT(found, Contains(zone)) << c.query;
    ASSERT_FALSE(found.empty()) << c.query;
    EXPECT_EQ(found[0], c.zones[0]) << c.query;
  }
}

TEST(ReadOffset, ReadsWhatPeopleAndProgramsWrite) {
  const struct {
    const char* text;
    int minutes;
  } kCases[] = {
      {"UTC", 0},      {"utc", 0},      {"UTC+5", 300},  {"gmt+5", 300},
      {"+05:45", 345}, {"+0545", 345},  {"UTC−3", -180}, {"UTC-03:30", -210},
      {"-12", -720},   {"+14:00", 840}, {"UTC+05", 300}, {"GMT-0", 0},
  };
  for (const auto& c : kCases) EXPECT_EQ(ReadOffset(c.text), minutes{c.minutes}) << c.text;
  for (const char* text : {"", "GMT", "5", "05:45", "UTC5", "UTC+", "+", "+15", "-12:01", "+5:4",
                           "+005", "+05:60", "UTC 5", "UTC+-5", "MSK+2", "+5h", "Etc/GMT+5"}) {
    EXPECT_FALSE(ReadOffset(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace kalends::core
