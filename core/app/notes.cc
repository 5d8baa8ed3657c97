#include "core/app/notes.h"

#include <fmt/format.h>

#include "core/app/links.h"
#include "core/app/sealed.h"
#include "core/base/error.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "storage/notes.h"

namespace kalends::app {
namespace {

// The note's place, if the caller may see it.
struct NotePlace {
  std::variant<core::LinkKey, core::AppointmentId> of;
  std::optional<core::ProviderId> provider;
};

absl::StatusOr<NotePlace> FindNotePlace(const ReadContext& cx, const core::LinkKey& key) {
  const auto link = FindLinkSide(cx, key);
  if (link.ok() && link->side == core::Side::kProvider) return NotePlace{key, {}};
  // The customer does not learn that there could be one.
  return core::NotFound("providers/*/links/*/privateNote", key.provider, key.customer);
}

absl::StatusOr<NotePlace> FindNotePlace(const ReadContext& cx, const AppointmentRef& ref) {
  const auto appointment = FindVisible(cx, ref);
  if (appointment.ok() && core::ActsAsProvider(*SideOf(cx, *appointment))) {
    return NotePlace{appointment->id, appointment->provider};
  }
  return ref.provider
             ? core::NotFound("providers/*/appointments/*/privateNote", *ref.provider, ref.id)
             : core::NotFound("providers/-/appointments/*/privateNote", ref.id);
}

absl::StatusOr<NotePlace> FindNotePlace(const ReadContext& cx, const NoteRef& ref) {
  return std::visit([&](const auto& of) { return FindNotePlace(cx, of); }, ref);
}

core::PrivateNote NoteAt(storage::Transaction& tx, const NotePlace& place) {
  return std::visit([&](const auto& of) { return storage::FindNote(tx, of); }, place.of);
}

// Where the note is kept, as MasterKeys wants it said.
std::string PrivateNoteRow(const NotePlace& place) {
  if (const auto* link = std::get_if<core::LinkKey>(&place.of)) {
    return fmt::format("link_notes.text/{}/{}", link->provider.value, link->customer.value);
  }
  return fmt::format("appointment_notes.text/{}", std::get<core::AppointmentId>(place.of).value);
}

}  // namespace

absl::StatusOr<NoteView> GetPrivateNote(const ReadContext& cx, const NoteRef& ref) {
  ASSIGN_OR_RETURN(const NotePlace place, FindNotePlace(cx, ref));
  NoteView view{NoteAt(cx.tx, place), place.provider};
  Opened text = OpenSealed(cx, view.note.text, PrivateNoteRow(place));
  view.note.text = std::move(text.text);
  view.unreadable = text.unreadable;
  return view;
}

absl::StatusOr<NoteView> UpdatePrivateNote(WriteContext& cx, const NoteRef& ref,
                                           std::string_view text, std::string_view etag) {
  RETURN_IF_ERROR(core::CheckPrivateNote(text));
  ASSIGN_OR_RETURN(const NotePlace place, FindNotePlace(cx.AsRead(), ref));
  core::PrivateNote note = NoteAt(cx.tx, place);
  RETURN_IF_ERROR(CheckEtag(etag, note.version));
  note.text = text.empty() ? std::string() : cx.master_keys.SealText(text, PrivateNoteRow(place));
  note.written = cx.now;
  ++note.version;
  std::visit([&](const auto& of) { storage::PutNote(cx.tx, of, note); }, place.of);
  note.text = text;
  return NoteView{std::move(note), place.provider};
}

}  // namespace kalends::app
