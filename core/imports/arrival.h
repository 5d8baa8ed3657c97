// What becomes of an appointment that was agreed on in another program, and is brought in. Nothing
// is told to anybody for it, so nothing may be left that the system would settle, and tell of,
// next.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "core/booking/appointment.h"

namespace kalends::core {

// An id that another program has for what is brought in. INVALID_FIELD, of `external_id`: not 1 to
// kExternalIdBytesMax printable ASCII characters without blanks.
absl::Status CheckExternalId(std::string_view id);

// When it is: INVALID_FIELD, of `end_time`, where it does not end after it starts, lasts no whole
// minutes, or longer than kDurationMax. Unlike a service's, it may be shorter than kDurationMin.
absl::Status CheckImportedTime(const Interval& interval);

// What an appointment that was `status` there is here at `now`. What the status machine would bring
// about by itself is settled at once: a request whose start has come is REJECTED, and what was
// accepted and has ended COMPLETED. NOT_STARTED: completed or missed before its start.
absl::StatusOr<AppointmentStatus> StatusOnArrival(AppointmentStatus status,
                                                  const Interval& interval, Instant now);

// How the history of one that arrives in `status` begins: as a request, or accepted, as what a
// provider booked is. Where it is not `status` itself, that follows.
AppointmentStatus FirstStatusOf(AppointmentStatus status);

}  // namespace kalends::core
