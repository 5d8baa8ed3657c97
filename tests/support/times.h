// Short ways to write instants and wall times in tests.
#pragma once

#include <date/date.h>

#include <cassert>
#include <chrono>
#include <cstdio>
#include <string>

#include "core/base/time.h"

namespace kalends::core {

// The wall clock that `text` says: "2026-03-29", "2026-03-29 01:30" or "2026-03-29T01:30:00Z".
inline date::local_seconds Wall(const std::string& text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  const int fields = std::sscanf(text.c_str(), "%d-%d-%d%*[ T]%d:%d:%d", &year, &month, &day, &hour,
                                 &minute, &second);
  assert(fields >= 3);
  const date::year_month_day date{date::year{year}, date::month{static_cast<unsigned>(month)},
                                  date::day{static_cast<unsigned>(day)}};
  assert(date.ok());
  return date::local_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
         std::chrono::seconds{second};
}

// The same, in UTC.
inline Instant Utc(const std::string& text) { return Instant{Wall(text).time_since_epoch()}; }

// "2026-03-29".
inline date::local_days Day(const std::string& text) { return date::floor<date::days>(Wall(text)); }

inline Interval UtcInterval(const std::string& start, const std::string& end) {
  return {Utc(start), Utc(end)};
}

// "2026-03-29 01:30", with seconds where there are any.
inline std::string ToText(Instant instant) {
  const bool whole =
      instant.time_since_epoch() % std::chrono::minutes{1} == std::chrono::seconds{0};
  return date::format(whole ? "%F %R" : "%F %T", instant);
}

inline std::string ToText(const Interval& interval) {
  return ToText(interval.start) + " - " + ToText(interval.end);
}

}  // namespace kalends::core
