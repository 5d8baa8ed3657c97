#include "core/timezone/zone_rules.h"

#include <date/date.h>

#include <charconv>
#include <fstream>
#include <mutex>
#include <set>
#include <sstream>
#include <string_view>

#include "core/timezone/time_zone.h"
#include "core/timezone/zone_files.h"
#include "core/timezone/zone_links.h"

namespace kalends::core {
namespace {

std::string RulesFile() { return ZoneFolder() + "/tzdata.zi"; }

// Lines of zone.tab: country, coordinates, zone, comment, by tabs; '#' starts a remark.
std::set<std::string> ListedZones() {
  std::set<std::string> names;
  std::ifstream file(ZoneFolder() + "/zone.tab");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    std::string country, coordinates, name;
    if (fields >> country >> coordinates >> name) names.insert(name);
  }
  for (const auto& [link, target] : ZoneLinks()) names.insert(link);
  return names;
}

// The first instant at which rules of `version` were surely out: the year after the one it names.
std::optional<Instant> OutBy(std::string_view version) {
  int year = 0;
  const char* const end = version.data() + version.size();
  const auto [rest, error] = std::from_chars(version.data(), end, year);
  if (error != std::errc() || year < 1970 || year > 9999) return std::nullopt;
  return Instant(date::sys_days(date::year(year + 1) / 1 / 1));
}

// The first line is "# version 2026b". None: the file is there, and cannot be opened now.
std::optional<std::string> ReadVersion() {
  std::ifstream file(RulesFile());
  if (!file && MarkOf(RulesFile())) return std::nullopt;
  std::string hash, word, version;
  return file >> hash >> word >> version && hash == "#" && word == "version" ? version : "";
}

struct InForce {
  std::mutex mutex;
  std::string version = ReadVersion().value_or("");
};

InForce& VersionInForce() {
  static auto* const version = new InForce;  // Never destroyed, as zones are not.
  return *version;
}

}  // namespace

std::string ZoneRulesVersion() {
  InForce& version = VersionInForce();
  const std::lock_guard lock(version.mutex);
  return version.version;
}

std::vector<std::string> ReloadZoneRules() {
  InForce& version = VersionInForce();
  std::vector<std::string> differ = TimeZone::Reload();
  const std::lock_guard lock(version.mutex);
  if (auto read = ReadVersion()) version.version = *std::move(read);
  return differ;
}

ZoneRules ReadZoneRules() {
  ZoneRules rules;
  rules.version = ZoneRulesVersion();
  if (const auto mark = MarkOf(RulesFile())) {
    rules.written = FromUnixSeconds(mark->written_ns / 1'000'000'000);
  }
  for (const std::string& name : ListedZones()) {
    ++rules.zones_listed;
    if (TimeZone::Find(name)) ++rules.zones_known;
  }
  return rules;
}

bool AreOld(const ZoneRules& rules, Instant now) {
  const auto is_old = [&](const std::optional<Instant>& made) {
    return made && *made + kZoneRulesGoodFor < now;
  };
  return is_old(rules.written) || is_old(OutBy(rules.version));
}

}  // namespace kalends::core
