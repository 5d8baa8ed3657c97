// When a specialist works besides the weekly hours (SPEC 3.5). `from` and `to`: minutes after
// 00:00.
#pragma once

#include <optional>

#include "adapters/telegram/action.h"
#include "date/date.h"

namespace kalends::telegram {

// clang-format off
// Without a month: the present one.
struct ShowOpenings { std::optional<date::year_month> month; KALENDS_ACTION("woa", month) };
struct PickOpeningFrom { date::year_month_day day; KALENDS_ACTION("wob", day) };
struct PickOpeningTo { date::year_month_day day; int from = 0; KALENDS_ACTION("woc", day, from) };
struct OpenOnDay {
  date::year_month_day day;
  int from = 0;
  int to = 0;
  Nonce nonce;
  KALENDS_ACTION("wod", day, from, to, nonce)
};
struct ShowOpening { OpeningId opening; KALENDS_ACTION("woe", opening) };
struct DeleteOpening { OpeningId opening; Nonce nonce; KALENDS_ACTION("wof", opening, nonce) };
// clang-format on

using OpeningsActions =
    Actions<ShowOpenings, PickOpeningFrom, PickOpeningTo, OpenOnDay, ShowOpening, DeleteOpening>;

}  // namespace kalends::telegram
