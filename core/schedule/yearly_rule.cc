#include "core/schedule/yearly_rule.h"

#include <algorithm>

namespace kalends::core {
namespace {

using date::days;

template <typename T>
bool HasOf(const std::vector<T>& list, T one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

// Where `date` lies in [first, last], from the start and from the end.
struct Place {
  int from_start;
  int from_end;
};
Place PlaceIn(date::local_days date, date::local_days first, date::local_days last) {
  return {static_cast<int>((date - first).count()) + 1,
          -static_cast<int>((last - date).count()) - 1};
}

bool FitsDay(const YearlyRule::Day& day, date::local_days date, date::local_days first,
             date::local_days last) {
  if (date::weekday(date) != day.weekday) return false;
  if (day.position == 0) return true;
  if (day.position > 0) return (date - first).count() / 7 + 1 == day.position;
  return (last - date).count() / 7 + 1 == -day.position;
}

bool HasParts(const YearlyRule& rule) {
  return !rule.months.empty() || !rule.month_days.empty() || !rule.year_days.empty() ||
         !rule.days.empty();
}

bool FitsParts(const YearlyRule& rule, date::local_days date, const date::year_month_day& ymd) {
  const date::local_days month_first{ymd.year() / ymd.month() / 1};
  const date::local_days month_last{ymd.year() / ymd.month() / date::last};
  const date::local_days year_first{ymd.year() / date::January / 1};
  const date::local_days year_last{ymd.year() / date::December / 31};
  if (!rule.months.empty() && !HasOf(rule.months, static_cast<unsigned>(ymd.month()))) return false;
  if (!rule.month_days.empty()) {
    const Place place = PlaceIn(date, month_first, month_last);
    if (!HasOf(rule.month_days, place.from_start) && !HasOf(rule.month_days, place.from_end)) {
      return false;
    }
  }
  if (!rule.year_days.empty()) {
    const Place place = PlaceIn(date, year_first, year_last);
    if (!HasOf(rule.year_days, place.from_start) && !HasOf(rule.year_days, place.from_end)) {
      return false;
    }
  }
  if (!rule.days.empty()) {
    const bool in_month = !rule.months.empty();
    return std::any_of(rule.days.begin(), rule.days.end(), [&](const YearlyRule::Day& day) {
      return FitsDay(day, date, in_month ? month_first : year_first,
                     in_month ? month_last : year_last);
    });
  }
  // Months alone: on the start's day in each.
  const date::year_month_day start(rule.start);
  return !rule.month_days.empty() || !rule.year_days.empty() || ymd.day() == start.day();
}

}  // namespace

bool Names(const YearlyRule& rule, date::local_days date) {
  if (date < rule.start || (rule.until && date > *rule.until)) return false;
  const date::year_month_day ymd(date), start(rule.start);
  if ((ymd.year() - start.year()).count() % rule.interval != 0) return false;
  if (HasParts(rule)) return FitsParts(rule, date, ymd);
  return ymd.month() == start.month() && ymd.day() == start.day();
}

std::vector<date::local_days> DatesIn(const YearlyRule& rule, date::local_days first,
                                      date::local_days last) {
  std::vector<date::local_days> dates;
  int named = 0;
  // Only what is counted has to be gone through from its start.
  for (auto date = rule.count ? rule.start : std::max(first, rule.start); date <= last;
       date += days(1)) {
    if (!Names(rule, date)) continue;
    if (rule.count && ++named > *rule.count) break;
    if (date >= first) dates.push_back(date);
  }
  return dates;
}

}  // namespace kalends::core
