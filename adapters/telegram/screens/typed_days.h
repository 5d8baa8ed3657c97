// What people type of days: a vacation, a day with hours, a holiday with its name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/telegram/screens/schedule.h"
#include "adapters/telegram/zones.h"

namespace kalends::telegram {

// Both inclusive, `first` not after `last`.
struct DayRange {
  date::year_month_day first;
  date::year_month_day last;
  friend bool operator==(const DayRange&, const DayRange&) = default;
};
// "21.12.–3.1.", "vom 21. bis 28. Dezember", "from Dec 21 to Jan 3", "bis Freitag", which begins
// today, or one day alone. The next such days from `now` on, the wall clock of who typed. nullopt:
// not understood.
std::optional<DayRange> ParseDayRange(std::string_view text, std::string_view language,
                                      const LocalTime& now);

struct DayHours {
  date::year_month_day day;
  std::vector<HourSpan> spans;
  friend bool operator==(const DayHours&, const DayHours&) = default;
};
// "12.12. 9–13", "Samstag 10 bis 14 Uhr"; hours alone are those of `shown`. nullopt: not
// understood.
std::optional<DayHours> ParseDayHours(std::string_view text, std::string_view language,
                                      const LocalTime& now, date::year_month_day shown);

struct TypedHoliday {
  date::year_month_day day;
  std::string label;            // May be empty.
  std::vector<HourSpan> spans;  // What is worked all the same; empty: nothing.
  friend bool operator==(const TypedHoliday&, const TypedHoliday&) = default;
};
// "24.12.", "24.12. Heiligabend", "1. Mai", "24.12. 9–12". nullopt: no day is named.
std::optional<TypedHoliday> ParseHoliday(std::string_view text, std::string_view language,
                                         const LocalTime& now);

}  // namespace kalends::telegram
