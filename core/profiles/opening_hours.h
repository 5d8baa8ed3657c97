// Weekly hours as a public page shows them.
#pragma once

#include <span>
#include <vector>

#include "core/schedule/schedule.h"

namespace kalends::core {

struct OpeningHours {
  date::weekday weekday;
  Minutes start{0};  // After midnight.
  Minutes end{0};    // More than the start; beyond 24:00: on the next day.
  WeekParity weeks = WeekParity::kEvery;

  friend bool operator==(const OpeningHours&, const OpeningHours&) = default;
};

// When at least one of the schedules is open, from Monday on: what overlaps or touches is one.
// Hours that are alike in weeks A and B are those of every week; of schedules whose weeks A do not
// begin with the same Monday nothing is said.
std::vector<OpeningHours> OpeningHoursOf(std::span<const Schedule> schedules);

}  // namespace kalends::core
