#include "core/timezone/zone_catalog.h"

#include <date/tz.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <tuple>
#include <utility>

#include "core/timezone/time_zone.h"
#include "core/timezone/zone_links.h"

namespace kalends::core {
namespace {

constexpr char kZoneTab[] = "/usr/share/zoneinfo/zone.tab";

// Big cities, those most people look for first. Names only: offsets are always computed.
constexpr std::string_view kWellKnown[] = {
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Moscow",
    "Europe/Kyiv",
    "Europe/Istanbul",
    "America/Los_Angeles",
    "America/Chicago",
    "America/Sao_Paulo",
    "America/Mexico_City",
    "Asia/Tokyo",
    "Asia/Shanghai",
    "Asia/Kolkata",
    "Asia/Dubai",
    "Australia/Sydney",
    "Africa/Cairo",
    "Africa/Lagos",
    "Asia/Singapore",
    "Asia/Hong_Kong",
    "Asia/Jakarta",
    "Asia/Karachi",
    "Asia/Dhaka",
    "Asia/Tehran",
    "America/Bogota",
    "America/Argentina/Buenos_Aires",
    "America/Toronto",
    "America/Denver",
    "Europe/Rome",
    "Europe/Vienna",
    "Europe/Zurich",
    "Europe/Warsaw",
    "Europe/Lisbon",
    "Europe/Athens",
    "Europe/Amsterdam",
    "Europe/Brussels",
    "Europe/Stockholm",
    "Europe/Prague",
    "Europe/Bucharest",
    "Europe/Helsinki",
    "Europe/Dublin",
    "Europe/Minsk",
    "Europe/Riga",
    "Asia/Seoul",
    "Asia/Bangkok",
    "Asia/Manila",
    "Asia/Ho_Chi_Minh",
    "Asia/Riyadh",
    "Asia/Baghdad",
    "Asia/Jerusalem",
    "Asia/Tashkent",
    "Asia/Almaty",
    "Asia/Yekaterinburg",
    "Asia/Novosibirsk",
    "Asia/Krasnoyarsk",
    "Asia/Omsk",
    "Asia/Vladivostok",
    "Asia/Yakutsk",
    "Asia/Irkutsk",
    "Asia/Kabul",
    "Asia/Kathmandu",
    "Asia/Colombo",
    "Asia/Yangon",
    "Asia/Baku",
    "Asia/Tbilisi",
    "Asia/Yerevan",
    "Europe/Samara",
    "Africa/Johannesburg",
    "Africa/Nairobi",
    "Africa/Casablanca",
    "Africa/Algiers",
    "Africa/Accra",
    "Africa/Kinshasa",
    "Africa/Khartoum",
    "Africa/Addis_Ababa",
    "America/Lima",
    "America/Santiago",
    "America/Caracas",
    "America/Havana",
    "America/La_Paz",
    "America/Halifax",
    "America/St_Johns",
    "America/Phoenix",
    "America/Vancouver",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Montevideo",
    "America/Asuncion",
    "America/Guatemala",
    "America/Panama",
    "America/Puerto_Rico",
    "America/Noronha",
    "America/Nuuk",
    "Atlantic/Azores",
    "Atlantic/Cape_Verde",
    "Atlantic/Reykjavik",
    "Australia/Melbourne",
    "Australia/Brisbane",
    "Australia/Perth",
    "Australia/Adelaide",
    "Australia/Darwin",
    "Australia/Lord_Howe",
    "Australia/Eucla",
    "Pacific/Auckland",
    "Pacific/Fiji",
    "Pacific/Port_Moresby",
    "Pacific/Guam",
    "Pacific/Noumea",
    "Pacific/Guadalcanal",
    "Pacific/Chatham",
    "Pacific/Tongatapu",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Pacific/Marquesas",
    "Pacific/Tahiti",
    "Pacific/Gambier",
    "Asia/Kamchatka",
    "Asia/Magadan",
    "Asia/Ulaanbaatar",
    "Indian/Maldives",
    "Indian/Mauritius",
};

int RankOf(std::string_view name) {
  return static_cast<int>(std::find(std::begin(kWellKnown), std::end(kWellKnown), name) -
                          std::begin(kWellKnown));
}

bool IsGeographic(std::string_view name) {
  return name.find('/') != std::string_view::npos && !name.starts_with("Etc/") &&
         !name.starts_with("SystemV/");
}

// Lines of zone.tab: country, coordinates, zone, comment, by tabs; '#' starts a remark. Returns
// zone -> country.
std::map<std::string, std::string> ZonesInZoneTab() {
  std::map<std::string, std::string> zones;
  std::ifstream file(kZoneTab);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    std::string country, coordinates, name;
    if (fields >> country >> coordinates >> name && IsGeographic(name)) zones[name] = country;
  }
  return zones;
}

std::map<std::string, std::string> ZonesInDate() {
  std::map<std::string, std::string> zones;
  try {
    for (const date::time_zone& zone : date::get_tzdb().zones) {
      if (IsGeographic(zone.name())) zones[zone.name()] = "";
    }
  } catch (const std::exception&) {
    zones.clear();  // No tz database at all: nothing to choose from but bare offsets.
  }
  return zones;
}

std::vector<CatalogZone> LoadCatalog() {
  std::map<std::string, std::string> regions = ZonesInZoneTab();
  if (regions.empty()) regions = ZonesInDate();
  std::map<std::string, CatalogZone> zones;
  for (const auto& [name, region] : regions) {
    if (TimeZone::Find(name)) zones[name] = {name, CityOf(name), region, {}, RankOf(name)};
  }
  for (const auto& [link, target] : ZoneLinks()) {
    if (!IsGeographic(link)) continue;
    const auto zone = zones.find(target);
    if (zone != zones.end() && !zones.contains(link)) zone->second.aliases.push_back(link);
  }
  std::vector<CatalogZone> catalog;
  catalog.reserve(zones.size());
  for (auto& [name, zone] : zones) catalog.push_back(std::move(zone));
  std::sort(catalog.begin(), catalog.end(), [](const CatalogZone& a, const CatalogZone& b) {
    return std::tie(a.rank, a.name) < std::tie(b.rank, b.name);
  });
  return catalog;
}

}  // namespace

const std::vector<CatalogZone>& ZoneCatalog() {
  static const auto* const catalog = new std::vector<CatalogZone>(LoadCatalog());
  return *catalog;
}

std::string CityOf(std::string_view zone_name) {
  const std::size_t slash = zone_name.rfind('/');
  std::string city(slash == std::string_view::npos ? zone_name : zone_name.substr(slash + 1));
  std::replace(city.begin(), city.end(), '_', ' ');
  return city;
}

}  // namespace kalends::core
