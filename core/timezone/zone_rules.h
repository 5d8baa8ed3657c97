// Which rules the files of the tz database hold, and how good they are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"

namespace kalends::core {

// Longer ago, some country has changed its clocks since: the tz database has never gone a year
// without a release.
inline constexpr std::chrono::days kZoneRulesGoodFor{365};

struct ZoneRules {
  std::string version;             // "2026b"; empty: the files do not say.
  std::optional<Instant> written;  // When the files were made.
  int zones_listed = 0;            // Names in the files' lists, old ones among them.
  int zones_known = 0;             // Of these, the ones that can be read.
};

// What is in force. Reads every zone that was not found yet: a quarter of a second at the first
// call.
ZoneRules ReadZoneRules();

// The version in force: of the first call, or of the last ReloadZoneRules. Cheap; thread-safe.
std::string ZoneRulesVersion();

// Puts the rules in force that the files hold now, as TimeZone::Reload says, with their version.
// Returns the zones that have other offsets now.
std::vector<std::string> ReloadZoneRules();

// Whether the rules are more than kZoneRulesGoodFor old, by the files' age and by the year that the
// version names, whichever is the older: copied files look new. Unknown is not old.
bool AreOld(const ZoneRules& rules, Instant now);

}  // namespace kalends::core
