#include "adapters/telegram/screens/calendar.h"

#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/screens/appointments.h"

namespace kalends::telegram {

Screen DayScreen(const Reader& reader, date::year_month_day day, std::string_view zone,
                 const Page<v1::Appointment>& appointments) {
  const Texts& t = reader.t();
  Screen screen{
      .text = t.Html("calendar.day_title", {{"day", t.formats().Date(day, LinePlace::kAtStart)}}),
      .rows = {}};
  screen.text += ZoneLine(reader, zone);
  if (appointments.items.empty()) screen.text += "\n" + t.Html("calendar.day_none");
  for (const v1::Appointment& appointment : appointments.items) {
    const LocalTime start = ToLocal(zone, InstantOf(appointment.start_time()));
    const LocalTime end = ToLocal(zone, InstantOf(appointment.end_time()));
    const std::string lead =
        std::string(StatusIcon(appointment.status())) + " " + Formats::Span(start, end) + " · ";
    screen.rows.push_back({{ListLabel(lead, appointment, Side::kProvider),
                            Action(ShowAppointment{AppointmentId::Of(appointment.name())})}});
  }
  const date::sys_days here = day;
  screen.rows.push_back({{"◀", Action(ShowDay{here - date::days(1)})},
                         {t.Plain("calendar.day_today"), Action(ShowDay{})},
                         {"▶", Action(ShowDay{here + date::days(1)})}});
  screen.rows.push_back(
      {{t.Plain("calendar.day_agenda"), Action(ShowAgenda{})}, HomeButton(reader)});
  return screen;
}

}  // namespace kalends::telegram
