// A provider's answers to requests (SPEC 3.1).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
// One of those that wait, from 0 on; behind the last one the first comes again.
struct ShowRequests { int number = 0; KALENDS_ACTION("pr", number) };
struct Accept { AppointmentId appointment; Nonce nonce; KALENDS_ACTION("pa", appointment, nonce) };
struct AcceptAs {
  AppointmentId appointment;
  ServiceId service;
  Nonce nonce;
  KALENDS_ACTION("pw", appointment, service, nonce)
};
struct AskReject { AppointmentId appointment; KALENDS_ACTION("pj", appointment) };
struct Reject { AppointmentId appointment; Nonce nonce; KALENDS_ACTION("pk", appointment, nonce) };
// With the reason that the same screen shows, which is in the session.
struct RejectForShownReason {
  AppointmentId appointment;
  Nonce nonce;
  KALENDS_ACTION("pl", appointment, nonce)
};
// clang-format on

using RequestsActions =
    Actions<ShowRequests, Accept, AcceptAs, AskReject, Reject, RejectForShownReason>;

}  // namespace kalends::telegram
