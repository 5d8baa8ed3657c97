// When and how customers are reminded of what is agreed (SPEC 4.8).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowReminders { KALENDS_ACTION("eh") };
// So many minutes before the start: reminded of then, or no longer.
struct ToggleReminder { int minutes = 0; Nonce nonce; KALENDS_ACTION("ei", minutes, nonce) };
struct AskReminder { KALENDS_ACTION("ej") };
// How a reminder reads, with the text that is added to it.
struct ShowReminderText { KALENDS_ACTION("ek") };
struct EraseReminderText { Nonce nonce; KALENDS_ACTION("el", nonce) };
// clang-format on

using RemindersActions =
    Actions<ShowReminders, ToggleReminder, AskReminder, ShowReminderText, EraseReminderText>;

}  // namespace kalends::telegram
