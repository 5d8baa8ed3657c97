#include "core/schedule/holidays.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/schedule/changes.h"

namespace kalends::core {
namespace {

// The entry that counts on `date`: its own, or a yearly one.
const SpecialDate* EntryFor(const std::vector<SpecialDate>& dates, date::local_days date) {
  const SpecialDate* yearly = nullptr;
  const date::year_month_day wanted(date);
  for (const SpecialDate& one : dates) {
    if (one.date == date) return &one;
    const date::year_month_day ymd(one.date);
    const bool same_day = ymd.month() == wanted.month() && ymd.day() == wanted.day();
    if (one.repeats_yearly && same_day) yearly = &one;
  }
  return yearly;
}

}  // namespace

HolidayChanges ImportHolidays(Schedule& schedule, const std::vector<Holiday>& holidays,
                              const HolidayWindow& window, FreeEntries free) {
  std::map<date::local_days, SpecialDate> wanted;
  for (const Holiday& one : holidays) {
    if (one.is_free && free == FreeEntries::kLeaveOut) continue;
    wanted.insert_or_assign(one.date, SpecialDate{one.date, false, {}, one.label, true});
  }
  HolidayChanges changes;
  std::vector<SpecialDate> there;
  for (SpecialDate& one : schedule.special_dates) {
    const bool in_window = one.date >= window.first && one.date <= window.last;
    if (one.imported && in_window && !wanted.contains(one.date)) {
      changes.removed.push_back(std::move(one));
    } else {
      there.push_back(std::move(one));
    }
  }
  schedule.special_dates = there;
  std::vector<SpecialDate> put;
  for (const auto& [date, special] : wanted) {
    const SpecialDate* const entry = EntryFor(there, date);
    if (entry == nullptr) {
      changes.added.push_back(special);
      put.push_back(special);
    } else if (!entry->imported) {
      changes.kept.push_back(*entry);
    } else if (entry->label == special.label) {
      changes.unchanged.push_back(special);
    } else {
      changes.changed.push_back(special);
      put.push_back(special);
    }
  }
  AddSpecialDates(schedule, put);
  return changes;
}

}  // namespace kalends::core
