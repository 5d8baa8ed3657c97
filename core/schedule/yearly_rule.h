// Yearly rules of calendar files (RFC 5545), asked for one date at a time. Not libical's iterator:
// a rule that never fits (30 February) keeps that busy for a tenth of a second, some for minutes.
#pragma once

#include <date/date.h>

#include <optional>
#include <vector>

namespace kalends::core {

struct YearlyRule {
  // A weekday; `position` counts from the start of the month or year, from its end below 0; 0: all.
  struct Day {
    date::weekday weekday;
    int position = 0;
  };
  date::local_days start;  // The first date it can name; without other parts, its day and month.
  int interval = 1;        // In years, >= 1.
  std::optional<date::local_days> until;  // The last one.
  std::optional<int> count;               // Of dates from the start, with those that are taken out.
  std::vector<unsigned> months;           // 1 to 12; empty: see below.
  std::vector<int> month_days;            // 1 to 31, or from the end -1 to -31.
  std::vector<int> year_days;             // 1 to 366, or from the end.
  std::vector<Day> days;  // In the month where `months` are given, else in the year.
};

// Whether the rule names `date`, `count` aside.
bool Names(const YearlyRule& rule, date::local_days date);
// Of [first, last] those that it names, ascending.
std::vector<date::local_days> DatesIn(const YearlyRule& rule, date::local_days first,
                                      date::local_days last);

}  // namespace kalends::core
