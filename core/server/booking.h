// Appointments and their messages.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/app/booking.h"
#include "core/server/listing.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::server {

// "providers/{provider}/appointments/{appointment}".
std::string AppointmentName(core::ProviderId provider, core::AppointmentId id);
// The same; the provider may be "-".
absl::StatusOr<app::AppointmentRef> DecodeAppointmentRef(std::string_view name,
                                                         std::string_view field = "name");

v1::Appointment::Status EncodeStatus(core::AppointmentStatus status);
v1::Appointment::Actor EncodeActor(core::Actor actor);
void Encode(const app::AppointmentView& view, v1::Appointment* message);

// What `input` asks for, by its filter's order; its cursor and limit are not looked at.
using AppointmentListing =
    Listing<app::AppointmentView, storage::AppointmentCursor, v1::Appointment>;
AppointmentListing AppointmentsOf(app::ListInput input);
// All of one side, with their history, by their start.
AppointmentListing AppointmentsWithHistoryOf(storage::Whose whose);

}  // namespace kalends::server
