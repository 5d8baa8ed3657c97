#include "core/timezone/zone_search.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "core/timezone/cities.h"
#include "core/timezone/city_search.h"
#include "core/timezone/name_match.h"
#include "core/timezone/offset_text.h"
#include "core/timezone/place_names.h"
#include "core/timezone/time_zone.h"
#include "core/timezone/zone_abbreviations.h"
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

ZoneChoice ChoiceOf(const CatalogZone& zone, const TimeZone& time_zone, Instant now,
                    std::string_view language) {
  return {zone.name, CityName(zone.name, language), CountryName(zone.region, language),
          time_zone.OffsetAt(now), time_zone.OffsetsOver({now, now + kYear}).size() > 1};
}

// Whether `zone` has the same offsets as another over `year`.
bool KeepsTime(const TimeZone& zone, const std::vector<OffsetSpan>& offsets, const Interval& year) {
  const std::vector<OffsetSpan> own = zone.OffsetsOver(year);
  const auto same = [&](const OffsetSpan& a, const OffsetSpan& b) {
    return a.offset == b.offset &&
           std::max(a.interval.start, year.start) == std::max(b.interval.start, year.start);
  };
  return std::equal(own.begin(), own.end(), offsets.begin(), offsets.end(), same);
}

const CatalogZone* FindInCatalog(std::string_view name) {
  for (const CatalogZone& zone : ZoneCatalog()) {
    if (zone.name == name) return &zone;
  }
  return nullptr;
}

// What people say for what is written in an offset; in small letters, without blanks.
constexpr std::pair<std::string_view, std::string_view> kSpoken[] = {
    {"plus", "+"},  {"minus", "-"}, {"moins", "-"}, {"más", "+"},   {"menos", "-"}, {"плюс", "+"},
    {"минус", "-"}, {"мінус", "-"}, {"утц", "utc"}, {"гмт", "gmt"}, {"−", "-"},     {"–", "-"},
};
// Of hours that are written as decimals.
constexpr std::pair<std::string_view, std::string_view> kParts[] = {
    {"5", "30"}, {"25", "15"}, {"75", "45"}};

// "UTC plus 5", "УТЦ+3", "+5,5" as ReadOffset knows it.
std::string WrittenOffset(std::string_view query) {
  icu::UnicodeString small = icu::UnicodeString::fromUTF8(
      icu::StringPiece(query.data(), static_cast<std::int32_t>(query.size())));
  small.toLower(icu::Locale::getRoot());
  std::string text;
  small.toUTF8String(text);
  std::erase(text, ' ');
  for (const auto& [said, written] : kSpoken) {
    const std::size_t at = text.find(said);
    if (at != std::string::npos) text.replace(at, said.size(), written);
  }
  const std::size_t point = text.find_last_of(".,");
  if (point == std::string::npos) return text;
  for (const auto& [part, minutes] : kParts) {
    if (text.substr(point + 1) == part) text.replace(point + 1, part.size(), minutes);
  }
  text[point] = ':';
  return text;
}

// "UTC+3", "+03:00", "UTC −3" and, as Russians count, "МСК+2".
std::optional<Minutes> OffsetIn(std::string_view query, Instant now) {
  const std::string text = WrittenOffset(query.substr(0, kQueryBytesMax));
  if (const auto offset = ReadOffset(text)) return offset;
  const std::size_t sign = text.find_first_of("+-");
  if (sign == 0 || sign == std::string::npos) return std::nullopt;
  const auto more = ReadOffset(std::string_view(text).substr(sign));
  const auto examples = ZonesOfAbbreviation(std::string_view(text).substr(0, sign));
  if (!more || examples.empty()) return std::nullopt;
  const auto zone = TimeZone::Find(examples[0]);
  if (!zone) return std::nullopt;
  return std::chrono::duration_cast<Minutes>(zone->OffsetAt(now)) + *more;
}

// The zones, and at the end the bare offset, which whoever types it may want.
std::vector<ZoneChoice> ZonesOfOffset(Minutes offset, Instant now, int limit,
                                      std::string_view language) {
  const std::optional<TimeZone> bare = TimeZone::Find(FixedOffsetName(offset));
  if (!bare || limit <= 0) return {};
  std::vector<ZoneChoice> choices = ZonesWithOffset(offset, now, limit - 1, language);
  choices.push_back({bare->name(), bare->name(), "", offset, false});
  return choices;
}

// `examples`, and after each the zones that keep its time from now on, the best known first.
std::vector<ZoneChoice> ZonesLike(const std::vector<std::string_view>& examples, Instant now,
                                  int limit, std::string_view language) {
  std::vector<ZoneChoice> choices;
  std::set<std::string_view> shown;
  const auto show = [&](const CatalogZone& zone) {
    if (static_cast<int>(choices.size()) >= limit || !shown.insert(zone.name).second) return;
    choices.push_back(ChoiceOf(zone, *TimeZone::Find(zone.name), now, language));
  };
  std::vector<const CatalogZone*> known;
  for (const std::string_view name : examples) {
    if (const CatalogZone* zone = FindInCatalog(name)) known.push_back(zone);
  }
  for (const CatalogZone* zone : known) show(*zone);
  const Interval year{now, now + kYear};
  for (const CatalogZone* example : known) {
    const auto offsets = TimeZone::Find(example->name)->OffsetsOver(year);
    for (const CatalogZone& zone : ZoneCatalog()) {
      if (static_cast<int>(choices.size()) >= limit) break;
      if (KeepsTime(*TimeZone::Find(zone.name), offsets, year)) show(zone);
    }
  }
  return choices;
}

// Each zone with the name of the city; what reads alike is told apart by the part of the country.
std::vector<ZoneChoice> ZonesOfCities(const std::vector<const City*>& cities, Instant now,
                                      int limit, std::string_view language) {
  std::vector<ZoneChoice> choices;
  std::vector<std::string> parts;  // Of each choice.
  // Of towns of one name in one zone and part of a country, one is enough.
  std::set<std::tuple<std::string, std::string, std::string, std::string>> shown;
  std::map<std::pair<std::string, std::string>, int> alike;
  for (const City* found : cities) {
    if (static_cast<int>(choices.size()) >= limit) break;
    const CatalogZone& zone = *found->zone;
    std::string city = LabelOf(*found, language);
    std::string country = CountryName(found->region, language);
    std::string part = PartLabelOf(*found, language);
    if (!shown.emplace(zone.name, city, country, part).second) continue;
    ++alike[{city, country}];
    ZoneChoice choice = ChoiceOf(zone, *TimeZone::Find(zone.name), now, language);
    choice.city = std::move(city);
    choice.country = std::move(country);
    choices.push_back(std::move(choice));
    parts.push_back(std::move(part));
  }
  for (std::size_t i = 0; i < choices.size(); ++i) {
    ZoneChoice& choice = choices[i];
    if (alike.at({choice.city, choice.country}) == 1) continue;
    // "Washington, Washington, D.C." would say no more than "Washington" does.
    if (parts[i].empty() || parts[i].starts_with(choice.city)) continue;
    choice.city += ", " + parts[i];
  }
  return choices;
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
  if (const auto offset = OffsetIn(query, now)) {
    return ZonesOfOffset(*offset, now, limit, language);
  }
  const std::vector<std::string_view> examples = ZonesOfAbbreviation(query);
  if (!examples.empty()) return ZonesLike(examples, now, limit, language);
  return ZonesOfCities(FindCities(query, language), now, limit, language);
}

}  // namespace kalends::core
