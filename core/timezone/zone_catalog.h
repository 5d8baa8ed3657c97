// The names to choose a zone from: one per city that the tz database keeps for people to pick.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kalends::core {

// A geographic zone with the other spellings that lead to it.
struct CatalogZone {
  std::string name;                  // "Europe/Kyiv".
  std::string city;                  // "Kyiv".
  std::string region;                // "UA", the country; empty where zone.tab does not say.
  std::vector<std::string> aliases;  // "Europe/Kiev", "Europe/Uzhgorod".
  int rank = 0;                      // Place among the well-known cities; large: not one of them.
};

// Returns the zones of the system's zone.tab in well-known-first order, then by name, with the
// links of tzdata.zi as aliases. Without those files: every Area/City zone that date/tz knows. Read
// once, at the first call.
const std::vector<CatalogZone>& ZoneCatalog();

// "America/Argentina/Buenos_Aires" -> "Buenos Aires".
std::string CityOf(std::string_view zone_name);

}  // namespace kalends::core
