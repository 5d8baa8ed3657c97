#include "core/timezone/zone_search.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

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

// How well a text fits a query; smaller is better.
enum Fit {
  kExactCity,
  kExactCountry,
  kPrefixOfCity,
  kPrefixOfAlias,
  kPrefixOfCountry,
  kAnywhere,
  kNoFit
};

struct FoldedZone {
  const CatalogZone* zone;
  std::vector<std::string> cities;     // Its city in every language, and as the zone's name has it.
  std::vector<std::string> countries;  // Its country, the same way.
  std::string name;
  std::vector<std::pair<std::string, std::string>> aliases;  // City and full name.
};

const std::vector<FoldedZone>& FoldedCatalog() {
  static const auto* const catalog = [] {
    auto* const folded = new std::vector<FoldedZone>;
    std::map<std::string, std::vector<std::string>> by_region;
    for (const CatalogZone& zone : ZoneCatalog()) {
      FoldedZone& added = folded->emplace_back(
          FoldedZone{&zone, {FoldName(zone.city)}, {}, FoldName(zone.name), {}});
      for (const std::string& city : CityNames(zone.name)) added.cities.push_back(FoldName(city));
      const auto [countries, is_new] = by_region.try_emplace(zone.region);
      if (is_new) {
        for (const std::string& country : CountryNames(zone.region)) {
          countries->second.push_back(FoldName(country));
        }
      }
      added.countries = countries->second;
      for (const std::string& alias : zone.aliases) {
        added.aliases.emplace_back(FoldName(CityOf(alias)), FoldName(alias));
      }
    }
    return folded;
  }();
  return *catalog;
}

Fit FitOf(const FoldedZone& zone, const std::string& query) {
  Fit best = zone.name.find(query) == std::string::npos ? kNoFit : kAnywhere;
  for (const std::string& city : zone.cities) {
    if (city == query) return kExactCity;
    if (city.starts_with(query)) {
      best = std::min(best, kPrefixOfCity);
    } else if (city.find(query) != std::string::npos) {
      best = std::min(best, kAnywhere);
    }
  }
  for (const std::string& country : zone.countries) {
    if (country == query) {
      best = std::min(best, kExactCountry);
    } else if (country.starts_with(query)) {
      best = std::min(best, kPrefixOfCountry);
    } else if (country.find(query) != std::string::npos) {
      best = std::min(best, kAnywhere);
    }
  }
  for (const auto& [city, name] : zone.aliases) {
    if (city == query) return kExactCity;
    if (city.starts_with(query)) {
      best = std::min(best, kPrefixOfAlias);
    } else if (name.find(query) != std::string::npos) {
      best = std::min(best, kAnywhere);
    }
  }
  return best;
}

ZoneChoice ChoiceOf(const CatalogZone& zone, const TimeZone& time_zone, Instant now,
                    std::string_view language) {
  return {zone.name, CityName(zone.name, language), time_zone.OffsetAt(now),
          time_zone.OffsetsOver({now, now + kYear}).size() > 1};
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
  const std::string folded = FoldName(query);
  if (folded.empty() || limit <= 0) return {};
  std::vector<std::pair<Fit, const CatalogZone*>> found;
  for (const FoldedZone& zone : FoldedCatalog()) {
    const Fit fit = FitOf(zone, folded);
    if (fit != kNoFit) found.emplace_back(fit, zone.zone);
  }
  // The catalog's own order, well-known first, decides among equals.
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  if (found.size() > static_cast<std::size_t>(limit)) found.resize(static_cast<std::size_t>(limit));
  std::vector<ZoneChoice> choices;
  choices.reserve(found.size());
  for (const auto& [fit, zone] : found) {
    choices.push_back(ChoiceOf(*zone, *TimeZone::Find(zone->name), now, language));
  }
  return choices;
}

}  // namespace kalends::core
