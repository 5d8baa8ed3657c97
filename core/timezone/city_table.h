// The text that kalends-cities made of GeoNames' data when this was built (cities_generate.cc has
// its form).
#pragma once

#include <string_view>

namespace kalends::core {

extern const std::string_view kCityTable;

}  // namespace kalends::core
