// Several specialists at once: what they offer together, and who of them keeps an appointment.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "core/booking/appointment.h"
#include "core/booking/availability.h"

namespace kalends::core {

// Of those who could keep an appointment, one each.
using Calendars = std::span<const std::shared_ptr<const Calendar>>;

// Who keeps an appointment, and what it takes there.
struct Choice {
  ProviderId specialist;
  Placement placement;
};

// What a specialist has to do, everywhere they work: for an organization, and on their own.
struct Workload {
  std::chrono::seconds booked{0};     // In the week of the wanted start.
  std::optional<Instant> idle_since;  // The end of what they had last before it; nullopt: nothing.
};
// Asked only where it decides.
using WorkloadOf = std::function<Workload(const Calendar&)>;

// The week, Monday to Sunday by the specialist's clock, in which `start` lies.
Interval WeekOfWork(const Calendar& calendar, Instant start);
// Of when a specialist has appointments, in any order: `week` and what lies before `start` count.
Workload WorkloadFrom(std::span<const Interval> booked, const Interval& week, Instant start);

// How an appointment is placed: where a customer could ask for it (CheckBookable), or where nothing
// else is (CheckFree).
enum class Placing { kOffered, kByHand };

// Chooses who keeps an appointment at `start`: of those who can, one at whom it has the length that
// is wanted, or else the shortest; of these, fairly, the one with the fewest booked hours in that
// week; of equals the one who has been idle for longest, who had nothing before all others; then
// the one with the smallest id. Where nobody can, the refusal of the last; SPECIALIST_NOT_OFFERING
// where there is nobody.
absl::StatusOr<Choice> ChooseSpecialist(Calendars calendars, const Wanted& wanted, Instant start,
                                        Instant now, const WorkloadOf& workload_of,
                                        Placing placing = Placing::kOffered);

// Who of `calendars` takes an agreed appointment over as it is: its start, length and capacity
// stay. Of those who work then and whom nothing else holds, fairly as above. OUTSIDE_OPEN_HOURS,
// SLOT_TAKEN: the refusal of the last; SPECIALIST_NOT_OFFERING where there is nobody.
absl::StatusOr<Choice> ChooseStandIn(Calendars calendars, const Appointment& appointment,
                                     const WorkloadOf& workload_of);

// What can be booked with any of them.
struct Offered {
  std::vector<Instant> starts;          // Ascending.
  std::vector<Interval> other_lengths;  // Where whoever would be chosen keeps a session of another
                                        // length than is wanted; ascending.
  std::vector<int>
      seats;  // Of a group service, for each start: how many are left with all of them.
};
Offered OfferedIn(Calendars calendars, const Wanted& wanted, const Interval& range, Instant now);

// As of one calendar (availability.h): up to `count` starts nearest to `wanted_start` with any.
std::vector<Instant> NearestStarts(Calendars calendars, const Wanted& wanted, Instant wanted_start,
                                   int count, Instant now);

// The first bookable start at or after `from` with any; nullopt: none up to the horizon.
std::optional<Instant> FirstStart(Calendars calendars, const Wanted& wanted, Instant from,
                                  Instant now);

}  // namespace kalends::core
