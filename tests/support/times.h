// Short ways to write instants and wall times in tests.
#pragma once

#include <date/date.h>

#include <cassert>
#include <sstream>
#include <string>

#include "core/base/time.h"

namespace kalends::core {

template <typename Time>
Time ParseTime(const std::string& text, const char* format) {
  Time time;
  std::istringstream stream(text);
  stream >> date::parse(format, time);
  assert(!stream.fail());
  return time;
}

// "2026-03-29 01:30": UTC.
inline Instant Utc(const std::string& text) { return ParseTime<Instant>(text, "%F %R"); }

// "2026-03-29 01:30": the wall clock of some zone.
inline date::local_seconds Wall(const std::string& text) {
  return ParseTime<date::local_seconds>(text, "%F %R");
}

// "2026-03-29".
inline date::local_days Day(const std::string& text) {
  return ParseTime<date::local_days>(text, "%F");
}

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
