// Bytes of files from anywhere -> UTF-8.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace kalends::cli {

// `bytes` as UTF-8, without a mark of the byte order. `encoding` is a name that ICU knows, such as
// "windows-1252"; empty: by the mark, else UTF-8 where it is that, else Windows-1252, of which
// Latin-1 is a part. INVALID_ARGUMENT: no such encoding, or what is said to be UTF-8 is not.
absl::StatusOr<std::string> ToUtf8(std::string bytes, const std::string& encoding);

}  // namespace kalends::cli
