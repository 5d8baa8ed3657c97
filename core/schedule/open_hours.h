// The wall-clock part of availability: weekly hours and special dates, laid on the time line.
#pragma once

#include <span>
#include <vector>

#include "core/base/time.h"
#include "core/schedule/schedule.h"
#include "core/timezone/time_zone.h"

namespace kalends::core {

// `offsets` given to HoursOver begin at least this much before the window, so that a date which the
// zone skipped just before it is seen.
inline constexpr std::chrono::days kOffsetsBefore{3};

// Returns when the wall clock is inside the hours, within `window`: merged, sorted, cut to it.
// `offsets` are those of the schedule's zone over [window.start - kOffsetsBefore, window.end).
std::vector<Interval> HoursOver(const Schedule& schedule, std::span<const OffsetSpan> offsets,
                                const Interval& window);

// Appends `next`, which starts no earlier than the last of `blocks`; overlapping and touching ones
// become one, empty ones vanish.
inline void AppendMerged(std::vector<Interval>& blocks, const Interval& next) {
  if (IsEmpty(next)) return;
  if (!blocks.empty() && next.start <= blocks.back().end) {
    blocks.back().end = std::max(blocks.back().end, next.end);
  } else {
    blocks.push_back(next);
  }
}

}  // namespace kalends::core
