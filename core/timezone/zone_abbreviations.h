// Short names of times, as people write them: "MEZ", "EST", "МСК".
#pragma once

#include <string_view>
#include <vector>

namespace kalends::core {

// The zones whose time `text` is a short name of, in any language of the bot ("CET", "mez", "HEC",
// "МСК"), as examples: others keep the same time. The best known first; empty: it is none.
std::vector<std::string_view> ZonesOfAbbreviation(std::string_view text);

}  // namespace kalends::core
