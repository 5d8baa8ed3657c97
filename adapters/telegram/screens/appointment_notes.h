// What a provider notes on an appointment, for no other eyes (SPEC 3.2).
#pragma once

#include "adapters/telegram/actions/appointment_notes.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/note_service.pb.h"

namespace kalends::telegram {

// What is noted so far, to be written anew. `heading`: HTML; may be empty.
Screen AppointmentNoteScreen(const Reader& reader, const v1::Appointment& appointment,
                             const v1::PrivateNote& note, const std::string& heading, Nonce nonce);

}  // namespace kalends::telegram
