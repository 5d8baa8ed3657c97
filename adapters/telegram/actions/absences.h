// When a specialist is away: vacation, and on a day from then till then (SPEC 3.5).
#pragma once

#include <optional>

#include "adapters/telegram/action.h"
#include "date/date.h"

namespace kalends::telegram {

// Where a dialogue began, and its way back leads.
enum class AwayFrom { kHours, kCalendar, kMaxValue = kCalendar };

// clang-format off
// Without a month: the present one.
struct ShowVacation { std::optional<date::year_month> month; KALENDS_ACTION("wva", month) };
// Its first day is chosen; the last one is asked for.
struct ShowVacationEnd {
  date::year_month_day first;
  std::optional<date::year_month> month;
  AwayFrom began = AwayFrom::kHours;
  KALENDS_ACTION("wvb", first, month, began)
};
struct TakeVacation {
  date::year_month_day first;
  date::year_month_day last;
  Nonce nonce;
  AwayFrom began = AwayFrom::kHours;
  KALENDS_ACTION("wvc", first, last, nonce, began)
};
struct ShowAbsence { KALENDS_ACTION("wvd") };
// Of a day of the calendar: all of it, or from when?
struct BlockDay { date::year_month_day day; KALENDS_ACTION("wvj", day) };
struct PickAbsenceEnd {
  Minute from;
  AwayFrom began = AwayFrom::kHours;
  KALENDS_ACTION("wve", from, began)
};
struct BeAbsent {
  Minute from;
  Minute to;
  Nonce nonce;
  AwayFrom began = AwayFrom::kHours;
  KALENDS_ACTION("wvf", from, to, nonce, began)
};
struct ShowClosures { int page = 0; KALENDS_ACTION("wvg", page) };
struct ShowClosure { ClosureId closure; KALENDS_ACTION("wvh", closure) };
struct DeleteClosure { ClosureId closure; Nonce nonce; KALENDS_ACTION("wvi", closure, nonce) };
// clang-format on

using AbsencesActions = Actions<ShowVacation, ShowVacationEnd, TakeVacation, ShowAbsence, BlockDay,
                                PickAbsenceEnd, BeAbsent, ShowClosures, ShowClosure, DeleteClosure>;

}  // namespace kalends::telegram
