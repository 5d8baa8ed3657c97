#include "core/timezone/zone_rules.h"

#include <fmt/format.h>

#include "tools/kalends/doctor/doctor.h"

namespace kalends::cli {

Findings CheckZoneRules(const Patient&) {
  const core::ZoneRules rules = core::ReadZoneRules();
  const std::string version = rules.version.empty() ? "of an unknown version" : rules.version;
  const core::Instant now =
      std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  if (core::AreOld(rules, now)) {
    return {Warning(fmt::format("the zone rules ({}) are more than a year old", version),
                    "update the package tzdata: a running core notices")};
  }
  return {Ok(fmt::format("the zone rules are {}", version))};
}

}  // namespace kalends::cli
