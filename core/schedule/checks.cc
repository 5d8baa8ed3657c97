#include "core/schedule/checks.h"

#include <set>
#include <string>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"

namespace kalends::core {
namespace {

absl::Status CheckHours(std::string_view field, const LocalHours& hours) {
  const bool start_ok = hours.start >= Minutes(0) && hours.start < Minutes(24 * 60);
  const bool end_ok = hours.end >= Minutes(0) && hours.end <= Minutes(24 * 60);
  if (start_ok && end_ok) return absl::OkStatus();
  return InvalidField(field, "must start at minute 0 to 1439 and end at minute 0 to 1440");
}

// `field`: where the contract has it.
absl::Status CheckSpecialDate(const std::string& field, const SpecialDate& special) {
  const std::string of_hours = field + ".hours";
  if (special.hours.size() > kHoursPerDateMax) {
    return InvalidField(of_hours, "may be at most " + std::to_string(kHoursPerDateMax));
  }
  RETURN_IF_ERROR(CheckText(field + ".label", special.label, 0, kLabelCharsMax));
  return CheckEach(of_hours, special.hours,
                   [&](const LocalHours& hours) { return CheckHours(of_hours, hours); });
}

absl::Status CheckInterval(const std::string& field, const Interval& interval) {
  if (IsEmpty(interval)) return InvalidField(field, "must be after start_time");
  if (interval.end - interval.start > kClosureLengthMax) {
    return InvalidField(field, "must be at most 1098 days after start_time");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckWeeklyHours(const std::string& field, const std::vector<WeeklyHours>& weekly) {
  return CheckEach(field, weekly, [&](const WeeklyHours& entry) {
    return CheckHours(field + ".hours", entry.hours);
  });
}

absl::Status CheckSpecialDates(const std::string& field, const std::vector<SpecialDate>& dates) {
  std::set<date::local_days> seen;
  return CheckEach(field, dates, [&](const SpecialDate& special) {
    if (seen.insert(special.date).second) return CheckSpecialDate(field, special);
    return InvalidField(field + ".date", "must be there only once");
  });
}

absl::Status CheckSchedule(const Schedule& schedule) {
  if (schedule.weekly.size() > kHoursPerScheduleMax) {
    return LimitReached("weekly_hours", kHoursPerScheduleMax, "There are too many weekly hours.");
  }
  if (schedule.special_dates.size() > kSpecialDatesPerProviderMax) {
    return LimitReached("special_dates", kSpecialDatesPerProviderMax,
                        "There are too many special dates.");
  }
  RETURN_IF_ERROR(CheckWeeklyHours("schedule.weekly_hours", schedule.weekly));
  RETURN_IF_ERROR(CheckSpecialDates("schedule.special_dates", schedule.special_dates));
  if (date::weekday(schedule.week_a_monday) != date::Monday) {
    return InvalidField("schedule.week_a_monday", "must be a Monday");
  }
  if (schedule.daily_cap && (*schedule.daily_cap < 1 || *schedule.daily_cap > kDailyCapMax)) {
    return InvalidField("schedule.daily_cap", "must be 0 to " + std::to_string(kDailyCapMax));
  }
  return absl::OkStatus();
}

absl::Status CheckClosure(const Closure& closure) {
  RETURN_IF_ERROR(CheckInterval("closure.end_time", closure.interval));
  return CheckText("closure.label", closure.label, 0, kLabelCharsMax);
}

absl::Status CheckOpening(const Opening& opening) {
  return CheckInterval("opening.end_time", opening.interval);
}

bool IsUnset(const Schedule& schedule) {
  return schedule.weekly.empty() && schedule.special_dates.empty();
}

}  // namespace kalends::core
