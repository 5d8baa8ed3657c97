// Puts single things into a schedule and takes them out. Whether the result may be kept is for
// CheckSchedule to say.
#pragma once

#include <span>

#include "absl/status/status.h"
#include "core/schedule/schedule.h"

namespace kalends::core {

void ClearWeekdays(Schedule& schedule, std::span<const date::weekday> weekdays);
// Hours that are there already stay as they are. All then stand in the order of the week.
void AddWeeklyHours(Schedule& schedule, std::span<const WeeklyHours> added);
// NOT_FOUND, which names the first that is not there.
absl::Status RemoveWeeklyHours(Schedule& schedule, std::span<const WeeklyHours> removed);

// Each in the place of the one of the same date.
void AddSpecialDates(Schedule& schedule, std::span<const SpecialDate> added);
// NOT_FOUND, which names the first that is not there.
absl::Status RemoveSpecialDates(Schedule& schedule, std::span<const date::local_days> removed);

}  // namespace kalends::core
