// Writes the cities of GeoNames, as Debian's libgeonames has them, as the C++ source that
// core/timezone/city_table.h reads:  kalends-cities FOLDER-OF-CATALOGS OTHER-NAMES OUT
// What OTHER-NAMES holds, and how, is said at its top (other_names.tsv).
//
// One line for each country or part of one: "@GB.ENG", of a part its name and its names in the
// languages of the bot where they differ, folded names. Then one for each city, the largest first:
// zone, country, part ("ENG"), population, names like those of a part, folded names. Folded names
// stand between bars: "|koln|cologne|".
#include <geonames/geonames.h>
#include <unicode/locdspnm.h>
#include <unicode/locid.h>
#include <unicode/resbund.h>
#include <unicode/translit.h>
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
// What a neighbour may type; of large cities, which have names of their own there.
constexpr const char* kMoreLanguages[] = {"it", "pl", "nl", "pt", "tr", "cs", "hu"};
constexpr std::uint32_t kKnownAbroadMin = 300'000;
// Islands and regions without a city that GeoNames has: how many people such a place counts as.
constexpr std::uint32_t kPlacePopulation = 50'000;
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

// "Kharkov" of "Харьков"; empty where `language` is not written in another alphabet.
std::string Latinized(const std::string& name, const std::string& language) {
  static const std::map<std::string, const char*> kWays = {
      {"ru", "Russian-Latin/BGN"},   {"uk", "Ukrainian-Latin/BGN"}, {"be", "Belarusian-Latin/BGN"},
      {"bg", "Bulgarian-Latin/BGN"}, {"sr", "Serbian-Latin/BGN"},   {"mk", "Macedonian-Latin/BGN"},
      {"kk", "Kazakh-Latin/BGN"},    {"el", "Greek-Latin/BGN"}};
  static std::map<std::string, std::unique_ptr<icu::Transliterator>> made;
  const auto way = kWays.find(language);
  if (way == kWays.end() || name.empty() || IsLatin(name)) return {};
  std::unique_ptr<icu::Transliterator>& latin = made[language];
  UErrorCode status = U_ZERO_ERROR;
  if (!latin) {
    latin.reset(icu::Transliterator::createInstance(way->second, UTRANS_FORWARD, status));
  }
  if (U_FAILURE(status)) return {};
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(name);
  latin->transliterate(text);
  return ToUtf8(text);
}

// Folded names, each once, in the order they came.
class FoldedNames {
 public:
  void Add(const std::string& name) { AddFolded(FoldName(name)); }

  void AddCity(const std::string& name) {
    AddFolded(FoldName(name));
    AddFolded(FoldName(WithoutAddition(name)));
    AddFolded(FoldSaint(name));  // "St. Petersburg", as most write it.
  }
  bool Has(const std::string& folded) const {
    return names_.find("|" + folded + "|") != std::string::npos;
  }
  std::string Text() const { return names_.size() > 1 ? names_ : ""; }

