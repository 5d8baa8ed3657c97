// When a specialist works: wall-clock rules, and what cuts or extends them on the time line.
#pragma once

#include <date/date.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.h"
#include "core/base/time.h"

namespace kalends::core {

// Wall-clock minutes of a day: start in [0, 1440), end in (0, 1440] where 1440 is 24:00. An end at
// or before the start means the next day: 22:00-02:00, and 00:00-00:00 is a whole day.
struct LocalHours {
  Minutes start{0};
  Minutes end{0};

  friend bool operator==(const LocalHours&, const LocalHours&) = default;
};

enum class WeekParity { kEvery, kA, kB };

struct WeeklyHours {
  date::weekday weekday;
  LocalHours hours;
  WeekParity parity = WeekParity::kEvery;

  friend bool operator==(const WeeklyHours&, const WeeklyHours&) = default;
};

// The hours of one date in place of the weekly ones; none means a holiday. Replaces also what the
// weekly hours of the evening before would spill into the date. Its own hours may spill into the
// next date, even into a special one. A date's own entry wins over a yearly one; equals add up.
struct SpecialDate {
  date::local_days date;
  bool repeats_yearly = false;  // February 29: in leap years only.
  std::vector<LocalHours> hours;
  std::string label;
  bool imported = false;  // From a file, and not edited since: the next import may change it.

  friend bool operator==(const SpecialDate&, const SpecialDate&) = default;
};

// The Monday that starts a week A; the weeks alternate from there in both directions.
inline constexpr date::local_days kDefaultWeekAMonday{
    date::local_days(date::days(19723))};  // 2024-01-01.

struct Schedule {
  std::string time_zone = "UTC";  // IANA name or "UTC+05:45".
  date::local_days week_a_monday = kDefaultWeekAMonday;
  std::vector<WeeklyHours> weekly;
  std::vector<SpecialDate> special_dates;
  std::optional<int> daily_cap;  // Sessions per date in `time_zone`; a group session is one.

  friend bool operator==(const Schedule&, const Schedule&) = default;
};

// An interval in which the specialist is not bookable. Closures win over everything.
struct Closure {
  ClosureId id;
  Interval interval;
  std::string label;
};

// Extra bookable time, whatever the weekly hours or special dates say.
struct Opening {
  OpeningId id;
  Interval interval;
};

}  // namespace kalends::core
