// Writes the cities of GeoNames, as Debian's libgeonames has them, as the C++ source that
// core/timezone/city_table.h reads:  kalends-cities FOLDER-OF-CATALOGS OUT
//
// One line for each name of a country or of a part of one, "@GB.ENG" TAB folded names, then one for
// each city, the largest first: zone, country, part ("ENG"), population, its name, its names in the
// languages of the bot where they differ, folded names. Folded names stand between bars:
// "|koln|cologne|".
#include <geonames/geonames.h>
#include <unicode/locdspnm.h>
#include <unicode/locid.h>
#include <unicode/resbund.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <boost/locale.hpp>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/timezone/fold_name.h"

namespace kalends::core {
namespace {

constexpr const char* kLanguages[] = {"de", "en", "fr", "ru", "uk", "es"};
constexpr char kDomain[] = "geonames";
constexpr std::size_t kFirstWordBytesMin = 3;
constexpr char kVariantsOfCountries[] = "Countries%variant";

// Names by GeoNames' ids, in any language that has a catalog.
class Catalogs {
 public:
  explicit Catalogs(std::string folder) : folder_(std::move(folder)) {}

  // Empty: not in this language.
  std::string Find(const std::string& language, const std::string& id) {
    const auto [known, is_new] = known_.try_emplace(language);
    if (is_new) known->second = Load(language);
    std::string name = boost::locale::dgettext(kDomain, id.c_str(), known->second);
    return name == id ? std::string() : name;
  }

 private:
  std::locale Load(const std::string& language) const {
    boost::locale::gnu_gettext::messages_info info;
    info.language = language;
    info.encoding = "UTF-8";
    info.paths = {folder_};
    info.domains = {boost::locale::gnu_gettext::messages_info::domain(kDomain)};
    return {std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(info)};
  }

  std::string folder_;
  std::map<std::string, std::locale> known_;
};

// A GeonamesCity is a GVariant, by its public header; of it the functions leave out the ids.
struct City {
  std::string id, name, part, country, zone;
  std::uint32_t population = 0;
};

City CityAt(int index) {
  GeonamesCity* const city = geonames_get_city(index);
  const auto text = [&](gsize child) {
    const char* value = "";
    g_variant_get_child(city, child, "&s", &value);
    return std::string(value);
  };
  City read{text(0), text(1), text(2), text(4), text(6), geonames_city_get_population(city)};
  geonames_city_free(city);
  return read;
}

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string utf8;
  return text.toUTF8String(utf8);
}

// The language most people of a country write: "pl" of PL.
std::string LanguageOf(const std::string& country) {
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale locale("und", country.c_str());
  locale.addLikelySubtags(status);
  return U_SUCCESS(status) ? locale.getLanguage() : "";
}

bool IsLatin(const std::string& name) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(name);
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(text.char32At(i), &status);
    if (script != USCRIPT_LATIN && script != USCRIPT_COMMON && script != USCRIPT_INHERITED) {
      return false;
    }
  }
  return true;
}

// What a city's name goes on with to tell it from others: "Frankfurt am Main", "Ростов-на-Дону",
// "Rio de Janeiro", "Stoke-on-Trent". Most people leave it out.
constexpr std::string_view kGoesOn[] = {"am",  "an",  "im",  "in",   "ob", "bei", "a",   "sur",
                                        "en",  "lès", "on",  "upon", "na", "nad", "pod", "на",
                                        "над", "de",  "del", "do",   "da", "di",  "sul"};

// "Frankfurt" of "Frankfurt am Main", "Halle" of "Halle (Saale)"; empty where a name is whole.
std::string WithoutAddition(const std::string& name) {
  const std::size_t end = name.find_first_of(" -(");
  if (end == std::string::npos || end < kFirstWordBytesMin) return {};
  const std::string_view rest = std::string_view(name).substr(name.find_first_not_of(" -", end));
  if (rest.starts_with('(') || rest.starts_with('/')) return name.substr(0, end);
  const std::string_view next = rest.substr(0, rest.find_first_of(" -"));
  return std::ranges::find(kGoesOn, next) == std::end(kGoesOn) ? "" : name.substr(0, end);
}

// Folded names, each once, in the order they came.
class FoldedNames {
 public:
  void Add(const std::string& name) { AddFolded(FoldName(name)); }

  void AddCity(const std::string& name) {
    const std::string folded = FoldName(name);
    AddFolded(folded);
    AddFolded(FoldName(WithoutAddition(name)));
    // "St. Petersburg", as most write it.
    for (const std::string_view saint : {"saint", "sankt"}) {
      if (folded.starts_with(saint)) AddFolded("st" + folded.substr(saint.size()));
    }
  }
  std::string Text() const { return names_.size() > 1 ? names_ : ""; }

