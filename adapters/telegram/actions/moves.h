// What a provider does with an open appointment but for its status (SPEC 3.2): another time,
// another place, a reminder.
#pragma once

#include <optional>

#include "adapters/telegram/action.h"
#include "date/date.h"

namespace kalends::telegram {

// Whether the customer is asked before an appointment moves.
enum class AskFirst { kNo, kYes, kMaxValue = kYes };

// clang-format off
struct MoveMonth {
  AppointmentId appointment;
  std::optional<date::year_month> month;  // As in ShowMonth.
  KALENDS_ACTION("va", appointment, month)
};
struct MoveDay {
  AppointmentId appointment;
  date::year_month_day day;
  int page = 0;
  KALENDS_ACTION("vb", appointment, day, page)
};
struct ReviewMove { AppointmentId appointment; Minute start; KALENDS_ACTION("vc", appointment, start) };
struct Move {
  AppointmentId appointment;
  Minute start;
  Nonce nonce;
  KALENDS_ACTION("vd", appointment, start, nonce)
};
// With the reason that the same screen shows, which is in the session.
struct MoveForShownReason {
  AppointmentId appointment;
  Minute start;
  Nonce nonce;
  KALENDS_ACTION("ve", appointment, start, nonce)
};
// For this move and all that follow.
struct SetAskFirst {
  AppointmentId appointment;
  Minute start;
  AskFirst ask;
  Nonce nonce;
  KALENDS_ACTION("vf", appointment, start, ask, nonce)
};
struct AskPlace { AppointmentId appointment; KALENDS_ACTION("vg", appointment) };
// The one that its service names.
struct SetServicePlace { AppointmentId appointment; Nonce nonce; KALENDS_ACTION("vh", appointment, nonce) };
struct ClearPlace { AppointmentId appointment; Nonce nonce; KALENDS_ACTION("vi", appointment, nonce) };
struct RemindNow { AppointmentId appointment; Nonce nonce; KALENDS_ACTION("vj", appointment, nonce) };
// clang-format on

using MovesActions = Actions<MoveMonth, MoveDay, ReviewMove, Move, MoveForShownReason, SetAskFirst,
                             AskPlace, SetServicePlace, ClearPlace, RemindNow>;

}  // namespace kalends::telegram
