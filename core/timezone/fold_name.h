// Names of places as they are compared.
#pragma once

#include <string>
#include <string_view>

namespace kalends::core {

// What is left of a name for comparing: small letters without accents, spaces and punctuation.
// "São Paulo", "sao_paulo" -> "saopaulo"; "Orël" -> "orel"; "Київ" -> "киiв" as Unicode takes it
// apart; "Гамбурґ" -> "гамбург". Invalid UTF-8 is no error.
std::string FoldName(std::string_view text);

// The same of a name that begins with a saint, however that is written: "Sankt Gallen", "St.
// Gallen", "Saint Gallen" -> "stgallen". Empty for any other name.
std::string FoldSaint(std::string_view text);

}  // namespace kalends::core
