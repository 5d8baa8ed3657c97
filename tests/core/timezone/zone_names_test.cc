// What cities, countries and zones are called.
#include <set>

#include "core/timezone/cities.h"
#include "core/timezone/fold_name.h"
#include "core/timezone/place_names.h"
#include "core/timezone/time_zone.h"
#include "core/timezone/zone_catalog.h"
#include "core/timezone/zone_search.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/core/timezone/search_support.h"

namespace kalends::core {
namespace {

using std::chrono::hours;
using testing::Contains;

TEST(CountryName, IsThereForEveryZoneInEveryLanguage) {
  for (const CatalogZone& zone : ZoneCatalog()) {
    EXPECT_NE(CountryName(zone.region, "uk"), "") << zone.name;
    EXPECT_THAT(Names(SearchZones(CountryName(zone.region, "fr"), kSummer, kAll)),
                Contains(zone.name));
  }
  EXPECT_EQ(CountryName("DE", "ru"), "Германия");
  EXPECT_EQ(CountryName("DE", "xx"), "Germany");
  EXPECT_EQ(CountryName("", "de"), "");
}

TEST(Cities, AreThereInNumbersAndEachHasAZoneOfToday) {
  EXPECT_GT(Cities().size(), 20000U);
  for (const City& city : Cities()) {
    EXPECT_NE(city.zone, nullptr);
    EXPECT_NE(LabelOf(city, "uk"), "");
  }
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

TEST(FoldSaint, WritesEverySaintAlike) {
  for (const char* name : {"Sankt Gallen", "St. Gallen", "Saint-Gallen", "st gallen"}) {
    EXPECT_EQ(FoldSaint(name), "stgallen") << name;
  }
  EXPECT_EQ(FoldSaint("Санкт-Галлен"), "stгаллен");
  for (const char* name : {"", "Gallen", "Stuttgart", "St.", "Saintes"}) {
    EXPECT_EQ(FoldSaint(name), "") << name;
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
