// Appointments, for both sides (SPEC 2.4, 2.5 and 3.1).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowUpcoming { int page = 0; KALENDS_ACTION("au", page) };
struct ShowPast { int page = 0; KALENDS_ACTION("ap", page) };
struct ShowAppointment { AppointmentId appointment; KALENDS_ACTION("ac", appointment) };
struct ShowMeetingInfo { AppointmentId appointment; KALENDS_ACTION("ai", appointment) };
struct SendCalendarFile { AppointmentId appointment; KALENDS_ACTION("af", appointment) };
// Who else takes part in its group session, for the provider.
struct ShowSessionOf {
  AppointmentId appointment;
  int page = 0;
  KALENDS_ACTION("vm", appointment, page)
};
struct AskCancel { AppointmentId appointment; KALENDS_ACTION("ax", appointment) };
struct Cancel { AppointmentId appointment; Nonce nonce; KALENDS_ACTION("ay", appointment, nonce) };
// With the reason that the same screen shows, which is in the session.
struct CancelForShownReason {
  AppointmentId appointment;
  Nonce nonce;
  KALENDS_ACTION("az", appointment, nonce)
};
struct Complete {
  AppointmentId appointment;
  Nonce nonce;
  KALENDS_ACTION("pc", appointment, nonce)
};
struct MarkMissed {
  AppointmentId appointment;
  Nonce nonce;
  KALENDS_ACTION("pm", appointment, nonce)
};
// clang-format on

using AppointmentsActions =
    Actions<ShowUpcoming, ShowPast, ShowAppointment, ShowMeetingInfo, SendCalendarFile,
            ShowSessionOf, AskCancel, Cancel, CancelForShownReason, Complete, MarkMissed>;

}  // namespace kalends::telegram
