#include "core/timezone/zone_search.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "core/timezone/cities.h"
#include "core/timezone/fold_name.h"
#include "core/timezone/place_names.h"
#include "core/timezone/time_zone.h"
#include "core/timezone/zone_catalog.h"

namespace kalends::core {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

constexpr std::size_t kExampleCitiesMax = 3;
constexpr hours kFirstOffset{-12};
constexpr hours kLastOffset{14};
constexpr days kYear{366};

constexpr std::size_t kQueryBytesMax = 100;
constexpr std::size_t kInsideBytesMin = 3;  // Shorter ones are in nearly everything.
constexpr std::size_t kTypoLettersMin = 4;  // Of shorter words a letter makes another.
constexpr std::size_t kPartsMax = 3;        // Of a query: city, part of the country, country.
constexpr std::string_view kSeparators = ",;/()";

// How well a name fits a query; smaller is better.
enum Fit { kWhole, kWholePart, kBegins, kTypo, kInside, kNoFit };

std::u32string Letters(std::string_view utf8) {
  std::u32string letters;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    const std::size_t size = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    char32_t letter = size == 1 ? byte : byte & (0x7F >> size);
    for (std::size_t k = 1; k < size && i + k < utf8.size(); ++k) {
      letter = letter << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3F);
    }
    letters.push_back(letter);
    i += size;
  }
  return letters;
}

// Whether one letter more, one less, another one, or two neighbours changed make `b` of `a`.
bool IsOneTypoAway(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  const auto at =
      static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin());
  if (a.size() < b.size()) return a.substr(at) == b.substr(at + 1);
  if (at == a.size()) return true;
  if (a.substr(at + 1) == b.substr(at + 1)) return true;
  return at + 1 < a.size() && a[at] == b[at + 1] && a[at + 1] == b[at] &&
         a.substr(at + 2) == b.substr(at + 2);
}

// A folded text that is looked for among folded names.
class Wanted {
 public:
  explicit Wanted(std::string_view text)
      : text_(FoldName(text.substr(0, kQueryBytesMax + 1))),
        begins_("|" + text_),
        whole_(begins_ + "|"),
        letters_(Letters(text_)) {}

  bool none() const { return text_.empty() || text_.size() > kQueryBytesMax; }

  Fit FitOf(FoldedNames names) const {
    std::size_t at = names.find(text_);
    if (at == FoldedNames::npos) return kNoFit;
    if (names.find(whole_) != FoldedNames::npos) return kWhole;
    if (names.find(begins_) != FoldedNames::npos) return kBegins;
    return text_.size() < kInsideBytesMin ? kNoFit : kInside;
  }

  // One of the names with one letter wrong.
  bool Nearly(FoldedNames names) const {
    if (letters_.size() < kTypoLettersMin) return false;
    for (std::size_t from = 1; from < names.size();) {
      const std::size_t end = names.find('|', from);
      const std::size_t size = end - from;
      // A letter has at most two bytes more than another; most names are sorted out here.
      if (size + 4 > text_.size() && size < text_.size() + 5 &&
          IsOneTypoAway(letters_, Letters(names.substr(from, size)))) {
        return true;
      }
      from = end + 1;
    }
    return false;
  }

 private:
  std::string text_;
  std::string begins_;
  std::string whole_;
  std::u32string letters_;
};

struct Found {
  Fit fit;
  const City* city;
};

enum class Typos { kNone, kOne };

// How each country and part of one fits, in the order of Places().
std::vector<Fit> FitsOfPlaces(const Wanted& wanted, Typos typos) {
  std::vector<Fit> fits;
  for (const FoldedNames& names : Places()) {
    Fit fit = wanted.FitOf(names);
    if (fit > kTypo && typos == Typos::kOne && wanted.Nearly(names)) fit = kTypo;
    fits.push_back(fit);
  }
  return fits;
}

// Cities whose name fits, and of places that fit the largest city of each zone; best first.
std::vector<Found> FindCities(const Wanted& wanted, Typos typos) {
  std::vector<Found> found;
  if (wanted.none()) return found;
  const std::vector<Fit> places = FitsOfPlaces(wanted, typos);
  std::set<std::pair<std::uint16_t, const CatalogZone*>> shown;
  for (const City& city : Cities()) {
    Fit fit = std::min(wanted.FitOf(city.names), wanted.FitOf(city.other_names));
    if (fit > kTypo && typos == Typos::kOne && wanted.Nearly(city.names)) fit = kTypo;
    // A part of a country is hardly meant where a city has its name: Washington.
    const Fit country = places[city.country];
    const Fit part = places[city.part] == kWhole ? kWholePart : places[city.part];
    if (country < fit && shown.emplace(city.country, city.zone).second) fit = country;
    if (part < fit && shown.emplace(city.part, city.zone).second) fit = part;
    if (fit != kNoFit) found.push_back({fit, &city});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.fit < b.fit; });
  return found;
}

std::vector<Found> FindCities(std::string_view text) {
  const Wanted wanted(text);
  std::vector<Found> found = FindCities(wanted, Typos::kNone);
  if (!found.empty() && found[0].fit <= kWholePart) return found;
  return FindCities(wanted, Typos::kOne);
}

