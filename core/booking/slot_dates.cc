#include "core/booking/slot_dates.h"

#include <string>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace kalends::core {

absl::StatusOr<Interval> RangeOf(const DateRange& dates, const TimeZone& zone) {
  if (dates.last < dates.first) return InvalidField("end_date", "must not be before start_date");
  if (dates.last - dates.first >= kSlotRangeMax) {
    return InvalidField("end_date", "must be less than " + std::to_string(kSlotRangeMax.count()) +
                                        " days after start_date");
  }
  return Interval{zone.StartOfDay(dates.first), zone.StartOfDay(dates.last + date::days(1))};
}

// One look-up per clock change.
std::vector<SlotDay> ByDate(std::span<const Instant> starts, const TimeZone& zone) {
  std::vector<SlotDay> days;
  if (starts.empty()) return days;
  const auto spans = zone.OffsetsOver({starts.front(), starts.back() + std::chrono::seconds(1)});
  std::size_t at = 0;
  date::local_seconds next_date = date::local_seconds::min();
  for (std::size_t i = 0; i < starts.size(); ++i) {
    while (at + 1 < spans.size() && spans[at].interval.end <= starts[i]) {
      ++at;
      // The clocks may have gone back to the date before.
      next_date = date::local_seconds::min();
    }
    const date::local_seconds wall((starts[i] + spans[at].offset).time_since_epoch());
    if (wall >= next_date) {
      const date::local_days date = date::floor<date::days>(wall);
      next_date = date + date::days(1);
      if (days.empty() || days.back().date != date) days.push_back({date, i, 0});
    }
    ++days.back().count;
  }
  return days;
}

}  // namespace kalends::core
