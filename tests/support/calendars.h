// Builders of calendars for tests.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/booking/availability.h"
#include "tests/support/times.h"

namespace kalends::core {

// "09:30" or "24:00", from midnight.
inline Minutes ClockTime(const std::string& text) {
  return Minutes{std::stoi(text.substr(0, 2)) * 60 + std::stoi(text.substr(3))};
}

inline LocalHours Hours(const std::string& start, const std::string& end) {
  return {ClockTime(start), ClockTime(end)};
}

inline std::vector<WeeklyHours> EveryDay(const std::vector<LocalHours>& hours) {
  std::vector<WeeklyHours> weekly;
  for (unsigned day = 1; day <= 7; ++day) {
    for (const LocalHours& each : hours) weekly.push_back({date::weekday{day}, each});
  }
  return weekly;
}

inline Calendar CalendarIn(const std::string& zone, std::vector<WeeklyHours> weekly) {
  Calendar calendar;
  calendar.schedule.time_zone = zone;
  calendar.schedule.weekly = std::move(weekly);
  return calendar;
}

// Adds the hold of an appointment as storage would: sorted, its id one more than the last one's.
// Whether there is room is not asked.
inline AppointmentId PutHold(Calendar& calendar, const std::optional<ServiceId>& service,
                             const Placement& placement) {
  const AppointmentId id{static_cast<std::int64_t>(calendar.holds.size()) + 1};
  const Hold hold{id, placement.hold, placement.interval, service, placement.capacity};
  const auto place =
      std::upper_bound(calendar.holds.begin(), calendar.holds.end(), hold,
                       [](const Hold& a, const Hold& b) { return a.hold.start < b.hold.start; });
  calendar.holds.insert(place, hold);
  return id;
}

// The same of what `wanted` takes at `start`, as booking does.
inline AppointmentId AddHold(Calendar& calendar, const Wanted& wanted, Instant start) {
  return PutHold(calendar, wanted.service, PlacementAt(calendar, wanted, start));
}

}  // namespace kalends::core
