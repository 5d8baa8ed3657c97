// Text for Telegram's HTML parse mode, the only one we use.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kalends::telegram {

inline constexpr std::size_t kMessageCharsMax = 4096;  // Code points, tags not counted.
inline constexpr std::size_t kCaptionCharsMax = 1024;

// Escapes `text` for element content and for quoted attributes.
std::string EscapeHtml(std::string_view text);

// Text from people for element content, as SafeText (adapters/shared/safe_text.h) has it.
std::string HtmlOf(std::string_view text);

// What of `html`, which is ours, is left without its markup.
std::string PlainText(std::string_view html);

// Number of code points of valid UTF-8.
std::size_t CodePoints(std::string_view text);

// How many bytes the first `max` code points of `text` take.
std::size_t BytesOf(std::string_view text, std::size_t max);

// At most `max` code points, the last one an ellipsis where something was cut; broken UTF-8 is cut
// where it breaks. `max` > 0.
std::string Shorten(std::string_view text, std::size_t max);

}  // namespace kalends::telegram
