// What long commands show of themselves.
#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <string_view>

namespace kalends::cli {

// On one line of a terminal; elsewhere a line each would be a log of files.
inline void ShowProgress(std::string_view step) {
  if (isatty(STDERR_FILENO) != 1) return;
  fmt::print(stderr, "\r\x1b[K{} ...", step);
}

inline void EndProgress() {
  if (isatty(STDERR_FILENO) == 1) fmt::print(stderr, "\r\x1b[K");
}

}  // namespace kalends::cli
