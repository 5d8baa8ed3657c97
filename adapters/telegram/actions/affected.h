// Appointments that lie outside a provider's hours, one after the other (SPEC 3.5): what a
// vacation, a holiday or new hours hit.
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
// `place`: in the list, from 0; what is kept stays in it.
struct ShowAffected { int place = 0; KALENDS_ACTION("wxa", place) };
struct AskCancelAffected {
  AppointmentId appointment;
  int place = 0;
  KALENDS_ACTION("wxb", appointment, place)
};
// For the reason that the same screen shows, if one was typed.
struct CancelAffected {
  AppointmentId appointment;
  int place = 0;
  Nonce nonce;
  KALENDS_ACTION("wxc", appointment, place, nonce)
};
// clang-format on

using AffectedActions = Actions<ShowAffected, AskCancelAffected, CancelAffected>;

}  // namespace kalends::telegram