// Those of `found` that lie in a place named `where`.
std::vector<Found> Within(std::vector<Found> found, std::string_view where) {
  const Wanted wanted(where);
  if (wanted.none()) return {};
  const std::vector<Fit> places = FitsOfPlaces(wanted, Typos::kOne);
  std::erase_if(found, [&](const Found& one) {
    return std::min(places[one.city->country], places[one.city->part]) > kTypo;
  });
  return found;
}

void KeepWhole(std::vector<Found>& found) {
  std::erase_if(found, [](const Found& one) { return one.fit != kWhole; });
}

std::vector<std::string_view> Separated(std::string_view query) {
  std::vector<std::string_view> parts;
  while (!query.empty() && parts.size() < kPartsMax) {
    const std::size_t end = std::min(query.find_first_of(kSeparators), query.size());
    if (end > 0) parts.push_back(query.substr(0, end));
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return parts;
}

// "Berlin, Deutschland", "Германия, Мюнхен", "Frankfurt (Main)": a city and where it lies. What
// names no place is passed over where the city is certain.
std::vector<Found> FindSeparated(std::string_view query) {
  const std::vector<std::string_view> parts = Separated(query);
  if (parts.size() < 2) return {};
  for (const std::string_view city : parts) {
    const std::vector<Found> cities = FindCities(city);
    for (const std::string_view place : parts) {
      if (place.data() == city.data()) continue;
      std::vector<Found> within = Within(cities, place);
      if (!within.empty()) return within;
    }
  }
  std::vector<Found> cities = FindCities(parts[0]);
  KeepWhole(cities);
  return cities;
}

// "Portland Maine": the same without a comma. Without a place that is named, the first words alone.
std::vector<Found> FindSpaced(std::string_view query) {
  std::vector<Found> without_place;
  std::size_t space = query.size();
  for (std::size_t tries = 0; tries < kPartsMax; ++tries) {
    space = space == 0 ? std::string_view::npos : query.rfind(' ', space - 1);
    if (space == std::string_view::npos) break;
    std::vector<Found> cities = FindCities(query.substr(0, space));
    if (cities.empty()) continue;
    std::vector<Found> within = Within(cities, query.substr(space + 1));
    if (!within.empty()) return within;
    KeepWhole(cities);
    if (without_place.empty()) without_place = std::move(cities);
  }
  return without_place;
}

std::vector<Found> Find(std::string_view query) {
  if (query.size() > kQueryBytesMax) return {};
  std::vector<Found> found = FindCities(query);
  if (!found.empty() && found[0].fit <= kWholePart) return found;
  std::vector<Found> separated = FindSeparated(query);
  if (!separated.empty()) return separated;
  return found.empty() ? FindSpaced(query) : found;
}

ZoneChoice ChoiceOf(const CatalogZone& zone, const TimeZone& time_zone, Instant now,
                    std::string_view language) {
  return {zone.name, CityName(zone.name, language), CountryName(zone.region, language),
          time_zone.OffsetAt(now), time_zone.OffsetsOver({now, now + kYear}).size() > 1};
}

}  // namespace

std::vector<OffsetChoice> OffsetsAt(Instant now, std::string_view language) {
  std::map<seconds, std::vector<std::string>> cities;
  for (hours offset = kFirstOffset; offset <= kLastOffset; ++offset) cities[offset];
  for (const CatalogZone& zone : ZoneCatalog()) {
    const std::optional<TimeZone> time_zone = TimeZone::Find(zone.name);
    const seconds offset = time_zone->OffsetAt(now);
    if (offset < kFirstOffset || offset > kLastOffset) continue;
    std::vector<std::string>& examples = cities[offset];
    if (examples.size() < kExampleCitiesMax) {
      examples.push_back(CityName(zone.name, language));
    }
  }
  std::vector<OffsetChoice> choices;
  choices.reserve(cities.size());
  for (auto& [offset, examples] : cities) choices.push_back({offset, std::move(examples)});
  return choices;
}

std::vector<ZoneChoice> ZonesWithOffset(seconds offset, Instant now, int limit,
                                        std::string_view language) {
  std::vector<ZoneChoice> choices;
  for (const CatalogZone& zone : ZoneCatalog()) {
    if (static_cast<int>(choices.size()) >= limit) break;
    const std::optional<TimeZone> time_zone = TimeZone::Find(zone.name);
    if (time_zone->OffsetAt(now) != offset) continue;
    choices.push_back(ChoiceOf(zone, *time_zone, now, language));
  }
  return choices;
}

std::vector<ZoneChoice> SearchZones(std::string_view query, Instant now, int limit,
                                    std::string_view language) {
  std::vector<ZoneChoice> choices;
  // Of towns of one name in one zone and country, one is enough.
  std::set<std::tuple<std::string, std::string, std::string>> shown;
  for (const Found& found : Find(query)) {
    if (static_cast<int>(choices.size()) >= limit) break;
    const CatalogZone& zone = *found.city->zone;
    std::string city = LabelOf(*found.city, language);
    std::string country = CountryName(found.city->region, language);
    if (!shown.emplace(zone.name, city, country).second) continue;
    ZoneChoice choice = ChoiceOf(zone, *TimeZone::Find(zone.name), now, language);
    choice.city = std::move(city);
    choice.country = std::move(country);
    choices.push_back(std::move(choice));
  }
  return choices;
}

}  // namespace kalends::core
