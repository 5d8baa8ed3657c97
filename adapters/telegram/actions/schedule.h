// A specialist's working hours (SPEC 3.5). `days`: bit 0 Monday to bit 6 Sunday. `from` and `to`:
// minutes after 00:00, up to 24:00.
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowHours { KALENDS_ACTION("wh") };
struct PickWeekdays { int days = 0; KALENDS_ACTION("wd", days) };
struct PickFrom { int days = 0; KALENDS_ACTION("wf", days) };
struct PickTo { int days = 0; int from = 0; KALENDS_ACTION("wt", days, from) };
struct ReviewHours { int days = 0; int from = 0; int to = 0; KALENDS_ACTION("wr", days, from, to) };
struct ReplaceHours {
  int days = 0;
  int from = 0;
  int to = 0;
  Nonce nonce;
  KALENDS_ACTION("ws", days, from, to, nonce)
};
struct AddHours {
  int days = 0;
  int from = 0;
  int to = 0;
  Nonce nonce;
  KALENDS_ACTION("wa", days, from, to, nonce)
};
struct ClearHours { int days = 0; Nonce nonce; KALENDS_ACTION("wc", days, nonce) };
struct SetHoursZone { ZoneName zone; KALENDS_ACTION("wz", zone) };
// clang-format on

using ScheduleActions = Actions<ShowHours, PickWeekdays, PickFrom, PickTo, ReviewHours,
                                ReplaceHours, AddHours, ClearHours, SetHoursZone>;

}  // namespace kalends::telegram
