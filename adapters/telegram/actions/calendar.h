// A provider's calendar (SPEC 3.2).
#pragma once

#include <optional>

#include "adapters/telegram/action.h"
#include "date/date.h"

namespace kalends::telegram {

// What a picture of the calendar shows, and how.
enum class PictureOf { kDay, kWeek, kMaxValue = kWeek };
enum class PictureTheme { kLight, kDark, kMaxValue = kDark };

// clang-format off
struct ShowDay {
  std::optional<date::year_month_day> day;  // None: today.
  KALENDS_ACTION("kd", day)
};
// The same of one of an organization's specialists.
struct ShowStaffDay {
  ProviderId specialist;
  std::optional<date::year_month_day> day;
  KALENDS_ACTION("ks", specialist, day)
};
struct ShowWeek {
  ProviderId specialist;                    // Of an organization; empty: all there are.
  std::optional<date::year_month_day> day;  // Of the week. None: today.
  KALENDS_ACTION("kw", specialist, day)
};
struct SendCalendarPicture {
  PictureOf of;
  PictureTheme theme;
  ProviderId specialist;  // As in ShowWeek.
  date::year_month_day day;
  KALENDS_ACTION("kp", of, theme, specialist, day)
};
struct ShowAgenda { int page = 0; KALENDS_ACTION("kn", page) };
// clang-format on

using CalendarActions = Actions<ShowDay, ShowStaffDay, ShowWeek, SendCalendarPicture, ShowAgenda>;

}  // namespace kalends::telegram
