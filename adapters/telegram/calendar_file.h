// An appointment as an iCalendar file (RFC 5545 and 5546).
#pragma once

#include <string>

#include "adapters/telegram/zones.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {

// "Massage · Ada Weiss", or the name alone.
std::string CalendarTitle(const v1::Appointment& appointment, const std::string& other_name);

// One VEVENT in UTC. Its UID is the appointment's and its SEQUENCE rises with every change, so that
// a calendar program takes a later file as news of the same event. An appointment that is still to
// be kept, or was, is published (METHOD:PUBLISH); any other is taken back (METHOD:CANCEL).
std::string CalendarFile(const v1::Appointment& appointment, const std::string& title, Instant now);

// Whether CalendarFile takes the appointment back.
bool IsTakenBack(const v1::Appointment& appointment);

}  // namespace kalends::telegram
