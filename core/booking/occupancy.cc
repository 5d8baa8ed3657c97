#include "core/booking/occupancy.h"

#include <algorithm>

#include "core/base/limits.h"

namespace kalends::core {
namespace {

using date::days;

// Appointments of the same service with the same start share a session.
struct Session {
  Instant start;
  std::optional<ServiceId> service;

  friend bool operator<(const Session& a, const Session& b) {
    return a.start != b.start ? a.start < b.start : a.service < b.service;
  }
};

bool IsSame(const Session& a, const Session& b) {
  return a.start == b.start && a.service && a.service == b.service;
}

}  // namespace

const Hold* FirstHoldFrom(const std::vector<Hold>& holds, Instant from) {
  return std::lower_bound(holds.data(), holds.data() + holds.size(), from,
                          [](const Hold& hold, Instant value) { return hold.hold.start < value; });
}

Occupancy::Occupancy(const Calendar& calendar, const Wanted& wanted, Instant first_start)
    : wanted_(wanted),
      before_(wanted.rules.buffer_before),
      after_(wanted.rules.duration + wanted.rules.buffer_after),
      next_(FirstHoldFrom(calendar.holds, first_start - before_ - kHoldMax)),
      end_(calendar.holds.data() + calendar.holds.size()) {}

bool Occupancy::FreeButForIgnored(Instant start, Instant from, Instant until) {
  same_until_ = start + std::chrono::seconds{1};
  for (const Hold* hold = next_; hold != end_ && hold->hold.start < until; ++hold) {
    if (hold->hold.end > from && !IsIgnored(*hold, wanted_)) return false;
  }
  return true;
}

DailyCap::DailyCap(int cap, const Calendar& calendar, const Wanted& wanted, const TimeZone& zone,
                   Instant first_start, Instant last_start)
    : cap_(cap) {
  // Sessions that may share a local date with a start: a day to each side, and two to spare for
  // dates that a zone repeats. A start lies at most kHoldMax after its hold's.
  const Interval reach{first_start - days{3}, last_start + days{3}};
  offsets_ = zone.OffsetsOver(reach);
  std::vector<Session> sessions;
  const Hold* const first = FirstHoldFrom(calendar.holds, reach.start - kHoldMax);
  const Hold* const last = FirstHoldFrom(calendar.holds, reach.end);
  sessions.reserve(static_cast<std::size_t>(last - first));
  for (const Hold* hold = first; hold != last; ++hold) {
    const Instant start = hold->interval.start;
    const bool near = start >= reach.start && start < reach.end;
    if (near && !IsIgnored(*hold, wanted)) sessions.push_back({start, hold->service});
  }
  if (!std::is_sorted(sessions.begin(), sessions.end())) {
    std::sort(sessions.begin(), sessions.end());
  }
  sessions.erase(std::unique(sessions.begin(), sessions.end(), IsSame), sessions.end());
  sessions_.reserve(sessions.size());
  for (const Session& session : sessions) sessions_.push_back(DateAt(session.start));
  // Out of order only where a wall clock was set back over midnight.
  if (!std::is_sorted(sessions_.begin(), sessions_.end())) {
    std::sort(sessions_.begin(), sessions_.end());
  }
  offset_ = 0;
}

date::local_days DailyCap::DateAt(Instant instant) {
  while (offsets_[offset_].interval.end <= instant) ++offset_;
  return date::floor<days>(
      date::local_seconds(instant.time_since_epoch() + offsets_[offset_].offset));
}

bool DailyCap::ReachedAt(Instant start) {
  const auto [begin, end] = std::equal_range(sessions_.begin(), sessions_.end(), DateAt(start));
  return end - begin >= cap_;
}

}  // namespace kalends::core
