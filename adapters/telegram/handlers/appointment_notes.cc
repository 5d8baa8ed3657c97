// What a provider notes on an appointment, for no other eyes (SPEC 3.2).
#include "adapters/telegram/screens/appointment_notes.h"

#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "kalends/v1/note_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kPrivateNoteCharsMax = 2000;  // The core's limit.

std::string NoteNameOf(const AppointmentId& appointment) {
  return NameOf(appointment) + "/privateNote";
}

absl::Status WriteNote(Turn& turn, const AppointmentId& id, const std::string& text,
                       const std::string& request_id, const char* heading) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, id));
  v1::UpdatePrivateNoteRequest request;
  request.mutable_private_note()->set_name(NoteNameOf(id));
  request.mutable_private_note()->set_text(text);
  request.mutable_update_mask()->add_paths("text");
  request.set_request_id(request_id);
  KALENDS_ASSIGN_OR_RETURN(const auto note, turn.Call<v1::PrivateNote>(request));
  turn.session().dialogue = TypesAppointmentNote{id.text};
  turn.Show(AppointmentNoteScreen(turn.reader(), appointment, note, turn.texts().Html(heading),
                                  turn.nonce()));
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowAppointmentNote& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  v1::GetPrivateNoteRequest request;
  request.set_name(NoteNameOf(action.appointment));
  KALENDS_ASSIGN_OR_RETURN(const auto note, turn.Call<v1::PrivateNote>(request));
  turn.session().dialogue = TypesAppointmentNote{action.appointment.text};
  turn.Show(AppointmentNoteScreen(turn.reader(), appointment, note, "", turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesAppointmentNote& dialogue, const std::string& text) {
  return WriteNote(turn, AppointmentId{dialogue.appointment}, Shorten(text, kPrivateNoteCharsMax),
                   turn.NextRequestId(), "appointment_notes.kept");
}

absl::Status Handle(Turn& turn, const EraseAppointmentNote& action) {
  return WriteNote(turn, action.appointment, "", turn.RequestIdOf(action, action.nonce),
                   "appointment_notes.erased");
}

Handlers AppointmentNotesHandlers() {
  return HandlersOf<TypesAppointmentNote>(AppointmentNotesActions{});
}

}  // namespace kalends::telegram
