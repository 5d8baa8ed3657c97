// Lists and results of appointments, for the handlers of both sides.
#pragma once

#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/screens/appointments.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {

absl::Status ShowAppointmentList(Turn& turn, const std::string& parent,
                                 v1::ListAppointmentsRequest::Filter filter, int number,
                                 AppointmentList list);

// What is said above an appointment whose button comes too late.
inline constexpr char kMovedOn[] = "appointments.moved_on";

// The appointment as it now is, below the sentence that says what has changed: `before` was read,
// then the core gave `answer`, the first one again if it was asked the same before.
void ShowChanged(Turn& turn, const v1::Appointment& before, const v1::Appointment& answer,
                 const char* heading_key);
// `appointment` below `heading`, HTML.
void ShowAsItIs(Turn& turn, const v1::Appointment& appointment, const std::string& heading);
// Shows how it stands unless the reader may do `action`. Whether it did.
bool ShowUnless(Turn& turn, const v1::Appointment& appointment, v1::Appointment::Action action);

}  // namespace kalends::telegram
