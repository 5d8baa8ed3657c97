// What people call the city of a zone and a country, in their own language: "Wien", "Киев",
// "Ciudad de México", "Schweiz".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kalends::core {

// The city that stands for the zone `zone_name`, in `language` ("de"). Where the language has no
// word of its own, the last part of the zone's name.
std::string CityName(std::string_view zone_name, std::string_view language);

// The same in every language the bot speaks, each once.
std::vector<std::string> CityNames(std::string_view zone_name);

// The country `region` ("US") in `language`: "Vereinigte Staaten". Empty for no country.
std::string CountryName(std::string_view region, std::string_view language);

}  // namespace kalends::core
