// What stands in the way of a start: the holds of other appointments, and the daily cap.
#pragma once

#include <date/date.h>

#include <cstddef>
#include <optional>
#include <vector>

#include "core/base/time.h"
#include "core/scheduling/availability.h"
#include "core/timezone/time_zone.h"

namespace kalends::core {

// Answers for starts that are asked about in ascending order. Inline: it is asked some hundred
// times per listing.
class Occupancy {
 public:
  enum class Room {
    kTaken,       // Another hold is in the way, or the group session is full.
    kJoins,       // A seat in a group session that exists already.
    kNewSession,  // Free.
  };

  // `calendar` and `wanted` outlive this. No start before `first_start` will be asked about.
  Occupancy(const Calendar& calendar, const Wanted& wanted, Instant first_start);

  Room At(Instant start) {
    const Instant from = start - before_;
    const Instant until = start + after_;
    while (next_ != end_ && next_->hold.end <= from) ++next_;
    if (next_ == end_) {
      same_until_ = Instant::max();
      return Room::kNewSession;
    }
    if (next_->hold.start >= until) {
      same_until_ = next_->hold.start - after_ + std::chrono::seconds{1};
      return Room::kNewSession;
    }
    if (holds_differ_) return AmongHolds(start, from, until);
    same_until_ = next_->hold.end + before_;
    return Room::kTaken;
  }

  // Every start from the last one asked about to before this has the same answer.
  Instant same_until() const { return same_until_; }

 private:
  Room AmongHolds(Instant start, Instant from, Instant until);

  const Wanted& wanted_;
  bool holds_differ_;            // Some may be shared or ignored; else each is in the way.
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