 private:
  void AddFolded(const std::string& folded) {
    if (!folded.empty() && !Has(folded)) names_ += folded + "|";
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

void AddCountry(Catalogs& catalogs, const std::string& country, FoldedNames& folded) {
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
}

// What people there write is better than what GeoNames made of it, where all can read it.
std::string GeneralName(const std::string& own, const std::string& name) {
  return !own.empty() && IsLatin(own) ? own : name;
}

// `name`, and what it is called in each language of the bot where that differs.
std::string Labels(Catalogs& catalogs, const std::string& id, const std::string& name) {
  std::string labels = name;
  for (const char* const language : kLanguages) {
    const std::string translated = catalogs.Find(language, id);
    labels += '\t' + (translated == name ? "" : translated);
  }
  return labels;
}

std::string PartLine(Catalogs& catalogs, const std::string& part, const std::string& country) {
  FoldedNames folded;
  for (const char* const language : kLanguages) folded.Add(catalogs.Find(language, part));
  const std::string own = catalogs.Find(LanguageOf(country), part);
  folded.Add(own);
  if (folded.Text().empty()) return "";
  const std::string name = GeneralName(own, catalogs.Find("en", part));
  return "@" + part + '\t' + Labels(catalogs, part, name) + '\t' + folded.Text() + '\n';
}

// A city with all that its line says.
struct Entry {
  City city;
  std::string labels;
  FoldedNames folded = {};
};

Entry EntryOf(Catalogs& catalogs, const City& city) {
  const std::string language = LanguageOf(city.country);
  const std::string own = catalogs.Find(language, city.id);
  Entry entry{city, Labels(catalogs, city.id, GeneralName(own, city.name))};
  entry.folded.AddCity(city.name);
  for (const char* const known : kLanguages) {
    const std::string translated = catalogs.Find(known, city.id);
    entry.folded.AddCity(translated);
    if (!Latinized(own, language).empty()) entry.folded.AddCity(Latinized(translated, known));
  }
  entry.folded.AddCity(own);
  entry.folded.AddCity(Latinized(own, language));
  if (city.population >= kKnownAbroadMin) {
    for (const char* const known : kMoreLanguages) {
      entry.folded.Add(catalogs.Find(known, city.id));
    }
  }
  return entry;
}

struct Atlas {
  std::map<std::string, FoldedNames> countries;
  std::map<std::string, std::string> parts;  // By "GB.ENG" the country.
  std::vector<Entry> cities;                 // The largest first.
};

Atlas ReadAtlas(Catalogs& catalogs) {
  Atlas atlas;
  for (int i = 0; i < geonames_get_n_cities(); ++i) {
    const City city = CityAt(i);
    atlas.parts.emplace(city.country + "." + city.part, city.country);
    atlas.countries.try_emplace(city.country);
    atlas.cities.push_back(EntryOf(catalogs, city));
  }
  for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    atlas.countries.try_emplace(*code);
  }
  for (auto& [country, folded] : atlas.countries) AddCountry(catalogs, country, folded);
  std::stable_sort(atlas.cities.begin(), atlas.cities.end(), [](const Entry& a, const Entry& b) {
    return a.city.population > b.city.population;
  });
  return atlas;
}

std::vector<std::string> Split(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (std::size_t end = 0; end != std::string::npos; from = end + separator.size()) {
    end = text.find(separator, from);
    parts.push_back(text.substr(from, end - from));
  }
  return parts;
}

struct OtherName {
  std::string language, text;  // Of "fr:Corse"; the first is empty of "Corse".
};

std::vector<OtherName> ReadOtherNames(const std::string& field) {
  std::vector<OtherName> names;
  for (const std::string& written : Split(field, ", ")) {
    OtherName& name = names.emplace_back(OtherName{"", written});
    for (const std::string language : kLanguages) {
      if (written.starts_with(language + ":")) name = {language, written.substr(3)};
    }
  }
  return names;
}

// Puts the names that are somebody's into `labels`.
void CallIt(std::string& labels, const std::vector<OtherName>& names) {
  std::vector<std::string> fields = Split(labels, "\t");
  for (const OtherName& name : names) {
    const auto* const known = std::ranges::find(kLanguages, name.language);
    if (known != std::end(kLanguages)) fields[1 + (known - std::begin(kLanguages))] = name.text;
  }
  labels = fields[0];
  for (std::size_t i = 1; i < fields.size(); ++i) labels += '\t' + fields[i];
}

// The first name, and for who reads Cyrillic the first of those.
std::string LabelsOf(const std::vector<OtherName>& names) {
  const auto cyrillic = std::ranges::find_if_not(names, IsLatin, &OtherName::text);
  const std::string label = cyrillic == names.end() ? "" : cyrillic->text;
  std::string labels = names[0].text;
  for (const std::string language : kLanguages) {
    labels += '\t' + (language == "ru" || language == "uk" ? label : "");
  }
  CallIt(labels, names);
  return labels;
}

// Whose further names a row of the file has; nullptr: no such place.
FoldedNames* NamedBy(Atlas& atlas, const std::vector<std::string>& row,
                     const std::vector<OtherName>& names) {
  if (row[1] == "-") {
    const auto country = atlas.countries.find(row[0]);
    return country == atlas.countries.end() ? nullptr : &country->second;
  }
  if (row[1].find('/') != std::string::npos) {
    const auto at = std::ranges::find_if(
        atlas.cities, [](const Entry& entry) { return entry.city.population < kPlacePopulation; });
    const City place{"", names[0].text, "", row[0], row[1], kPlacePopulation};
    return &atlas.cities.insert(at, Entry{place, LabelsOf(names)})->folded;
  }
  const std::string folded = FoldName(row[1]);
  const auto city = std::ranges::find_if(atlas.cities, [&](const Entry& entry) {
    return entry.city.country == row[0] && entry.folded.Has(folded);
  });
  if (city == atlas.cities.end()) return nullptr;
  if (row[1].starts_with('=')) city->labels = LabelsOf(names);
  CallIt(city->labels, names);
  return &city->folded;
}

// Returns the rows that name no place.
std::vector<std::string> AddOtherNames(Atlas& atlas, std::istream& file) {
  std::vector<std::string> unknown;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> row = Split(line, "\t");
    const std::vector<OtherName> names = ReadOtherNames(row.back());
    FoldedNames* const folded = row.size() == 3 ? NamedBy(atlas, row, names) : nullptr;
    if (folded == nullptr) unknown.push_back(line);
    for (const OtherName& name : names) {
      if (folded != nullptr) folded->Add(name.text);
    }
  }
  return unknown;
}

