// What working hours, closures and openings may be.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "core/schedule/schedule.h"

namespace kalends::core {

// LIMIT_REACHED: too many weekly hours or special dates. INVALID_FIELD, by the field of the
// contract's Schedule: hours that are no minutes of a day, too many of one date, a date twice, a
// label that is too long, a week A that begins with no Monday, a cap out of its range. Whether the
// zone is known is not asked.
absl::Status CheckSchedule(const Schedule& schedule);

// The same of hours and dates by themselves, by `field` of the request that has them.
absl::Status CheckWeeklyHours(const std::string& field, const std::vector<WeeklyHours>& weekly);
absl::Status CheckSpecialDates(const std::string& field, const std::vector<SpecialDate>& dates);

// INVALID_FIELD: it ends before it starts or lasts longer than kClosureLengthMax; of a closure also
// a label that is too long.
absl::Status CheckClosure(const Closure& closure);
absl::Status CheckOpening(const Opening& opening);

// Whether the specialist has not said yet when they work.
bool IsUnset(const Schedule& schedule);

}  // namespace kalends::core
