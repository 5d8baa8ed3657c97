// The cities that a typed text means.
#pragma once

#include <string_view>
#include <vector>

#include "core/timezone/cities.h"

namespace kalends::core {

// What SearchZones (zone_search.h) says about names, the best first; a city may come several times
// under several zones. Nothing of more than kQueryBytesMax. `language` ("de") says whose country is
// meant rather than others.
std::vector<const City*> FindCities(std::string_view query, std::string_view language);

}  // namespace kalends::core
