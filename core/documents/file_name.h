// File names and media types as people's devices say them, made safe to show, send and save.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kalends::core {

// What is left of `name` once it is safe anywhere: the part after the last slash or backslash,
// without control characters, marks that turn the direction of text round, and invisible marks that
// hide what a name ends in; what Windows refuses becomes `_`; white space becomes single blanks;
// blanks and dots at its ends go. At most kFileNameCharsMax code points, the extension kept. Never
// empty: `file`. Emoji and every script stay as they are. Bytes that are not UTF-8 become `_`.
std::string CleanFileName(std::string_view name);

// A media type in lower case and without parameters, such as "image/jpeg"; empty text gives
// "application/octet-stream". nullopt: it is none, or longer than kContentTypeBytesMax.
std::optional<std::string> CleanContentType(std::string_view text);

}  // namespace kalends::core
