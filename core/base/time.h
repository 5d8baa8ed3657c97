// Points and spans of time. Instants are UTC; wall-clock time is `date::local_seconds` and travels
// with a zone name. Intervals are half-open, [start, end).
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>

namespace kalends::core {

// A second of UTC. Leap seconds are not counted, as in Unix time.
using Instant = std::chrono::sys_seconds;

// Tells the present. Only a `main.cc` makes one from the real clock; tests pass a fake.
using Clock = std::function<Instant()>;

// Time that has passed by a clock that nobody sets, and that goes on while the machine sleeps; only
// differences say anything.
using Ticks = std::chrono::nanoseconds;
using MonotonicClock = std::function<Ticks()>;

using Minutes = std::chrono::minutes;

inline Instant FromUnixSeconds(std::int64_t seconds) {
  return Instant(std::chrono::seconds(seconds));
}
inline std::int64_t ToUnixSeconds(Instant instant) { return instant.time_since_epoch().count(); }

// [start, end). Empty when end <= start.
struct Interval {
  Instant start;
  Instant end;

  friend bool operator==(const Interval&, const Interval&) = default;
};

inline bool IsEmpty(const Interval& interval) { return interval.end <= interval.start; }

// Touching intervals do not overlap.
inline bool Overlaps(const Interval& a, const Interval& b) {
  return a.start < b.end && b.start < a.end;
}

inline bool Contains(const Interval& outer, const Interval& inner) {
  return outer.start <= inner.start && inner.end <= outer.end;
}

inline Interval Intersection(const Interval& a, const Interval& b) {
  return {std::max(a.start, b.start), std::min(a.end, b.end)};
}

}  // namespace kalends::core
