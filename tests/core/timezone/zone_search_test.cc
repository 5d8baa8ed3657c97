#include "core/timezone/zone_search.h"

#include <algorithm>
#include <set>

#include "core/timezone/cities.h"
#include "core/timezone/fold_name.h"
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
constexpr int kShown = 8;  // By the bot.

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

// The largest cities of a country, as people there write them.
TEST(SearchZones, FindsEveryLargerCityByWhatPeopleThereCallIt) {
  const struct {
    const char* zone;
    const char* language;
    const char* country;
    std::vector<const char*> cities;
  } kCases[] = {
      {"Europe/Berlin",
       "de",
       "Deutschland",
       {"Hamburg",
        "München",
        "Köln",
        "Frankfurt am Main",
        "Stuttgart",
        "Düsseldorf",
        "Leipzig",
        "Dortmund",
        "Essen",
        "Bremen",
        "Dresden",
        "Hannover",
        "Nürnberg",
        "Duisburg",
        "Bochum",
        "Wuppertal",
        "Bielefeld",
        "Bonn",
        "Mannheim",
        "Karlsruhe",
        "Augsburg",
        "Wiesbaden",
        "Mönchengladbach",
        "Gelsenkirchen",
        "Aachen",
        "Braunschweig",
        "Chemnitz",
        "Kiel",
        "Halle (Saale)",
        "Magdeburg",
        "Freiburg im Breisgau",
        "Krefeld",
        "Mainz",
        "Lübeck",
        "Erfurt",
        "Oberhausen",
        "Rostock",
        "Kassel",
        "Hagen",
        "Potsdam",
        "Saarbrücken",
        "Hamm",
        "Oldenburg",
        "Osnabrück",
        "Heidelberg",
        "Leverkusen",
        "Darmstadt",
        "Solingen",
        "Paderborn",
        "Herne",
        "Ingolstadt",
        "Regensburg",
        "Neuss",
        "Würzburg",
        "Fürth",
        "Heilbronn",
        "Ulm",
        "Pforzheim",
        "Wolfsburg",
        "Göttingen",
        "Reutlingen",
        "Bottrop",
        "Koblenz",
        "Bremerhaven",
        "Recklinghausen",
        "Erlangen",
        "Bergisch Gladbach",
        "Jena",
        "Remscheid",
        "Trier",
        "Salzgitter",
        "Moers",
        "Siegen",
        "Hildesheim",
        "Gütersloh",
        "Cottbus",
        "Hanau"}},
      {"Europe/Vienna",
       "de",
       "Österreich",
       {"Graz", "Linz", "Salzburg", "Innsbruck", "Klagenfurt", "Villach", "Wels", "St. Pölten"}},
      {"Europe/Paris",
       "fr",
       "France",
       {"Marseille",        "Lyon",       "Toulouse",      "Nice",     "Nantes",
        "Montpellier",      "Strasbourg", "Bordeaux",      "Lille",    "Rennes",
        "Toulon",           "Reims",      "Saint-Étienne", "Le Havre", "Dijon",
        "Grenoble",         "Angers",     "Villeurbanne",  "Nîmes",    "Aix-en-Provence",
        "Clermont-Ferrand", "Le Mans",    "Brest",         "Tours",    "Amiens",
        "Annecy",           "Limoges",    "Metz",          "Besançon", "Perpignan",
        "Orléans",          "Rouen",      "Mulhouse",      "Caen",     "Nancy",
        "Avignon",          "Poitiers",   "Versailles"}},
      {"Europe/Madrid",
       "es",
       "España",
       {"Barcelona",
        "Valencia",
        "Sevilla",
        "Zaragoza",
        "Málaga",
        "Murcia",
        "Palma",
        "Bilbao",
        "Alicante",
        "Córdoba",
        "Valladolid",
        "Vigo",
        "Gijón",
        "Granada",
        "Elche",
        "Oviedo",
        "Badalona",
        "Cartagena",
        "Jerez de la Frontera",
        "Sabadell",
        "Santander",
        "Pamplona",
        "Almería",
        "San Sebastián",
        "Burgos",
        "Salamanca",
        "Huelva",
        "Logroño",
        "Badajoz"}},
      {"Europe/Kyiv",
       "uk",
       "Україна",
       {"Харків",
        "Одеса",
        "Дніпро",
        "Львів",
        "Кривий Ріг",
        "Миколаїв",
        "Вінниця",
        "Херсон",
        "Полтава",
        "Чернігів",
        "Черкаси",
        "Хмельницький",
        "Чернівці",
        "Житомир",
        "Суми",
        "Рівне",
        "Івано-Франківськ",
        "Тернопіль",
        "Луцьк",
        "Ужгород",
        "Мукачево",
        "Кам'янець-Подільський"}},
      {"Europe/Moscow",
       "ru",
       "Россия",
       {"Санкт-Петербург",
        "Казань",
        "Нижний Новгород",
        "Ростов-на-Дону",
        "Краснодар",
        "Воронеж",
        "Тула",
        "Рязань",
        "Ярославль",
        "Тверь",
        "Сочи",
        "Курск",
        "Белгород",
        "Смоленск",
        "Калуга",
        "Владимир",
        "Псков",
        "Вологда",
        "Архангельск",
        "Мурманск",
        "Орёл",
        "Липецк"}},
      {"Europe/London",
       "en",
       "United Kingdom",
       {"Birmingham", "Manchester", "Leeds",      "Glasgow",  "Liverpool",
        "Sheffield",  "Edinburgh",  "Leicester",  "Coventry", "Bradford",
        "Cardiff",    "Belfast",    "Nottingham", "Derby",    "Southampton",
        "Portsmouth", "Oxford",     "Cambridge",  "Exeter",   "York",
        "Norwich",    "Plymouth",   "Reading",    "Aberdeen", "Swansea"}},
      {"America/New_York",
       "en",
       "United States",
       {"Boston", "Philadelphia", "Jacksonville", "Columbus", "Charlotte", "Washington",
        "Baltimore", "Miami", "Atlanta", "Raleigh", "Virginia Beach", "Tampa", "Pittsburgh",
        "Cincinnati", "Orlando", "Buffalo", "Cleveland"}},
      {"America/Los_Angeles",
       "en",
       "United States",
       {"San Diego", "San Francisco", "Seattle", "Sacramento", "Las Vegas", "Oakland", "Fresno"}},
      {"America/Chicago",
       "en",
       "United States",
       {"Houston", "San Antonio", "Dallas", "Austin", "Memphis", "Nashville", "Milwaukee",
        "New Orleans", "Minneapolis", "Kansas City", "St. Louis"}},
      {"Asia/Kolkata",
       "en",
       "India",
       {"Mumbai", "Delhi", "Bangalore", "Hyderabad", "Ahmedabad", "Chennai", "Kolkata", "Surat",
        "Pune", "Jaipur", "Lucknow", "Kanpur", "Nagpur", "Indore", "Bhopal", "Patna"}},
      {"Europe/Warsaw",
       "pl",
       "Poland",
       {"Kraków", "Łódź", "Wrocław", "Poznań", "Gdańsk", "Szczecin", "Bydgoszcz", "Lublin",
        "Białystok", "Katowice", "Gdynia", "Częstochowa", "Radom", "Rzeszów", "Toruń"}},
      {"Europe/Istanbul",
       "tr",
       "Turkey",
       {"Ankara", "İzmir", "Bursa", "Antalya", "Adana", "Konya", "Gaziantep", "Diyarbakır",
        "Eskişehir", "Trabzon"}},
      {"Europe/Rome",
       "it",
       "Italy",
       {"Milano", "Napoli", "Torino", "Palermo", "Genova", "Bologna", "Firenze", "Bari", "Catania",
        "Venezia", "Verona", "Padova", "Trieste", "Brescia"}},
      {"Australia/Sydney", "en", "Australia", {"Newcastle", "Canberra", "Wollongong"}},
      {"America/Sao_Paulo",
       "pt",
       "Brazil",
       {"Rio de Janeiro", "Brasília", "Belo Horizonte", "Curitiba", "Porto Alegre", "Goiânia",
        "Campinas", "Florianópolis"}},
  };
  for (const auto& c : kCases) {
    for (const char* city : c.cities) {
      // Others of that name may be larger, and are then shown before it.
      const auto found = SearchZones(city, kSummer, kShown, c.language);
      EXPECT_THAT(Names(found), Contains(c.zone)) << city;
      const auto narrowed =
          SearchZones(std::string(city) + ", " + c.country, kSummer, kShown, c.language);
      ASSERT_FALSE(narrowed.empty()) << city;
      EXPECT_EQ(narrowed[0].name, c.zone) << city << " is " << narrowed[0].city;
    }
  }
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

TEST(FoldName, TakesAwayWhatPeopleLeaveOut) {
  EXPECT_EQ(FoldName("São_Paulo"), "saopaulo");
  EXPECT_EQ(FoldName("Tórshavn"), FoldName("torshavn"));
  EXPECT_EQ(FoldName("Łódź"), "lodz");
  EXPECT_EQ(FoldName("Йошкар-Ола"), FoldName("йошкар ола"));
  EXPECT_EQ(FoldName("St. John’s"), "stjohns");
  EXPECT_EQ(FoldName(""), "");
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
