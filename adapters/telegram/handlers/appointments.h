// Lists and results of appointments, for the handlers of both sides.
#pragma once

#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/screens/appointments.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {

absl::Status ShowAppointmentList(Turn& turn, const std::string& parent,
                                 v1::ListAppointmentsRequest::Filter filter, int number,
                                 AppointmentList list);

// `appointment` as it now is, below the sentence that says what has changed.
void ShowChanged(Turn& turn, const v1::Appointment& appointment, const char* heading_key);

}  // namespace kalends::telegram
