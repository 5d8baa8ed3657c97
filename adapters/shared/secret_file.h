// Files that an operator put secrets and certificates into, and named by a flag.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace kalends {

// INVALID_ARGUMENT: "--flag: path why".
absl::Status RefusalOfFile(std::string_view flag, const std::string& path, std::string_view why);

// All of the file. INVALID_ARGUMENT, with a sentence that names `flag`: it cannot be read, and why;
// it is empty, or too large to be meant.
absl::StatusOr<std::string> ReadNamedFile(std::string_view flag, const std::string& path);

// The first line of the file without what ends it. INVALID_ARGUMENT also where that is empty.
absl::StatusOr<std::string> ReadSecret(std::string_view flag, const std::string& path);

}  // namespace kalends
