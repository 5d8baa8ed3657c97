#include "adapters/telegram/screens/appointment_notes.h"

#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/screens/appointments.h"

namespace kalends::telegram {

Screen AppointmentNoteScreen(const Reader& reader, const v1::Appointment& appointment,
                             const v1::PrivateNote& note, const std::string& heading, Nonce nonce) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  Screen screen{.text = (heading.empty() ? "" : heading + "\n\n") +
                        t.Html("appointment_notes.title",
                               {{"name", OtherName(appointment, Side::kProvider)},
                                {"when", ShortWhen(reader, InstantOf(appointment.start_time()),
                                                   appointment.provider_time_zone())}}),
                .rows = {},
                .shows = ShownOf(appointment)};
  if (IsUnreadable(note, "text")) {
    screen.text += "\n" + t.Html("unreadable.note");
  } else if (!note.text().empty()) {
    screen.text += "\n" + t.Html("appointment_notes.text", {{"note", note.text()}});
  }
  screen.text +=
      "\n\n" + t.Html(note.text().empty() ? "appointment_notes.ask" : "appointment_notes.ask_anew");
  Row row;
  if (!note.text().empty()) {
    row.push_back({t.Plain("appointment_notes.erase"), Action(EraseAppointmentNote{id, nonce}),
                   Style::kDanger});
  }
  row.push_back(BackButton(reader, ShowAppointment{id}));
  screen.rows.push_back(std::move(row));
  return screen;
}

}  // namespace kalends::telegram
