// Calendar files before libical sees them, which trusts what it reads.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/base/limits.h"

namespace kalends::core {

// INVALID_FIELD, of `calendar`: it is no such file.
absl::Status NoCalendar();

// How large a file may be; without more said, one of public holidays.
struct CalendarLimits {
  std::size_t bytes = kHolidayFileBytesMax;
  int components = kHolidayEntriesMax;
  std::size_t nesting = kHolidayNestingMax;
};

// The lines of a file, each whole. NoCalendar: a zero byte, or a component that ends without having
// begun. LIMIT_REACHED: larger than `limits`.
absl::StatusOr<std::string> CalendarText(std::string_view bytes, const CalendarLimits& limits = {});

}  // namespace kalends::core
