#include "core/scheduling/occupancy.h"

#include <algorithm>
#include <tuple>

#include "core/base/limits.h"

namespace kalends::core {
namespace {

using date::days;

std::size_t FirstHoldFrom(const std::vector<Hold>& holds, Instant from) {
  const auto first =
      std::lower_bound(holds.begin(), holds.end(), from,
                       [](const Hold& hold, Instant value) { return hold.hold.start < value; });
  return static_cast<std::size_t>(first - holds.begin());
}

// The appointments that share one session are one: same service, same start.
struct Session {
  Instant start;
  std::optional<ServiceId> service;

  friend bool operator<(const Session& a, const Session& b) {
    return std::tie(a.start, a.service) < std::tie(b.start, b.service);
  }
};

bool IsSame(const Session& a, const Session& b) {
  return a.service && a.start == b.start && a.service == b.service;
}

}  // namespace

Occupancy::Occupancy(const Calendar& calendar, const Wanted& wanted, Instant first_start)
    : calendar_(calendar),
      wanted_(wanted),
      shares_(wanted.service && wanted.rules.capacity > 1),
      next_(FirstHoldFrom(calendar.holds, HoldOf(wanted.rules, first_start).start - kHoldMax)) {}

bool Occupancy::IsIgnored(const Hold& hold) const {
  return wanted_.ignore && *wanted_.ignore == hold.appointment;
}

Occupancy::Room Occupancy::At(Instant start) {
  const std::vector<Hold>& holds = calendar_.holds;
  const Interval wanted = HoldOf(wanted_.rules, start);
  while (next_ < holds.size() && holds[next_].hold.end <= wanted.start) ++next_;
  int seats = 0;
  for (std::size_t i = next_; i < holds.size() && holds[i].hold.start < wanted.end; ++i) {
    const Hold& hold = holds[i];
    if (hold.hold.end <= wanted.start || IsIgnored(hold)) continue;
    if (!shares_ || hold.start != start || hold.service != wanted_.service) return Room::kTaken;
    ++seats;
  }
  if (seats == 0) return Room::kNewSession;
  return seats < wanted_.rules.capacity ? Room::kJoins : Room::kTaken;
}

DailyCap::DailyCap(const Calendar& calendar, const Wanted& wanted, const TimeZone& zone,
                   Instant first_start, Instant last_start)
    : cap_(calendar.schedule.daily_cap) {
  if (!cap_) return;
  // Sessions that may share a local date with a start: a day to each side, and two to spare for
  // dates that a zone repeats. A start lies at most kHoldMax after its hold's.
  const Interval reach{first_start - days{3}, last_start + days{3}};
  offsets_ = zone.OffsetsOver(reach);
  std::vector<Session> sessions;
  const std::vector<Hold>& holds = calendar.holds;
  for (std::size_t i = FirstHoldFrom(holds, reach.start - kHoldMax);
       i < holds.size() && holds[i].hold.start < reach.end; ++i) {
    const bool ignored = wanted.ignore && *wanted.ignore == holds[i].appointment;
    const bool near = holds[i].start >= reach.start && holds[i].start < reach.end;
    if (near && !ignored) sessions.push_back({holds[i].start, holds[i].service});
  }
  std::sort(sessions.begin(), sessions.end());
  sessions.erase(std::unique(sessions.begin(), sessions.end(), IsSame), sessions.end());
  sessions_.reserve(sessions.size());
  for (const Session& session : sessions) sessions_.push_back(DateAt(session.start));
  std::sort(sessions_.begin(), sessions_.end());  // A wall clock set back may repeat a date.
  offset_ = 0;
}

date::local_days DailyCap::DateAt(Instant instant) {
  while (offsets_[offset_].interval.end <= instant) ++offset_;
  return date::floor<days>(
      date::local_seconds(instant.time_since_epoch() + offsets_[offset_].offset));
}

bool DailyCap::ReachedAt(Instant start) {
  if (!cap_) return false;
  const auto [begin, end] = std::equal_range(sessions_.begin(), sessions_.end(), DateAt(start));
  return end - begin >= *cap_;
}

}  // namespace kalends::core
