// An organization's staff (SPEC 3.11).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// What becomes of what somebody who goes still has to keep.
enum class Leftovers { kHandOn, kCancel, kMaxValue = kCancel };

// clang-format off
struct ShowStaff { int page = 0; KALENDS_ACTION("tm", page) };
struct ShowColleague { ProviderId specialist; KALENDS_ACTION("tk", specialist) };
struct ShowColleagueServices {
  ProviderId specialist;
  int page = 0;
  KALENDS_ACTION("tv", specialist, page)
};
// Offers the service by them, or no longer.
struct ToggleOffer {
  ProviderId specialist;
  ServiceId service;
  int page = 0;
  Nonce nonce;
  KALENDS_ACTION("tw", specialist, service, page, nonce)
};
struct AskRemoveColleague { ProviderId specialist; KALENDS_ACTION("tx", specialist) };
struct RemoveColleague {
  ProviderId specialist;
  Leftovers leftovers;
  Nonce nonce;
  KALENDS_ACTION("ty", specialist, leftovers, nonce)
};
// Who else could keep the appointment?
struct AskTakeOver { AppointmentId appointment; KALENDS_ACTION("tna", appointment) };
struct TakeOver {
  AppointmentId appointment;
  ProviderId specialist;
  Nonce nonce;
  KALENDS_ACTION("tnb", appointment, specialist, nonce)
};
// clang-format on

using TeamActions = Actions<ShowStaff, ShowColleague, ShowColleagueServices, ToggleOffer,
                            AskRemoveColleague, RemoveColleague, AskTakeOver, TakeOver>;

}  // namespace kalends::telegram
