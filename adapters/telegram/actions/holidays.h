// A specialist's holidays: single ones, those of every year, and those of a file (SPEC 3.5).
#pragma once

#include "adapters/telegram/action.h"
#include "date/date.h"

namespace kalends::telegram {

enum class Repeats { kOnce, kYearly, kMaxValue = kYearly };
// Entries of a file on which it says that one is free.
enum class FreeDays { kLeaveOut, kTakeIn, kMaxValue = kTakeIn };

// clang-format off
struct ShowHolidays { int page = 0; KALENDS_ACTION("wha", page) };
struct AskHoliday { KALENDS_ACTION("whb") };
// As the same screen shows it, which is in the session.
struct AddHoliday { Repeats repeats; Nonce nonce; KALENDS_ACTION("whc", repeats, nonce) };
// `day` as the schedule has it, also of those that repeat.
struct ShowHoliday { date::year_month_day day; KALENDS_ACTION("whd", day) };
struct SetHolidayRepeats {
  date::year_month_day day;
  Repeats repeats;
  Nonce nonce;
  KALENDS_ACTION("whe", day, repeats, nonce)
};
struct RemoveHoliday { date::year_month_day day; Nonce nonce; KALENDS_ACTION("whf", day, nonce) };
struct AskHolidayFile { KALENDS_ACTION("whg") };
// The file that the same screen has looked into.
struct TakeHolidayFile { FreeDays free; Nonce nonce; KALENDS_ACTION("whi", free, nonce) };
// clang-format on

using HolidaysActions = Actions<ShowHolidays, AskHoliday, AddHoliday, ShowHoliday,
                                SetHolidayRepeats, RemoveHoliday, AskHolidayFile, TakeHolidayFile>;

}  // namespace kalends::telegram
