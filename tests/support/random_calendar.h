// Calendars and wishes at random, around the clock changes that hurt most.
#pragma once

#include <random>

#include "core/booking/availability.h"

namespace kalends::core {

struct RandomCase {
  Calendar calendar;  // Without holds.
  Wanted wanted;
  Interval range;  // A few days around a clock change of the calendar's zone.
  Instant now;
};

RandomCase MakeRandomCase(std::mt19937_64& random);

}  // namespace kalends::core
