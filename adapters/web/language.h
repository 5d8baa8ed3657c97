// Which language a viewer reads.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace kalends::web {

// The best of `spoken` (codes such as "de") for an Accept-Language header: the highest quality
// wins, the first named of equals. "de-AT" is served by "de"; "*" by the first spoken one. nullptr
// where none is wanted, or the header is not readable.
const std::string* PreferredLanguage(std::string_view accept_language,
                                     std::span<const std::string> spoken);

}  // namespace kalends::web
