#include "adapters/telegram/screens/home.h"

#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/screens/appointments.h"

namespace kalends::telegram {

Screen HomeScreen(const Reader& reader, const v1::Appointment* next, Side side) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("home.text"), .rows = {}};
  if (next == nullptr) {
    screen.text += "\n\n" + t.Html("home.none_next");
    screen.rows.push_back({{t.Plain("menu.request"), Action(ShowProviders{})}});
    return screen;
  }
  screen.text += "\n\n" + NextLine(reader, next, side);
  screen.rows.push_back(
      {{t.Plain("home.open_next"), Action(ShowAppointment{AppointmentId::Of(next->name())})}});
  return screen;
}

std::string NextLine(const Reader& reader, const v1::Appointment* next, Side side) {
  if (next == nullptr) return {};
  return reader.t().Html("home.next") + "\n" + Headline(reader, *next, side);
}

Screen AboutScreen(const Reader& reader, const std::string& public_url) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("home.about_text"), .rows = {}};
  if (!public_url.empty())
    screen.rows.push_back({{t.Plain("home.about_website"), Url{public_url + "/"}}});
  screen.rows.push_back({HomeButton(reader)});
  return screen;
}

}  // namespace kalends::telegram
