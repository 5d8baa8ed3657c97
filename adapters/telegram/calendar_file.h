// An appointment as an iCalendar file (RFC 5545).
#pragma once

#include <string>

#include "adapters/telegram/zones.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {

// "Massage · Ada Weiss", or the name alone.
std::string CalendarTitle(const v1::Appointment& appointment, const std::string& other_name);

// One VEVENT in UTC. Its UID is the appointment's, so that importing it again replaces it.
std::string CalendarFile(const v1::Appointment& appointment, const std::string& title, Instant now);

}  // namespace kalends::telegram
