// Text as Unicode.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kalends::core {

// Reads one code point of UTF-8 from the front of `text`, which is not empty, and removes it;
// nullopt, and nothing removed: not valid UTF-8 (RFC 3629: shortest form, no surrogates, at most
// U+10FFFF).
std::optional<char32_t> TakeCodePoint(std::string_view& text);

// Appends a code point, which is valid, in UTF-8.
void AppendCodePoint(std::string& text, char32_t point);

}  // namespace kalends::core
