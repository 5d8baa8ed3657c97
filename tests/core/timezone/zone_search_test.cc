#include "core/timezone/zone_search.h"

#include <algorithm>
#include <set>

#include "core/timezone/place_names.h"
#include "core/timezone/time_zone.h"
#include "core/timezone/zone_catalog.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/times.h"

namespace kalends::core {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::Contains;
using testing::Field;
using testing::IsEmpty;
using testing::Not;

const Instant kSummer = Utc("2026-07-01 12:00");
const Instant kWinter = Utc("2026-01-15 12:00");
constexpr int kAll = 1000;

std::vector<std::string> Names(const std::vector<ZoneChoice>& choices) {
  std::vector<std::string> names;
  names.reserve(choices.size());
  for (const ZoneChoice& choice : choices) names.push_back(choice.name);
  return names;
}

std::string FirstFor(std::string_view query) {
  const auto found = SearchZones(query, kSummer, 10);
  return found.empty() ? std::string() : found[0].name;
}

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

TEST(SearchZones, PutsTheExactCityFirstThenPrefixesThenTheRest) {
  EXPECT_EQ(FirstFor("Berlin"), "Europe/Berlin");
  EXPECT_EQ(FirstFor("berl"), "Europe/Berlin");
  EXPECT_EQ(FirstFor("new york"), "America/New_York");
  EXPECT_EQ(FirstFor("NEW_YORK"), "America/New_York");
  EXPECT_EQ(FirstFor("europe/berlin"), "Europe/Berlin");
  EXPECT_EQ(FirstFor("buenos"), "America/Argentina/Buenos_Aires");
  EXPECT_EQ(FirstFor("lima"), "America/Lima");
  EXPECT_EQ(FirstFor("port-au-prince"), "America/Port-au-Prince");
  const auto found = Names(SearchZones("york", kSummer, kAll));
  EXPECT_THAT(found, Contains("America/New_York"));
  EXPECT_EQ(Names(SearchZones("lord", kSummer, kAll))[0], "Australia/Lord_Howe");
}

TEST(SearchZones, OldSpellingsFindTheZoneOfToday) {
  EXPECT_EQ(FirstFor("Kiev"), "Europe/Kyiv");
  EXPECT_EQ(FirstFor("calcutta"), "Asia/Kolkata");
  EXPECT_EQ(FirstFor("Saigon"), "Asia/Ho_Chi_Minh");
  const auto kiev = SearchZones("Kiev", kSummer, 10);
  ASSERT_FALSE(kiev.empty());
  EXPECT_EQ(kiev[0].city, "Kyiv");
  EXPECT_EQ(kiev[0].offset_now, hours{3});
}

TEST(SearchZones, AccentsDoNotMatter) {
  EXPECT_EQ(FirstFor("Zürich"), "Europe/Zurich");
  EXPECT_EQ(FirstFor("ZÜRICH"), "Europe/Zurich");
  EXPECT_EQ(FirstFor("São Paulo"), "America/Sao_Paulo");
  EXPECT_EQ(FirstFor("Bogotá"), "America/Bogota");
  EXPECT_EQ(FirstFor("Chișinău"), "Europe/Chisinau");
}

TEST(SearchZones, FindsCitiesByTheirNameInEveryLanguage) {
  const struct {
    const char* query;
    const char* zone;
  } kCases[] = {
      {"Wien", "Europe/Vienna"},
      {"Rom", "Europe/Rome"},
      {"Kairo", "Africa/Cairo"},
      {"Londres", "Europe/London"},
      {"Genf", ""},
      {"Varsovie", "Europe/Warsaw"},
      {"Москва", "Europe/Moscow"},
      {"москв", "Europe/Moscow"},
      {"Нью-Йорк", "America/New_York"},
      {"нью йорк", "America/New_York"},
      {"Київ", "Europe/Kyiv"},
      {"Киев", "Europe/Kyiv"},
      {"Берлін", "Europe/Berlin"},
      {"ciudad de mexico", "America/Mexico_City"},
      {"Atenas", "Europe/Athens"},
      {"reykjavík", "Atlantic/Reykjavik"},
      {"Фарерские", "Atlantic/Faroe"},
      {"tórshavn", ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(FirstFor(c.query), c.zone) << c.query;
}

TEST(SearchZones, FindsAllZonesOfACountryByItsNameInEveryLanguage) {
  const struct {
    const char* query;
    std::vector<std::string> first;  // In this order.
    std::size_t count_min;
  } kCases[] = {
      {"Deutschland", {"Europe/Berlin"}, 2},
      {"Germany", {"Europe/Berlin"}, 2},
      {"alemania", {"Europe/Berlin"}, 2},
      {"Германия", {"Europe/Berlin"}, 2},
      {"Німеччина", {"Europe/Berlin"}, 2},
      {"Україна", {"Europe/Kyiv"}, 1},
      {"украина", {"Europe/Kyiv"}, 1},
      {"Schweiz", {"Europe/Zurich"}, 1},
      {"Suisse", {"Europe/Zurich"}, 1},
      {"Österreich", {"Europe/Vienna"}, 1},
      {"Royaume-Uni", {"Europe/London"}, 1},
      {"UK", {"Europe/London"}, 1},
      {"USA", {"America/New_York", "America/Los_Angeles", "America/Chicago"}, 20},
      {"vereinigte staaten", {"America/New_York", "America/Los_Angeles"}, 20},
      {"США", {"America/New_York", "America/Los_Angeles"}, 20},
      {"EE. UU.", {"America/New_York"}, 20},
      {"Россия", {"Europe/Moscow"}, 20},
      {"Canada", {"America/Toronto", "America/Halifax"}, 20},
      {"Brasil", {"America/Sao_Paulo"}, 10},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.query);
    const auto names = Names(SearchZones(c.query, kSummer, kAll));
    EXPECT_GE(names.size(), c.count_min);
    ASSERT_GE(names.size(), c.first.size());
    EXPECT_EQ(std::vector(names.begin(), names.begin() + static_cast<long>(c.first.size())),
              c.first);
  }
  EXPECT_EQ(SearchZones("USA", kSummer, 5).size(), 5U);
}

TEST(SearchZones, PutsACityBeforeACountryAndAWholeCountryBeforeTheBeginningOfACity) {
  // A city and a country of one name; the country's other zones follow.
  EXPECT_EQ(FirstFor("Panama"), "America/Panama");
  // "Mexico" begins Mexico City, and is the whole of a country.
  EXPECT_EQ(FirstFor("Mexico"), "America/Mexico_City");
  EXPECT_THAT(Names(SearchZones("Mexico", kSummer, kAll)), Contains("America/Tijuana"));
  // The beginning of a city before that of a country.
  EXPECT_EQ(FirstFor("Rom"), "Europe/Rome");
  EXPECT_EQ(FirstFor("Ruma"), "Europe/Bucharest");
  EXPECT_EQ(FirstFor("deutschl"), "Europe/Berlin");
  // A word of a country's name.
  EXPECT_THAT(Names(SearchZones("Emirate", kSummer, kAll)), Contains("Asia/Dubai"));
}

TEST(CountryNames, AreThereForEveryZoneAndEachOnce) {
  for (const CatalogZone& zone : ZoneCatalog()) {
    const auto names = CountryNames(zone.region);
    EXPECT_FALSE(names.empty()) << zone.name;
    EXPECT_EQ(std::set(names.begin(), names.end()).size(), names.size()) << zone.name;
  }
  EXPECT_THAT(CountryNames(""), IsEmpty());
}

TEST(SearchZones, NamesCitiesInTheLanguageAskedFor) {
  EXPECT_EQ(SearchZones("Vienna", kSummer, 1, "de")[0].city, "Wien");
  EXPECT_EQ(SearchZones("Wien", kSummer, 1, "fr")[0].city, "Vienne");
  EXPECT_EQ(SearchZones("Wien", kSummer, 1, "ru")[0].city, "Вена");
  EXPECT_EQ(SearchZones("Wien", kSummer, 1, "uk")[0].city, "Відень");
  EXPECT_EQ(SearchZones("Wien", kSummer, 1, "es")[0].city, "Viena");
  EXPECT_EQ(SearchZones("Wien", kSummer, 1)[0].city, "Vienna");
  EXPECT_EQ(SearchZones("Wien", kSummer, 1, "xx")[0].city, "Vienna");
  // Zones that ICU knows under an older name.
  EXPECT_EQ(SearchZones("Kyiv", kSummer, 1, "uk")[0].city, "Київ");
  EXPECT_EQ(SearchZones("Kolkata", kSummer, 1, "ru")[0].city, "Калькутта");
  EXPECT_EQ(ZonesWithOffset(hours{2}, kSummer, 1, "uk")[0].city, "Берлін");
}

TEST(CityName, IsThereForEveryZoneInEveryLanguage) {
  for (const CatalogZone& zone : ZoneCatalog()) {
    for (const char* language : {"de", "en", "fr", "ru", "uk", "es"}) {
      const std::string city = CityName(zone.name, language);
      EXPECT_FALSE(city.empty()) << zone.name;
      EXPECT_EQ(city.find('_'), std::string::npos) << city;
      EXPECT_NE(FoldName(city), "") << city;
    }
  }
}

TEST(FoldName, TakesAwayWhatPeopleLeaveOut) {
  EXPECT_EQ(FoldName("São_Paulo"), "saopaulo");
  EXPECT_EQ(FoldName("Tórshavn"), FoldName("torshavn"));
  EXPECT_EQ(FoldName("Łódź"), "lodz");
  EXPECT_EQ(FoldName("Йошкар-Ола"), FoldName("йошкар ола"));
  EXPECT_EQ(FoldName("St. John’s"), "stjohns");
  EXPECT_EQ(FoldName(""), "");
}

TEST(SearchZones, FindsNothingForNothingAndNonsense) {
  for (const char* query : {"", " ", "_", "---", "xyzzy", "\xFF\xFE", "\xC3", "北京", "Etc/GMT"}) {
    EXPECT_THAT(SearchZones(query, kSummer, 10), IsEmpty()) << query;
  }
  EXPECT_THAT(SearchZones(std::string(100000, 'a'), kSummer, 10), IsEmpty());
  EXPECT_THAT(SearchZones("Berlin", kSummer, 0), IsEmpty());
}

TEST(SearchZones, EndsAtTheLimit) {
  EXPECT_EQ(SearchZones("a", kSummer, 7).size(), 7U);
  EXPECT_GT(SearchZones("a", kSummer, kAll).size(), 100U);
}

TEST(ZoneCatalog, HoldsZonesThatCanBeFound) {
  std::set<std::string> names;
  for (const CatalogZone& zone : ZoneCatalog()) {
    EXPECT_TRUE(TimeZone::Find(zone.name).has_value()) << zone.name;
    EXPECT_TRUE(names.insert(zone.name).second) << zone.name;
  }
  for (const char* name : {"Europe/Oslo", "Europe/Kyiv", "Asia/Kolkata", "Pacific/Apia"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
  for (const char* name : {"Europe/Kiev", "US/Eastern", "UTC", "Etc/UTC", "CET", "localtime"}) {
    EXPECT_FALSE(names.contains(name)) << name;
  }
}

}  // namespace
}  // namespace kalends::core
