// Which starts can be booked (SPEC 4.3). Pure: `now` and every fact are arguments. Listing and
// booking ask the same function, so what is listed can be booked and what is not cannot.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "core/base/id.h"
#include "core/base/time.h"
#include "core/catalog/service.h"
#include "core/schedule/schedule.h"

namespace kalends::core {

// What a pending or accepted appointment takes of the specialist's time.
struct Hold {
  AppointmentId appointment;
  Interval hold;                     // With buffers.
  Interval interval;                 // Of the appointment itself.
  std::optional<ServiceId> service;  // Same service and same start share a group session.
  int capacity = 1;                  // Of the session, as it began.
};

// Everything about one specialist that decides availability. A value: shared between threads as
// `shared_ptr<const Calendar>`.
struct Calendar {
  ProviderId specialist;
  std::int64_t version = 0;  // Counts committed changes; see calendars.version in the schema.
  Schedule schedule;
  std::vector<Interval> closures;  // Sorted by start; may overlap.
  std::vector<Interval> openings;  // Sorted by start; may overlap.
  std::vector<Hold> holds;         // Sorted by hold.start; holds of group sessions coincide.
};

// What is to be placed.
struct Wanted {
  std::optional<ServiceId> service;
  BookingRules
      rules;  // Of the service as it now is; of an appointment that is being moved, its own.
  std::optional<AppointmentId> ignore;  // An appointment that is being moved frees its own time.
};

// What an appointment takes.
struct Placement {
  Interval interval;
  Interval hold;
  int capacity = 1;
};

// Returns the open blocks that touch `range`, merged and sorted: (hours + openings) - closures, not
// cut to `range`; only an unbroken block is cut, at the Monday 00:00 UTC of the week before
// range.start and at range.end + kDurationMax. Closures win over openings. An instant is open iff
// the wall clock, read at it in the zone, is inside the hours. Unknown zones cannot occur: the
// schedule was checked when it was stored.
std::vector<Interval> OpenBlocks(const Calendar& calendar, const Interval& range);

// Whether open time holds all of `interval`, without a break.
bool IsOpen(const Calendar& calendar, const Interval& interval);

// When other appointments hold time in `range`: merged, so that nobody can tell one from the next,
// and cut to it.
std::vector<Interval> BusyTimes(const Calendar& calendar, const Interval& range);

// Returns every start in `range` (start in [range.start, range.end)) that can be booked at `now`,
// ascending. Starts lie at origin + k * step, in elapsed time: the origin is the start of the
// block, or, where that is longer ago, the Monday 00:00 UTC of the week before the start. Besides
// them, a group session that has a seat left is offered at its own start: it began on the grid of
// its time, and keeps its length and capacity (group_session.h).
std::vector<Instant> BookableStarts(const Calendar& calendar, const Wanted& wanted,
                                    const Interval& range, Instant now);

// Decides whether `start` can be booked; OK iff it is in BookableStarts. Reports the first refusal:
//   NOTICE_TOO_SHORT, BEYOND_HORIZON, OUTSIDE_OPEN_HOURS, OFF_GRID, SLOT_TAKEN, DAILY_CAP_REACHED.
absl::Status CheckBookable(const Calendar& calendar, const Wanted& wanted, Instant start,
                           Instant now);

// What an appointment takes at a `start` that is free for it: what the group session has that it
// joins, else what its rules say.
Placement PlacementAt(const Calendar& calendar, const Wanted& wanted, Instant start);

// Of `starts`, ascending and bookable, those where an appointment joins a session of another length
// than the rules say: the intervals it takes.
std::vector<Interval> OtherLengths(const Calendar& calendar, const Wanted& wanted,
                                   std::span<const Instant> starts);

// Of `starts`, ascending and bookable: how many seats are left at each, in their order: those of
// the session that is there, else all that the service has.
std::vector<int> SeatsLeft(const Calendar& calendar, const Wanted& wanted,
                           std::span<const Instant> starts);

// Decides whether a provider may place an appointment at `start` by hand: only other holds matter,
// not hours, grid, notice or cap. SLOT_TAKEN.
absl::Status CheckFree(const Calendar& calendar, const Wanted& wanted, Instant start);

// Returns up to `count` bookable starts nearest to `wanted_start` (ties: the earlier first), in
// ascending order, looking at most 14 days to each side.
std::vector<Instant> NearestStarts(const Calendar& calendar, const Wanted& wanted,
                                   Instant wanted_start, int count, Instant now);

// The hold of an appointment at `start`.
Interval HoldOf(const BookingRules& rules, Instant start);

}  // namespace kalends::core
