// What people call the city of a zone and its country, in their own language: "Wien", "Киев",
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

// The country `region` ("US") in every language the bot speaks, in full and in short, each once:
// "Vereinigte Staaten", "USA", "États-Unis". Empty for no country.
std::vector<std::string> CountryNames(std::string_view region);

// What is left of a name for comparing: small letters without accents, spaces and punctuation.
// "São Paulo", "sao_paulo" -> "saopaulo"; "Orël" -> "orel"; "Київ" -> "киiв" as Unicode takes it
// apart. Invalid UTF-8 is no error.
std::string FoldName(std::string_view text);

}  // namespace kalends::core
