// What people wrote on buttons, where Telegram has room for some forty characters and cuts the end
// of what is longer. Counted as people count, in grapheme clusters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kalends::telegram {

inline constexpr std::size_t kLabelCharsMax = 40;
// Of a name, however much room the facts behind it take: enough to tell it from others.
inline constexpr std::size_t kLabelNameCharsMin = 12;

// At most `max` grapheme clusters, the last one an ellipsis where something was cut. `max` > 0.
std::string ShortenSeen(std::string_view text, std::size_t max);

// `lead`, `name` as SafeText has it, `tail`: the name as short as it must be for the facts behind
// it to be seen: "Krankengymnastik na… · 50 Min. · 80,00 €". Without a tail, at most
// kLabelCharsMax.
std::string NameLabel(std::string_view lead, std::string_view name, std::string_view tail);

}  // namespace kalends::telegram
