// A calendar feed as the text that calendar programs subscribe to.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "adapters/shared/calendar_writer.h"
#include "kalends/v1/feed_service.pb.h"

namespace kalends::web {

// As the core has it, in the order it has it. What it is depends on nothing else.
Calendar CalendarOf(const v1::FeedCalendar& feed);

// When any of it last changed; nullopt: there is nothing in it.
std::optional<std::chrono::sys_seconds> LastChangeOf(const v1::FeedCalendar& feed);

// "Fri, 01 Jan 2027 10:00:00 GMT", as HTTP has it (RFC 9110, 5.6.7).
std::string HttpDate(std::chrono::sys_seconds instant);

}  // namespace kalends::web
