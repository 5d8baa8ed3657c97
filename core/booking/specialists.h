// Several specialists at once: what they offer together, and who of them keeps an appointment.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "core/booking/availability.h"

namespace kalends::core {

// Of those who could keep an appointment, one each.
using Calendars = std::span<const std::shared_ptr<const Calendar>>;

// Who keeps an appointment, and what it takes there.
struct Choice {
  ProviderId specialist;
  Placement placement;
};

// Chooses who keeps an appointment at `start`: of those who can, one at whom it has the length that
// is wanted, or else the shortest; of these the one with the fewest holds, and of those the first.
// Where nobody can, the refusal of the last, as CheckBookable says; SPECIALIST_NOT_OFFERING where
// there is nobody.
absl::StatusOr<Choice> ChooseSpecialist(Calendars calendars, const Wanted& wanted, Instant start,
                                        Instant now);

// What can be booked with any of them.
struct Offered {
  std::vector<Instant> starts;          // Ascending.
  std::vector<Interval> other_lengths;  // Where whoever would be chosen keeps a session of another
                                        // length than is wanted; ascending.
};
Offered OfferedIn(Calendars calendars, const Wanted& wanted, const Interval& range, Instant now);

// As of one calendar (availability.h): up to `count` starts nearest to `wanted_start` with any.
std::vector<Instant> NearestStarts(Calendars calendars, const Wanted& wanted, Instant wanted_start,
                                   int count, Instant now);

// The first bookable start at or after `from` with any; nullopt: none up to the horizon.
std::optional<Instant> FirstStart(Calendars calendars, const Wanted& wanted, Instant from,
                                  Instant now);

}  // namespace kalends::core