 private:
  void AddFolded(const std::string& folded) {
    if (!folded.empty() && names_.find("|" + folded + "|") == std::string::npos) {
      names_ += folded + "|";
    }
  }
  std::string names_ = "|";
};

// What ICU keeps beside a country's usual name: "Ivory Coast", "Türkiye".
std::string VariantOf(const std::string& country, const std::string& language) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::ResourceBundle names(U_ICUDATA_NAME "-region", icu::Locale(language.c_str()), status);
  const icu::ResourceBundle variants = names.get(kVariantsOfCountries, status);
  const icu::UnicodeString name = variants.getStringEx(country.c_str(), status);
  return U_SUCCESS(status) ? ToUtf8(name) : std::string();
}

std::string CountryLine(Catalogs& catalogs, const std::string& country) {
  FoldedNames folded;
  std::vector<std::string> languages(std::begin(kLanguages), std::end(kLanguages));
  languages.push_back(LanguageOf(country));
  for (const std::string& language : languages) {
    for (UDisplayContext length : {UDISPCTX_LENGTH_FULL, UDISPCTX_LENGTH_SHORT}) {
      const std::unique_ptr<icu::LocaleDisplayNames> names(
          icu::LocaleDisplayNames::createInstance(icu::Locale(language.c_str()), &length, 1));
      icu::UnicodeString name;
      folded.Add(ToUtf8(names->regionDisplayName(country.c_str(), name)));
    }
    folded.Add(VariantOf(country, language));
    folded.Add(catalogs.Find(language, country));
  }
  return "@" + country + "\t" + folded.Text() + "\n";
}

std::string PartLine(Catalogs& catalogs, const std::string& part, const std::string& country) {
  FoldedNames folded;
  for (const char* const language : kLanguages) folded.Add(catalogs.Find(language, part));
  folded.Add(catalogs.Find(LanguageOf(country), part));
  return folded.Text().empty() ? "" : "@" + part + "\t" + folded.Text() + "\n";
}

std::string CityLine(Catalogs& catalogs, const City& city) {
  const std::string own = catalogs.Find(LanguageOf(city.country), city.id);
  // What people there write is better than what GeoNames made of it, where all can read it.
  const std::string name = !own.empty() && IsLatin(own) ? own : city.name;
  FoldedNames folded;
  folded.AddCity(city.name);
  std::string line = city.zone + '\t' + city.country + '\t' + city.part + '\t' +
                     std::to_string(city.population) + '\t' + name;
  for (const char* const language : kLanguages) {
    const std::string translated = catalogs.Find(language, city.id);
    line += '\t' + (translated == name ? "" : translated);
    folded.AddCity(translated);
  }
  folded.AddCity(own);
  return line + '\t' + folded.Text() + '\n';
}

std::string Table(Catalogs& catalogs) {
  std::vector<City> cities;
  std::map<std::string, std::string> parts;  // By "GB.ENG" the country.
  std::set<std::string> countries;
  for (int i = 0; i < geonames_get_n_cities(); ++i) {
    cities.push_back(CityAt(i));
    parts.emplace(cities.back().country + "." + cities.back().part, cities.back().country);
    countries.insert(cities.back().country);
  }
  for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    countries.insert(*code);
  }
  std::stable_sort(cities.begin(), cities.end(),
                   [](const City& a, const City& b) { return a.population > b.population; });
  std::string table;
  for (const std::string& country : countries) table += CountryLine(catalogs, country);
  for (const auto& [part, country] : parts) table += PartLine(catalogs, part, country);
  for (const City& city : cities) table += CityLine(catalogs, city);
  return table;
}

}  // namespace
}  // namespace kalends::core

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "Usage: kalends-cities FOLDER-OF-CATALOGS OUT\n";
    return 2;
  }
  kalends::core::Catalogs catalogs(argv[1]);
  if (catalogs.Find("de", "2867714") != "München") {
    std::cerr << "No names of cities below " << argv[1]
              << ": is Debian's libgeonames-common installed, and are its catalogs kept?\n";
    return 1;
  }
  std::ofstream out(argv[2]);
  out << "// Made by core/timezone/cities_generate.cc of GeoNames' data (CC BY 4.0).\n"
      << "#include \"core/timezone/city_table.h\"\n\nnamespace kalends::core {\n"
      << "constexpr char kTable[] = R\"cities(" << kalends::core::Table(catalogs) << ")cities\";\n"
      << "constinit const std::string_view kCityTable(kTable, sizeof(kTable) - 1);\n"
      << "}  // namespace kalends::core\n";
  return out.flush() ? 0 : 1;
}
