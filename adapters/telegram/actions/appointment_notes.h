// What a provider notes on an appointment, for no other eyes (SPEC 3.2).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowAppointmentNote { AppointmentId appointment; KALENDS_ACTION("vk", appointment) };
struct EraseAppointmentNote {
  AppointmentId appointment;
  Nonce nonce;
  KALENDS_ACTION("vl", appointment, nonce)
};
// clang-format on

using AppointmentNotesActions = Actions<ShowAppointmentNote, EraseAppointmentNote>;

}  // namespace kalends::telegram
