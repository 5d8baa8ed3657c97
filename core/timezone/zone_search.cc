#include "core/timezone/zone_search.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

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
enum Fit { kExactCity, kPrefixOfCity, kPrefixOfAlias, kAnywhere, kNoFit };

// The letters under the accents of U+00C0 to U+021F, in order; '.' where there is none.
constexpr std::string_view kPlainLetters =
    "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnn.nnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    ".b...............ff.............oo.............uu....zz........."
    "....dddlllnnnaaiioouuuuuuuuuu.aaaaaa..ggkkoooo..jdddgg..nnaaaaoo"
    "aaaaeeeeiiiioooorrrruuuusstt..hh";
constexpr unsigned kFirstAccented = 0xC0;

bool IsSeparator(char c) {
  return c == ' ' || c == '_' || c == '-' || c == '\'' || c == '.' || c == '/';
}

// Lower case without accents, spaces and punctuation: "São Paulo", "sao_paulo" -> "saopaulo".
std::string Fold(std::string_view text) {
  std::string folded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 'A' && byte <= 'Z') {
      folded.push_back(static_cast<char>(byte - 'A' + 'a'));
    } else if ((byte & 0xE0U) == 0xC0U && i + 1 < text.size()) {
      const unsigned next = static_cast<unsigned char>(text[i + 1]);
      const unsigned letter = (byte & 0x1FU) << 6U | (next & 0x3FU);
      if (letter >= kFirstAccented && letter - kFirstAccented < kPlainLetters.size()) {
        folded.push_back(kPlainLetters[letter - kFirstAccented]);
        ++i;
      } else {
        folded.push_back(text[i]);
      }
    } else if (!IsSeparator(text[i])) {
      folded.push_back(text[i]);
    }
  }
  return folded;
}

struct FoldedZone {
  const CatalogZone* zone;
  std::string city;
  std::string name;
  std::vector<std::pair<std::string, std::string>> aliases;  // City and full name.
};

const std::vector<FoldedZone>& FoldedCatalog() {
  static const auto* const catalog = [] {
    auto* const folded = new std::vector<FoldedZone>;
    for (const CatalogZone& zone : ZoneCatalog()) {
      FoldedZone& added =
          folded->emplace_back(FoldedZone{&zone, Fold(zone.city), Fold(zone.name), {}});
      for (const std::string& alias : zone.aliases) {
        added.aliases.emplace_back(Fold(CityOf(alias)), Fold(alias));
      }
    }
    return folded;
  }();
  return *catalog;
}

Fit FitOf(const FoldedZone& zone, const std::string& query) {
  if (zone.city == query) return kExactCity;
  Fit best = kNoFit;
  if (zone.city.starts_with(query)) {
    best = kPrefixOfCity;
  } else if (zone.name.find(query) != std::string::npos) {
    best = kAnywhere;
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

ZoneChoice ChoiceOf(const CatalogZone& zone, const TimeZone& time_zone, Instant now) {
  return {zone.name, zone.city, time_zone.OffsetAt(now),
          time_zone.OffsetsOver({now, now + kYear}).size() > 1};
}

}  // namespace

std::vector<OffsetChoice> OffsetsAt(Instant now) {
  std::map<seconds, std::vector<std::string>> cities;
  for (hours offset = kFirstOffset; offset <= kLastOffset; ++offset) cities[offset];
  for (const CatalogZone& zone : ZoneCatalog()) {
    const std::optional<TimeZone> time_zone = TimeZone::Find(zone.name);
    const seconds offset = time_zone->OffsetAt(now);
    if (offset < kFirstOffset || offset > kLastOffset) continue;
    std::vector<std::string>& examples = cities[offset];
    if (examples.size() < kExampleCitiesMax) examples.push_back(zone.city);
  }
  std::vector<OffsetChoice> choices;
  choices.reserve(cities.size());
  for (auto& [offset, examples] : cities) choices.push_back({offset, std::move(examples)});
  return choices;
}

std::vector<ZoneChoice> ZonesWithOffset(seconds offset, Instant now, int limit) {
  std::vector<ZoneChoice> choices;
  for (const CatalogZone& zone : ZoneCatalog()) {
    if (static_cast<int>(choices.size()) >= limit) break;
    const std::optional<TimeZone> time_zone = TimeZone::Find(zone.name);
    if (time_zone->OffsetAt(now) != offset) continue;
    choices.push_back(ChoiceOf(zone, *time_zone, now));
  }
  return choices;
}

std::vector<ZoneChoice> SearchZones(std::string_view query, Instant now, int limit) {
  const std::string folded = Fold(query);
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
    choices.push_back(ChoiceOf(*zone, *TimeZone::Find(zone->name), now));
  }
  return choices;
}

}  // namespace kalends::core
