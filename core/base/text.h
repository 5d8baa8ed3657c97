// Text as Unicode.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace kalends::core {

// Reads one code point of UTF-8 from the front of `text`, which is not empty, and removes it;
// nullopt, and nothing removed: not valid UTF-8 (RFC 3629: shortest form, no surrogates, at most
// U+10FFFF).
std::optional<char32_t> TakeCodePoint(std::string_view& text);

// Appends a code point, which is valid, in UTF-8.
void AppendCodePoint(std::string& text, char32_t point);

// Checks text from people: valid UTF-8 without control characters (line breaks only where
// `Lines::kMany`), `min` to `max` code points. INVALID_FIELD names `field`.
enum class Lines { kOne, kMany };
absl::Status CheckText(std::string_view field, std::string_view text, std::size_t min,
                       std::size_t max, Lines lines = Lines::kOne);
// The same of what people see somebody or something called: 1 to kNameCharsMax, on one line.
absl::Status CheckName(std::string_view field, std::string_view name);

}  // namespace kalends::core