std::string Table(Catalogs& catalogs, const Atlas& atlas) {
  std::string table;
  for (const auto& [country, folded] : atlas.countries) {
    table += "@" + country + "\t" + folded.Text() + "\n";
  }
  for (const auto& [part, country] : atlas.parts) table += PartLine(catalogs, part, country);
  for (const auto& [city, labels, folded] : atlas.cities) {
    table += city.zone + '\t' + city.country + '\t' + city.part + '\t' +
             std::to_string(city.population) + '\t' + labels + '\t' + folded.Text() + '\n';
  }
  return table;
}

}  // namespace
}  // namespace kalends::core

int main(int argc, char** argv) {
  using namespace kalends::core;
  if (argc != 4) {
    std::cerr << "Usage: kalends-cities FOLDER-OF-CATALOGS OTHER-NAMES OUT\n";
    return 2;
  }
  Catalogs catalogs(argv[1]);
  if (catalogs.Find("de", "2867714") != "München") {
    std::cerr << "No names of cities below " << argv[1]
              << ": is Debian's libgeonames-common installed, and are its catalogs kept?\n";
    return 1;
  }
  Atlas atlas = ReadAtlas(catalogs);
  std::ifstream other_names(argv[2]);
  const std::vector<std::string> unknown = AddOtherNames(atlas, other_names);
  for (const std::string& row : unknown) std::cerr << "Names no place: " << row << "\n";
  if (!other_names.eof() || !unknown.empty()) {
    std::cerr << argv[2] << " cannot be used as it is.\n";
    return 1;
  }
  std::ofstream out(argv[3]);
  out << "// Made by core/timezone/cities_generate.cc of GeoNames' data (CC BY 4.0).\n"
      << "#include \"core/timezone/city_table.h\"\n\nnamespace kalends::core {\n"
      << "constexpr char kTable[] = R\"cities(" << Table(catalogs, atlas) << ")cities\";\n"
      << "constinit const std::string_view kCityTable(kTable, sizeof(kTable) - 1);\n"
      << "}  // namespace kalends::core\n";
  return out.flush() ? 0 : 1;
}
