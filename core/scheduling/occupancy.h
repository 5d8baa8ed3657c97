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

// Answers for starts that are asked about in ascending order.
class Occupancy {
 public:
  enum class Room {
    kTaken,       // Another hold is in the way, or the group session is full.
    kJoins,       // A seat in a group session that exists already.
    kNewSession,  // Free.
  };

  // `calendar` and `wanted` outlive this. No start before `first_start` will be asked about.
  Occupancy(const Calendar& calendar, const Wanted& wanted, Instant first_start);

  Room At(Instant start);

 private:
  bool IsIgnored(const Hold& hold) const;

  const Calendar& calendar_;
  const Wanted& wanted_;
  bool shares_;
  std::size_t next_;  // Holds before this one end before every hold still to come.
};

// Answers for starts that are asked about in ascending order.
class DailyCap {
 public:
  // For starts in [first_start, last_start]. `calendar` outlives this.
  DailyCap(const Calendar& calendar, const Wanted& wanted, const TimeZone& zone,
           Instant first_start, Instant last_start);

  // Whether the local date of `start` has all the sessions it may have.
  bool ReachedAt(Instant start);

 private:
  date::local_days DateAt(Instant instant);

  std::optional<int> cap_;
  std::vector<OffsetSpan> offsets_;
  std::size_t offset_ = 0;                  // The span that the last instant lay in.
  std::vector<date::local_days> sessions_;  // The date of each session, sorted.
};

}  // namespace kalends::core
