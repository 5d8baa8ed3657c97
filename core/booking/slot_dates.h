// Slots by the dates that the wall clock of whoever asks shows.
#pragma once

#include <date/date.h>

#include <cstddef>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "core/base/time.h"
#include "core/timezone/time_zone.h"

namespace kalends::core {

struct DateRange {
  date::local_days first;
  date::local_days last;  // Inclusive.
};

// The dates on the time line. INVALID_FIELD: `end_date` lies before `start_date`, or the range is
// kSlotRangeMax or longer.
absl::StatusOr<Interval> RangeOf(const DateRange& dates, const TimeZone& zone);

// The slots of one date: starts[first], starts[first + 1] ... starts[first + count - 1].
struct SlotDay {
  date::local_days date;
  std::size_t first;
  std::size_t count;
};

// Groups ascending starts by their date in `zone`; dates without a start are left out.
std::vector<SlotDay> ByDate(std::span<const Instant> starts, const TimeZone& zone);

}  // namespace kalends::core
