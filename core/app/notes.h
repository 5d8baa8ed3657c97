// Use cases of private notes of providers.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "core/app/booking.h"
#include "core/links/link.h"
#include "core/notes/private_note.h"

namespace kalends::app {

// What is noted on: a customer, or an appointment.
using NoteRef = std::variant<core::LinkKey, AppointmentRef>;

struct NoteView {
  core::PrivateNote note;                    // Opened.
  std::optional<core::ProviderId> provider;  // Whose appointment it is on.
  bool unreadable = false;                   // It is damaged where it is stored; no text.
};
// To the provider, and on an appointment to the specialist concerned. NOT_FOUND, to the customer,
// too.
absl::StatusOr<NoteView> GetPrivateNote(const ReadContext& cx, const NoteRef& ref);
// The same may write it, also over one that is unreadable; an empty text takes it away. STALE_ETAG.
absl::StatusOr<NoteView> UpdatePrivateNote(WriteContext& cx, const NoteRef& ref,
                                           std::string_view text, std::string_view etag);

}  // namespace kalends::app
