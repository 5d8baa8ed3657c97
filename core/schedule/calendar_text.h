// Calendar files before libical sees them, which trusts what it reads.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace kalends::core {

// INVALID_FIELD, of `calendar`: it is no such file.
absl::Status NoCalendar();

// The lines of a file, each whole. NoCalendar: a zero byte, or a component that ends without having
// begun. LIMIT_REACHED: more than kHolidayFileBytesMax, kHolidayEntriesMax components, or nested
// deeper than kHolidayNestingMax.
absl::StatusOr<std::string> CalendarText(std::string_view bytes);

}  // namespace kalends::core
