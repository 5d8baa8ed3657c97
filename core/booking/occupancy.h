// What stands in the way of a session that begins: the holds of other appointments, and the daily
// cap. Seats in sessions that exist are found elsewhere (group_session.h).
#pragma once

#include <date/date.h>

#include <cstddef>
#include <optional>
#include <vector>

#include "core/base/time.h"
#include "core/booking/availability.h"
#include "core/timezone/time_zone.h"

namespace kalends::core {

// The first of `holds` whose hold starts at `from` or later.
const Hold* FirstHoldFrom(const std::vector<Hold>& holds, Instant from);

inline bool IsIgnored(const Hold& hold, const Wanted& wanted) {
  return wanted.ignore && *wanted.ignore == hold.appointment;
}

// Answers for starts that are asked about in ascending order. Inline: it is asked some hundred
// times per listing.
class Occupancy {
 public:
  // `calendar` and `wanted` outlive this. No start before `first_start` will be asked about.
  Occupancy(const Calendar& calendar, const Wanted& wanted, Instant first_start);

  // Whether no other hold is in the way.
  bool FreeAt(Instant start) {
    const Instant from = start - before_;
    const Instant until = start + after_;
    while (next_ != end_ && next_->hold.end <= from) ++next_;
    if (next_ == end_) {
      same_until_ = Instant::max();
      return true;
    }
    if (next_->hold.start >= until) {
      same_until_ = next_->hold.start - after_ + std::chrono::seconds{1};
      return true;
    }
    if (wanted_.ignore) return FreeButForIgnored(start, from, until);
    same_until_ = next_->hold.end + before_;
    return false;
  }

  // Every start from the last one asked about to before this has the same answer.
  Instant same_until() const { return same_until_; }

 private:
  bool FreeButForIgnored(Instant start, Instant from, Instant until);

  const Wanted& wanted_;
  std::chrono::seconds before_;  // What the hold takes before and after its start.
  std::chrono::seconds after_;
  const Hold* next_;  // Holds before this one end before every hold still to come.
  const Hold* end_;
  Instant same_until_;
};

// Answers for starts that are asked about in ascending order.
class DailyCap {
 public:
  // For starts in [first_start, last_start].
  DailyCap(int cap, const Calendar& calendar, const Wanted& wanted, const TimeZone& zone,
           Instant first_start, Instant last_start);

  // Whether the local date of `start` has all the sessions it may have.
  bool ReachedAt(Instant start);

 private:
  date::local_days DateAt(Instant instant);

  int cap_;
  std::vector<OffsetSpan> offsets_;
  std::size_t offset_ = 0;                  // The span that the last instant lay in.
  std::vector<date::local_days> sessions_;  // The date of each session, sorted.
};

}  // namespace kalends::core
