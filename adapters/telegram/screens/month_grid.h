// Months as rows of buttons: the free dates lead on, all others do nothing.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "adapters/telegram/screens/common.h"

namespace kalends::telegram {

inline date::year_month MonthOf(date::year_month_day day) { return day.year() / day.month(); }

// All days of `month` from `first` on.
std::vector<date::year_month_day> DaysOfMonth(date::year_month month, date::year_month_day first);

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
