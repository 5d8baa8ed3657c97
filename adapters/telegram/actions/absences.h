// When a specialist is away: vacation, and today from then till then (SPEC 3.5).
#pragma once

#include <optional>

#include "adapters/telegram/action.h"
#include "date/date.h"

namespace kalends::telegram {

// clang-format off
// Without a month: the present one.
struct ShowVacation { std::optional<date::year_month> month; KALENDS_ACTION("wva", month) };
// Its first day is chosen; the last one is asked for.
struct ShowVacationEnd {
  date::year_month_day first;
  std::optional<date::year_month> month;
  KALENDS_ACTION("wvb", first, month)
};
struct TakeVacation {
  date::year_month_day first;
  date::year_month_day last;
  Nonce nonce;
  KALENDS_ACTION("wvc", first, last, nonce)
};
struct ShowAbsence { KALENDS_ACTION("wvd") };
struct PickAbsenceEnd { Minute from; KALENDS_ACTION("wve", from) };
struct BeAbsent { Minute from; Minute to; Nonce nonce; KALENDS_ACTION("wvf", from, to, nonce) };
struct ShowClosures { int page = 0; KALENDS_ACTION("wvg", page) };
struct ShowClosure { ClosureId closure; KALENDS_ACTION("wvh", closure) };
struct DeleteClosure { ClosureId closure; Nonce nonce; KALENDS_ACTION("wvi", closure, nonce) };
// clang-format on

using AbsencesActions = Actions<ShowVacation, ShowVacationEnd, TakeVacation, ShowAbsence,
                                PickAbsenceEnd, BeAbsent, ShowClosures, ShowClosure, DeleteClosure>;

}  // namespace kalends::telegram
