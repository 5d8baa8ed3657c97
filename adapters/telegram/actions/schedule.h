// A specialist's weekly hours (SPEC 3.5). `days`: bit 0 Monday to bit 6 Sunday. `from` and `to`:
// minutes after 00:00, up to 24:00.
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowHours { KALENDS_ACTION("wh") };
struct PickWeekdays { int days = 0; InWeeks weeks = InWeeks::kAll; KALENDS_ACTION("wda", days, weeks) };
struct PickFrom { int days = 0; InWeeks weeks = InWeeks::kAll; KALENDS_ACTION("wfa", days, weeks) };
struct PickTo {
  int days = 0;
  InWeeks weeks = InWeeks::kAll;
  int from = 0;
  KALENDS_ACTION("wta", days, weeks, from)
};
struct ReviewHours {
  int days = 0;
  InWeeks weeks = InWeeks::kAll;
  int from = 0;
  int to = 0;
  KALENDS_ACTION("wra", days, weeks, from, to)
};
struct ReplaceHours {
  int days = 0;
  InWeeks weeks = InWeeks::kAll;
  int from = 0;
  int to = 0;
  Nonce nonce;
  KALENDS_ACTION("wsa", days, weeks, from, to, nonce)
};
struct AddHours {
  int days = 0;
  InWeeks weeks = InWeeks::kAll;
  int from = 0;
  int to = 0;
  Nonce nonce;
  KALENDS_ACTION("waa", days, weeks, from, to, nonce)
};
struct ClearHours {
  int days = 0;
  InWeeks weeks = InWeeks::kAll;
  Nonce nonce;
  KALENDS_ACTION("wca", days, weeks, nonce)
};
// The days that are picked get the hours of another one.
struct AskCopy { int days = 0; KALENDS_ACTION("wcb", days) };
struct CopyHours { int days = 0; int weekday = 0; Nonce nonce; KALENDS_ACTION("wcc", days, weekday, nonce) };
// That the present week is the other one of A and B.
struct SwapWeeks { Nonce nonce; KALENDS_ACTION("wcd", nonce) };
struct SetHoursZone { ZoneName zone; KALENDS_ACTION("wz", zone) };
// clang-format on

using ScheduleActions =
    Actions<ShowHours, PickWeekdays, PickFrom, PickTo, ReviewHours, ReplaceHours, AddHours,
            ClearHours, AskCopy, CopyHours, SwapWeeks, SetHoursZone>;

}  // namespace kalends::telegram
