// The Content-Disposition header of a download (RFC 6266).
#pragma once

#include <string>
#include <string_view>

namespace kalends::web {

// "attachment" with the name twice: in ASCII for old programs, and as RFC 8187 has it (UTF-8) where
// it is more than that. Nothing in `file_name` gets out of the header's value, and no path or
// invisible character that would show another name than the file gets.
std::string AttachmentDisposition(std::string_view file_name);

}  // namespace kalends::web
