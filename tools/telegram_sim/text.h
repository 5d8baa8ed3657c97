// Text as Telegram counts it: UTF-8 in, lengths in code points or UTF-16 units.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kalends::sim {

bool IsUtf8(std::string_view text);
// Both need valid UTF-8.
int CodePoints(std::string_view text);
int Utf16Units(std::string_view text);
// True for the first byte of a character.
bool IsFirstByte(char byte);
void AppendUtf8(std::string& text, char32_t code_point);

// Space as Bot API markup has it: blank, tab, line ends, NUL, vertical tab.
bool IsSpace(char byte);
// ASCII letters only.
std::string Lower(std::string_view text);
std::string_view Trim(std::string_view text);

// True if `text` has 1 to `max` characters, all of A-Z a-z 0-9 _ -.
bool IsToken(std::string_view text, int max);
// A whole decimal number with an optional minus sign, or nothing.
std::optional<std::int64_t> ToInt(std::string_view text);

std::string DecodePercent(std::string_view text);
std::string EncodePercent(std::string_view text);

std::string EncodeBase64(std::string_view bytes);
// Standard alphabet; padding may be missing. Nothing if a character is not of it.
std::optional<std::string> DecodeBase64(std::string_view text);

}  // namespace kalends::sim
