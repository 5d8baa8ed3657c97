// What a provider's prices are in.
#pragma once

#include <string>
#include <string_view>

namespace kalends::core {

// Whether people pay with it today: "EUR", in ISO 4217's letters. Not the funds, metals and old
// currencies that the standard lists as well.
bool IsCurrencyInUse(std::string_view code);

// The currency of where `zone` is, or else, for a bare offset, of where `language` ("uk") is spoken
// most; EUR where nobody can tell.
std::string LikelyCurrency(std::string_view language, std::string_view zone);

}  // namespace kalends::core
