// What is asked of a CalDAV collection (RFC 4791), and what it answers.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace kalends::busy {

// The body of a REPORT for all entries that touch [start, end). They come with their rules: not
// every server works those out, nor as we do.
std::string CalendarQuery(std::chrono::sys_seconds start, std::chrono::sys_seconds end);

// The calendars of a multistatus, one behind the other; an empty one where there are none. nullopt:
// it is no such answer.
std::optional<std::string> CalendarsOf(const std::string& multistatus);

}  // namespace kalends::busy
