// What tests of the search for zones share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/timezone/zone_search.h"
#include "tests/support/times.h"

namespace kalends::core {

inline const Instant kSummer = Utc("2026-07-01 12:00");
inline constexpr int kAll = 1000;
inline constexpr int kShown = 8;  // By the bot.

inline std::vector<std::string> Names(const std::vector<ZoneChoice>& choices) {
  std::vector<std::string> names;
  names.reserve(choices.size());
  for (const ZoneChoice& choice : choices) names.push_back(choice.name);
  return names;
}

inline std::string FirstFor(std::string_view query) {
  const auto found = SearchZones(query, kSummer, 10);
  return found.empty() ? std::string() : found[0].name;
}

}  // namespace kalends::core
