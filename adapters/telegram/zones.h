// Instants on people's wall clocks. Zones are IANA names or bare offsets such as `UTC+05:45`.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "date/date.h"

namespace kalends::telegram {

using Instant = std::chrono::sys_seconds;

// A wall clock's reading.
struct LocalTime {
  date::local_seconds time;
  std::chrono::seconds offset{0};  // From UTC.
  bool repeated = false;           // It reads so at another instant, too: clocks go back.

  date::year_month_day day() const { return date::year_month_day(date::floor<date::days>(time)); }
};

// An unknown zone (the core stores none) reads as UTC. New rules count as soon as their files are
// there.
LocalTime ToLocal(std::string_view zone, Instant instant);

// The first instant of `day` in `zone`: midnight, or what follows where the clock skips midnight.
Instant DayStart(std::string_view zone, date::year_month_day day);

// The first instant of `day` at which the clock of `zone` shows `clock`, or what follows where it
// skips that.
Instant AtClock(std::string_view zone, date::year_month_day day, std::chrono::minutes clock);

// Of a zone such as `UTC+05:45` or `UTC`; nullopt: it is none of a bare offset.
std::optional<std::chrono::seconds> BareOffset(std::string_view zone);

// "UTC", "UTC+1", "UTC+5:45".
std::string OffsetText(std::chrono::minutes offset);

}  // namespace kalends::telegram
