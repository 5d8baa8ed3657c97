// A provider's calendar (SPEC 3.2).
#pragma once

#include <string>
#include <vector>

#include "adapters/telegram/actions/calendar.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {

// Half-open.
struct TimeSpan {
  Instant start;
  Instant end;
};
struct ClosedTime {
  TimeSpan span;
  std::string label;  // Empty: nobody said why.
};

// What one specialist has in the days of a calendar. All by their starts.
struct Workload {
  ProviderId specialist;                      // Of an organization; empty: the reader.
  std::string name;                           // The same.
  std::vector<v1::Appointment> appointments;  // What takes place, or may; not what came to nothing.
  std::vector<TimeSpan> open;                 // Working time, without closures.
  std::vector<TimeSpan> free;                 // Of that, what nothing holds, from now on.
  std::vector<ClosedTime> closed;
};

struct CalendarView {
  date::year_month_day first;
  int days = 1;
  std::string zone;       // Of the dates and clocks.
  ProviderId specialist;  // Whose alone it is, of an organization; empty: of all there are.
  std::vector<Workload> people;
};

// What of `work` lies in `day`.
Workload PartOf(const Workload& work, date::year_month_day day, std::string_view zone);
// `open` without `busy`, from `now` on, where it is long enough for anybody. All ascending.
std::vector<TimeSpan> FreeIn(const std::vector<TimeSpan>& open, const std::vector<TimeSpan>& busy,
                             Instant now);
// The first day of the week of `day`, as the language has it.
date::year_month_day WeekStart(const Reader& reader, date::year_month_day day);

// A day: what there is and what is free, in one line for each specialist.
Screen DayScreen(const Reader& reader, const CalendarView& view);
// A week: a line and a button for each day.
Screen WeekScreen(const Reader& reader, const CalendarView& view);
// Below a picture: the same in the other colours.
Screen PictureCaption(const Reader& reader, const CalendarView& view, PictureTheme theme);

}  // namespace kalends::telegram
