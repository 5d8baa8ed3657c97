// Calendars (iCalendar, RFC 5545) as an export writes them.
#pragma once

#include <cstdint>
#include <string>

namespace kalends::cli {

std::string CalendarHead();
std::string CalendarFoot();

struct CalendarLines {
  std::string uid;
  std::int64_t start = 0;  // Unix seconds, as all of these.
  std::int64_t end = 0;
  std::int64_t stamp = 0;
  std::string summary;
  std::string customer;
  std::string customer_id;
  std::string place;
  std::string status;  // "accepted" and so on.
};
std::string CalendarEntry(const CalendarLines& entry);

}  // namespace kalends::cli
