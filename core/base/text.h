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

// Whether all of `text` is UTF-8 as TakeCodePoint reads it.
bool IsUtf8(std::string_view text);

// Appends a code point, which is valid, in UTF-8.
void AppendCodePoint(std::string& text, char32_t point);

// One line of text from people, fit to stand among other text: without control characters, marks
// that turn its direction and what no font draws (Unicode's Default_Ignorable_Code_Point and format
// characters); what letters and emoji are joined and chosen by stays. White space becomes single
// blanks, none at the ends. Bytes that are not UTF-8 become `_`. Empty where nothing of it shows.
// What is clean stays as it is.
std::string CleanLine(std::string_view text);

// The same of a text that has lines: they and its blanks stay as they are. So do control characters
// and bytes that are not UTF-8, which CheckText refuses.
std::string CleanLines(std::string_view text);

// Whether a reader sees anything of `text`: more than blanks, what CleanLine drops, and marks that
// have no letter to stand on.
bool ShowsSomething(std::string_view text);

// Checks text from people: valid UTF-8 without control characters (line breaks only where
// `Lines::kMany`), `min` to `max` code points, of which one must be seen where `min` > 0.
// INVALID_FIELD names `field`.
enum class Lines { kOne, kMany };
absl::Status CheckText(std::string_view field, std::string_view text, std::size_t min,
                       std::size_t max, Lines lines = Lines::kOne);
// The same of what people see somebody or something called: 1 to kNameCharsMax, on one line.
absl::Status CheckName(std::string_view field, std::string_view name);

}  // namespace kalends::core
