// A provider's calendar (SPEC 3.2).
#pragma once

#include <optional>

#include "adapters/telegram/action.h"
#include "date/date.h"

namespace kalends::telegram {

// clang-format off
struct ShowDay {
  std::optional<date::year_month_day> day;  // None: today.
  KALENDS_ACTION("kd", day)
};
struct ShowAgenda { int page = 0; KALENDS_ACTION("kn", page) };
// clang-format on

using CalendarActions = Actions<ShowDay, ShowAgenda>;

}  // namespace kalends::telegram
