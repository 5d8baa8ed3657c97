// Calendars of elsewhere whose busy times close a specialist's own.
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

enum class AllDay { kCloses, kFree, kMaxValue = kFree };

// clang-format off
struct ShowBusyCalendars { KALENDS_ACTION("wka") };
struct AskBusyAddress { KALENDS_ACTION("wkb") };
struct ShowBusyCalendar { BusyCalendarId calendar; KALENDS_ACTION("wkc", calendar) };
struct FetchBusyCalendar {
  BusyCalendarId calendar;
  Nonce nonce;
  KALENDS_ACTION("wkd", calendar, nonce)
};
struct SetBusyAllDay {
  BusyCalendarId calendar;
  AllDay all_day = AllDay::kCloses;
  Nonce nonce;
  KALENDS_ACTION("wke", calendar, all_day, nonce)
};
struct RemoveBusyCalendar {
  BusyCalendarId calendar;
  Nonce nonce;
  KALENDS_ACTION("wkf", calendar, nonce)
};
// clang-format on

using BusyActions = Actions<ShowBusyCalendars, AskBusyAddress, ShowBusyCalendar, FetchBusyCalendar,
                            SetBusyAllDay, RemoveBusyCalendar>;

}  // namespace kalends::telegram
