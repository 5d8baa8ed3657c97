// A day or a week of a provider's calendar as a picture, for people who see time better than they
// read it (SPEC 3.2). Drawn on nothing but its arguments: the same ones give the same bytes.
#pragma once

#include <string>

#include "adapters/telegram/screens/calendar.h"

namespace kalends::telegram {

// How wide it is; a phone shows it whole, and can be turned for more.
inline constexpr int kCalendarPictureWidth = 1080;

// A PNG. A column for each day of `view`, of one day for each of its people. Where a customer's
// clock shows another time, that stands in brackets.
std::string CalendarPng(const Reader& reader, const CalendarView& view, PictureTheme theme);

}  // namespace kalends::telegram
