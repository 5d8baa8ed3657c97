#include "core/schedule/changes.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "core/base/error.h"

namespace kalends::core {
namespace {

bool Holds(std::span<const WeeklyHours> hours, const WeeklyHours& wanted) {
  return std::find(hours.begin(), hours.end(), wanted) != hours.end();
}

bool Earlier(const WeeklyHours& a, const WeeklyHours& b) {
  return std::pair(a.weekday.iso_encoding(), a.hours.start) <
         std::pair(b.weekday.iso_encoding(), b.hours.start);
}

}  // namespace

void ClearWeekdays(Schedule& schedule, std::span<const date::weekday> weekdays) {
  std::erase_if(schedule.weekly, [&](const WeeklyHours& hours) {
    return std::find(weekdays.begin(), weekdays.end(), hours.weekday) != weekdays.end();
  });
}

void AddWeeklyHours(Schedule& schedule, std::span<const WeeklyHours> added) {
  for (const WeeklyHours& hours : added) {
    if (!Holds(schedule.weekly, hours)) schedule.weekly.push_back(hours);
  }
  std::stable_sort(schedule.weekly.begin(), schedule.weekly.end(), Earlier);
}

absl::Status RemoveWeeklyHours(Schedule& schedule, std::span<const WeeklyHours> removed) {
  for (std::size_t i = 0; i < removed.size(); ++i) {
    if (Holds(schedule.weekly, removed[i])) continue;
    return Error(Reason::kNotFound,
                 "The schedule has no hours like removed[" + std::to_string(i) + "].");
  }
  std::erase_if(schedule.weekly, [&](const WeeklyHours& hours) { return Holds(removed, hours); });
  return absl::OkStatus();
}

void AddSpecialDates(Schedule& schedule, std::span<const SpecialDate> added) {
  std::map<date::local_days, SpecialDate> dates;
  for (SpecialDate& special : schedule.special_dates) {
    dates.insert_or_assign(special.date, std::move(special));
  }
  for (const SpecialDate& special : added) dates.insert_or_assign(special.date, special);
  schedule.special_dates.clear();
  for (auto& [date, special] : dates) schedule.special_dates.push_back(std::move(special));
}

absl::Status RemoveSpecialDates(Schedule& schedule, std::span<const date::local_days> removed) {
  std::set<date::local_days> there;
  for (const SpecialDate& special : schedule.special_dates) there.insert(special.date);
  const std::set<date::local_days> going(removed.begin(), removed.end());
  for (const date::local_days date : removed) {
    if (there.contains(date)) continue;
    return Error(Reason::kNotFound,
                 "The schedule has no special date of " + date::format("%F", date) + ".");
  }
  std::erase_if(schedule.special_dates,
                [&](const SpecialDate& special) { return going.contains(special.date); });
  return absl::OkStatus();
}

}  // namespace kalends::core
