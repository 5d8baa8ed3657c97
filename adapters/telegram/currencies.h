// Currencies as people name them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kalends::telegram {

// ISO 4217's code for what stands beside an amount: a code, or what ICU calls a currency in one of
// the six languages, as a symbol, a name or a word of a name, whatever its case: "zł", "US$",
// "Schweizer Franken", "грн.", "рублей". Where that may be several, `likely` if it is one of them,
// else the one that is most often meant. nullopt: none, or nobody can tell which.
std::optional<std::string> CurrencyCalled(std::string_view typed, std::string_view likely);

}  // namespace kalends::telegram
