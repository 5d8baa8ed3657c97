#include "core/timezone/zone_search.h"

#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/core/timezone/search_support.h"

namespace kalends::core {
namespace {

using std::chrono::hours;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;

TEST(SearchZones, PutsTheExactCityFirstThenPrefixesThenTheRest) {
  EXPECT_EQ(FirstFor("Berlin"), "Europe/Berlin");
  EXPECT_EQ(FirstFor("berl"), "Europe/Berlin");
  EXPECT_EQ(FirstFor("new york"), "America/New_York");
  EXPECT_EQ(FirstFor("NEW_YORK"), "America/New_York");
  EXPECT_EQ(FirstFor("europe/berlin"), "Europe/Berlin");
  EXPECT_EQ(FirstFor("buenos"), "America/Argentina/Buenos_Aires");
  EXPECT_EQ(FirstFor("lima"), "America/Lima");
  EXPECT_EQ(FirstFor("port-au-prince"), "America/Port-au-Prince");
  EXPECT_EQ(FirstFor("lord"), "Australia/Lord_Howe");
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
      {"Wien", "Europe/Vienna"},        {"Rom", "Europe/Rome"},
      {"Kairo", "Africa/Cairo"},        {"Londres", "Europe/London"},
      {"Genf", "Europe/Zurich"},        {"Varsovie", "Europe/Warsaw"},
      {"Москва", "Europe/Moscow"},      {"москв", "Europe/Moscow"},
      {"Нью-Йорк", "America/New_York"}, {"нью йорк", "America/New_York"},
      {"Київ", "Europe/Kyiv"},          {"Киев", "Europe/Kyiv"},
      {"Берлін", "Europe/Berlin"},      {"ciudad de mexico", "America/Mexico_City"},
      {"Atenas", "Europe/Athens"},      {"reykjavík", "Atlantic/Reykjavik"},
      {"Фарерские", "Atlantic/Faroe"},  {"tórshavn", "Atlantic/Faroe"},
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
      {"England", {"Europe/London"}, 1},
      {"Kosovo", {"Europe/Belgrade"}, 1},
      {"Türkiye", {"Europe/Istanbul"}, 1},
      {"Czech Republic", {"Europe/Prague"}, 1},
      {"Ivory Coast", {"Africa/Abidjan"}, 1},
      {"Polska", {"Europe/Warsaw"}, 1},
      {"Bayern", {"Europe/Berlin"}, 1},
      {"Texas", {"America/Chicago", "America/Denver"}, 2},
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
      {"Canada", {"America/Toronto", "America/Edmonton"}, 20},
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

TEST(SearchZones, PutsTheLargerFirstAndAWholeCountryBeforeTheBeginningOfACity) {
  // A city and a country of one name; a country is as large as its largest city.
  EXPECT_EQ(FirstFor("Panama"), "America/Panama");
  // "Mexico" begins Mexico City, and is the whole of a country.
  EXPECT_EQ(FirstFor("Mexico"), "America/Mexico_City");
  EXPECT_THAT(Names(SearchZones("Mexico", kSummer, kAll)), Contains("America/Tijuana"));
  // The beginning of a city before that of a country.
  EXPECT_EQ(FirstFor("Rom"), "Europe/Rome");
  EXPECT_EQ(FirstFor("Rumän"), "Europe/Bucharest");
  EXPECT_EQ(FirstFor("Georgia"), "Asia/Tbilisi");  // Tbilisi is larger than Atlanta.
  EXPECT_EQ(FirstFor("deutschl"), "Europe/Berlin");
  // A word of a country's name.
  EXPECT_THAT(Names(SearchZones("Emirate", kSummer, kAll)), Contains("Asia/Dubai"));
}

TEST(SearchZones, NarrowsByACountryOrAPartOfOneInAnyOrder) {
  const struct {
    const char* query;
    const char* zone;
    const char* city;  // In German.
  } kCases[] = {
      {"Berlin, Deutschland", "Europe/Berlin", "Berlin"},
      {"Berlin Germany", "Europe/Berlin", "Berlin"},
      {"Германия, Мюнхен", "Europe/Berlin", "München"},
      {"Deutschland, Hamburg", "Europe/Berlin", "Hamburg"},
      {"London, Kanada", "America/Toronto", "London"},
      {"Portland, Maine", "America/New_York", "Portland"},
      {"Portland Oregon", "America/Los_Angeles", "Portland"},
      {"Paris, Texas", "America/Chicago", "Paris"},
      {"Paris, Frankreich", "Europe/Paris", "Paris"},
      {"Washington, D.C.", "America/New_York", "Washington"},
      {"Frankfurt (Oder)", "Europe/Berlin", "Frankfurt (Oder)"},
      {"Frankfurt/Main", "Europe/Berlin", "Frankfurt am Main"},
      {"Aachen, NRW", "Europe/Berlin", "Aachen"},  // Where the city is certain.
      {"Zürich, Schweitz", "Europe/Zurich", "Zürich"},
  };
  for (const auto& c : kCases) {
    const auto found = SearchZones(c.query, kSummer, 1, "de");
    ASSERT_FALSE(found.empty()) << c.query;
    EXPECT_EQ(found[0].name, c.zone) << c.query;
    EXPECT_EQ(found[0].city, c.city) << c.query;
  }
}

TEST(SearchZones, ForgivesOneWrongLetterOfFourOrMore) {
  for (const char* query : {"Hambrug", "Hamburk", "Hamurg", "Haamburg", "hambug", "Гамбурк"}) {
    EXPECT_EQ(SearchZones(query, kSummer, 1, "de").at(0).city, "Hamburg") << query;
  }
  EXPECT_EQ(SearchZones("Koeln", kSummer, 1, "de").at(0).city, "Köln");
  EXPECT_EQ(SearchZones("Duesseldorf", kSummer, 1, "de").at(0).city, "Düsseldorf");
  EXPECT_EQ(SearchZones("Kile", kSummer, 1, "de").at(0).city, "Kiel");
  EXPECT_EQ(FirstFor("Deutschlnad"), "Europe/Berlin");
  EXPECT_THAT(SearchZones("Hmabrgu", kSummer, 5), IsEmpty());  // Two.
  EXPECT_THAT(SearchZones("zqx", kSummer, 5), IsEmpty());      // Too short to guess.
}

// The largest of each name first, each town of one zone and country once.
TEST(SearchZones, OrdersByPeopleAndShowsTheCountry) {
  const auto boston = SearchZones("Boston", kSummer, 5, "de");
  ASSERT_GE(boston.size(), 2U);
  EXPECT_EQ(boston[0].country, "Vereinigte Staaten");
  EXPECT_EQ(boston[1].country, "Vereinigtes Königreich");
  std::set<std::string> shown;
  for (const ZoneChoice& choice : SearchZones("Springfield", kSummer, kAll, "de")) {
    EXPECT_TRUE(shown.insert(choice.name + choice.city + choice.country).second) << choice.name;
  }
}

// A city that got a zone of its own after the data were made, and one that is named otherwise.
TEST(SearchZones, TakesTheZoneThatIsNamedAfterTheCity) {
  EXPECT_EQ(FirstFor("Ciudad Juárez"), "America/Ciudad_Juarez");
  EXPECT_EQ(SearchZones("Belfast", kSummer, 1)[0].city, "Belfast");
  EXPECT_EQ(FirstFor("Washington"), "America/New_York");  // Not Seattle.
}

TEST(SearchZones, FindsNothingForNothingAndNonsense) {
  for (const char* query : {"", " ", "_", "---", "xyzzy", "\xFF\xFE", "\xC3", "Etc/GMT"}) {
    EXPECT_THAT(SearchZones(query, kSummer, 10), IsEmpty()) << query;
  }
  EXPECT_THAT(SearchZones(std::string(100000, 'a'), kSummer, 10), IsEmpty());
  EXPECT_THAT(SearchZones("Berlin", kSummer, 0), IsEmpty());
}

TEST(SearchZones, EndsAtTheLimit) {
  EXPECT_EQ(SearchZones("a", kSummer, 7).size(), 7U);
  EXPECT_GT(SearchZones("a", kSummer, kAll).size(), 100U);
}

struct FirstCase {
  const char* query;
  const char* zone;
  const char* city;  // In German.
};

void ExpectFirst(const std::vector<FirstCase>& cases) {
  for (const FirstCase& c : cases) {
    SCOPED_TRACE(c.query);
    const auto found = SearchZones(c.query, kSummer, kShown, "de");
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].name, c.zone);
    EXPECT_EQ(found[0].city, c.city);
  }
}

TEST(SearchZones, KnowsWhatElsePeopleCallPlaces) {
  ExpectFirst({
      {"Astana", "Asia/Almaty", "Astana"},
      {"Астана", "Asia/Almaty", "Astana"},
      {"Nur-Sultan", "Asia/Almaty", "Astana"},
      {"Moskva", "Europe/Moscow", "Moskau"},
      {"Moskwa", "Europe/Moscow", "Moskau"},
      {"Kharkov", "Europe/Kyiv", "Charkiw"},  // Written in another alphabet.
      {"Алма-Ата", "Asia/Almaty", "Almaty"},
      {"Alma Ata", "Asia/Almaty", "Almaty"},
      {"Breslau", "Europe/Warsaw", "Breslau"},
      {"Pressburg", "Europe/Bratislava", "Bratislava"},
      {"Preßburg", "Europe/Bratislava", "Bratislava"},
      {"Laibach", "Europe/Ljubljana", "Ljubljana"},
      {"Agram", "Europe/Zagreb", "Zagreb"},
      {"Londyn", "Europe/London", "London"},
      {"Sankt Gallen", "Europe/Zurich", "St. Gallen"},
      {"Saint Gallen", "Europe/Zurich", "St. Gallen"},
      {"Санкт Галлен", "Europe/Zurich", "St. Gallen"},
      {"Teneriffa", "Atlantic/Canary", "Teneriffa"},
      {"Mallorca", "Europe/Madrid", "Palma de Mallorca"},
      {"Kreta", "Europe/Athens", "Iraklio"},
      {"Sylt", "Europe/Berlin", "Sylt"},
      {"Bali", "Asia/Makassar", "Denpasar"},
      {"NYC", "America/New_York", "New York"},
      {"LA", "America/Los_Angeles", "Los Angeles"},
      {"SF", "America/Los_Angeles", "San Francisco"},
      {"Питер", "Europe/Moscow", "Sankt Petersburg"},
      {"Korea", "Asia/Seoul", "Seoul"},
      {"Holland", "Europe/Amsterdam", "Amsterdam"},
      {"Lux", "Europe/Luxembourg", "Luxemburg"},
      {"Monaco", "Europe/Monaco", "Monaco"},  // As Italians call Munich, too.
  });
  EXPECT_EQ(SearchZones("Astana", kSummer, 1, "uk")[0].city, "Астана");
  EXPECT_EQ(SearchZones("Sylt", kSummer, 1, "ru")[0].city, "Зильт");
}

TEST(SearchZones, ShowsARegionInTheLanguageOfWhoAsks) {
  const struct {
    const char* query;
    const char* language;
    const char* city;
  } kCases[] = {
      {"Corse", "fr", "Corse"},
      {"Korsika", "de", "Korsika"},
      {"Corsica", "en", "Corsica"},
      {"Córcega", "es", "Córcega"},
      {"Крим", "uk", "Крим"},
      {"Крым", "ru", "Крым"},
      {"Peking", "de", "Peking"},
      {"Peking", "en", "Beijing"},
      {"Breslau", "de", "Breslau"},
      {"Toscane", "fr", "Toscane"},
      {"Tuscany", "en", "Tuscany"},
      {"CDMX", "es", "Ciudad de México"},
      {"Chatham Islands", "en", "Chatham Islands"},
      {"Burma", "en", "Yangon"},
      {"the Netherlands", "en", "Amsterdam"},
      {"Westjordanland", "de", "Westjordanland"},
  };
  for (const auto& c : kCases) {
    const auto found = SearchZones(c.query, kSummer, kShown, c.language);
    ASSERT_FALSE(found.empty()) << c.query;
    EXPECT_EQ(found[0].city, c.city) << c.query;
  }
}

TEST(SearchZones, GuessesOnlyWhereNothingFits) {
  const struct {
    const char* query;
    const char* not_this;
  } kCases[] = {
      {"Berlin!", "Überlingen"}, {"Genf", "Klagenfurt"}, {"Львів", "Tscherwonohrad"},
      {"New York", "Amsterdam"}, {"York", "New York"},
  };
  for (const auto& c : kCases) {
    for (const ZoneChoice& choice : SearchZones(c.query, kSummer, kAll, "de")) {
      EXPECT_NE(choice.city, c.not_this) << c.query;
    }
  }
  EXPECT_EQ(SearchZones("Berlin!", kSummer, kAll).size(),
            SearchZones("Berlin", kSummer, kAll).size());
  ExpectFirst({
      {"Petersburg", "Europe/Moscow", "Sankt Petersburg"},
      {"Genf", "Europe/Zurich", "Genf"},
      {"Львів", "Europe/Kyiv", "Lwiw"},
      {"Emirate", "Asia/Dubai", "Dubai"},  // Inside a name, where nothing begins so.
  });
}

TEST(SearchZones, TellsCitiesOfOneNameApartByThePartOfTheirCountry) {
  for (const char* query : {"Springfield", "Washington", "Portland", "Bali", "Petersburg"}) {
    std::set<std::string> shown;
    for (const ZoneChoice& choice : SearchZones(query, kSummer, kShown, "de")) {
      EXPECT_TRUE(shown.insert(choice.city + "|" + choice.country).second)
          << query << ": " << choice.city;
    }
  }
  const auto springfield = SearchZones("Springfield", kSummer, kShown, "de");
  EXPECT_THAT(springfield, Contains(testing::Field(&ZoneChoice::city, "Springfield, Illinois")));
  EXPECT_THAT(springfield, Contains(testing::Field(&ZoneChoice::city, "Springfield, Oregon")));
  EXPECT_EQ(SearchZones("Washington", kSummer, 1, "de")[0].city, "Washington");
}

TEST(SearchZones, FindsTheCityInASentence) {
  ExpectFirst({
      {"10115 Berlin", "Europe/Berlin", "Berlin"},
      {"Berlin 10115", "Europe/Berlin", "Berlin"},
      {"Ich wohne in Berlin", "Europe/Berlin", "Berlin"},
      {"Berlin!", "Europe/Berlin", "Berlin"},
      {"I live in London", "Europe/London", "London"},
      {"I live in New York.", "America/New_York", "New York"},
      {"J'habite à Paris", "Europe/Paris", "Paris"},
      {"Vivo en Madrid", "Europe/Madrid", "Madrid"},
      {"Я живу в Киеве", "Europe/Kyiv", "Kiew"},
      {"Я живу в Москве", "Europe/Moscow", "Moskau"},
      {"Живу у Львові", "Europe/Kyiv", "Lwiw"},
      {"Hauptstr. 5, 50667 Köln", "Europe/Berlin", "Köln"},
  });
  EXPECT_THAT(SearchZones("qqxz wwxz", kSummer, kAll), IsEmpty());
  EXPECT_THAT(SearchZones("12345", kSummer, kAll), IsEmpty());
}

}  // namespace
}  // namespace kalends::core
