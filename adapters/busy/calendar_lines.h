// Calendar files before libical sees them, which trusts what it reads.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace kalends::busy {

inline constexpr std::size_t kFileBytesMax = 16U << 20;  // Unpacked; years of a busy calendar.
inline constexpr int kEntriesMax = 50'000;
inline constexpr std::size_t kNestingMax = 5;
inline constexpr std::size_t kLineBytesMax = 64U << 10;  // Unfolded; some thousand exceptions.

// The lines of `bytes` that tell when somebody is busy, each whole: no titles, guests, places,
// alarms or tasks come any further. INVALID_ARGUMENT: it is no calendar. OUT_OF_RANGE: larger, of
// more entries or nested deeper than above.
absl::StatusOr<std::string> BusyLines(std::string_view bytes);

}  // namespace kalends::busy
