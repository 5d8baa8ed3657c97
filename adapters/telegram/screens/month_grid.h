// Months as rows of buttons: the free dates lead on, all others do nothing.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "adapters/telegram/screens/common.h"

namespace kalends::telegram {

inline date::year_month MonthOf(date::year_month_day day) { return day.year() / day.month(); }

// A month's last days come with those of the next month: alone they are hardly a choice. Of the
// dates from `from` on, so a grid that is to show `month` begins with FirstShown, and ends with
// LastShown of that.
inline constexpr date::days kDaysOfAChoice{7};
date::year_month FirstShown(date::year_month month, date::year_month_day from,
                            date::days choice = kDaysOfAChoice);
date::year_month LastShown(date::year_month first, date::year_month_day from,
                           date::days choice = kDaysOfAChoice);
// The days of both months, from `from` on.
std::vector<date::year_month_day> DaysOfMonths(date::year_month first, date::year_month last,
                                               date::year_month_day from);

struct MonthGridView {
  date::year_month month;
  date::year_month last_month;             // The same, or one of the next: all are shown.
  std::vector<date::year_month_day> free;  // Ascending; those of other months are left out.
  // What a date and the arrows lead to; no arrow without an action.
  std::function<Action(date::year_month_day)> pick;
  std::optional<Action> previous;
  std::optional<Action> next;
};

// A heading ◀ December 2026 ▶, the weekdays as the language orders them, then the weeks with a free
// date; of months without one only the heading of the first.
void AppendMonthGrid(std::vector<Row>& rows, const Formats& formats, const MonthGridView& view);

}  // namespace kalends::telegram
