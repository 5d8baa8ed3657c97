// File names and media types as people's devices say them, made safe to show, send and save.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kalends::core {

// What is left of `name` once it is safe anywhere: the part after the last slash or backslash, as
// CleanLine (core/base/text.h) has it; what Windows refuses becomes `_`; blanks and dots at its
// ends go. At most kFileNameCharsMax code points, the extension kept. `file` where it shows
// nothing.
std::string CleanFileName(std::string_view name);

// A media type in lower case and without parameters, such as "image/jpeg"; empty text gives
// "application/octet-stream". nullopt: it is none, or longer than kContentTypeBytesMax.
std::optional<std::string> CleanContentType(std::string_view text);

}  // namespace kalends::core
