#include "adapters/telegram/screens/home.h"

#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/actions/calendar.h"
#include "adapters/telegram/actions/privacy.h"
#include "adapters/telegram/actions/requests.h"
#include "adapters/telegram/actions/support.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/providers.h"

namespace kalends::telegram {

namespace {

std::string NextText(const Reader& reader, const v1::Appointment& next, Side side) {
  return reader.t().Html("home.next") + "\n" + Headline(reader, next, side);
}

Row OpenRow(const Reader& reader, const v1::Appointment& next) {
  return {{reader.t().Plain("home.open_next"),
           Action(ShowAppointment{AppointmentId::Of(next.name())})}};
}

}  // namespace

Screen HomeScreen(const Reader& reader, const v1::Appointment* next, Side side,
                  const v1::Provider* own) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("home.text"), .rows = {}};
  screen.text +=
      "\n\n" + (next == nullptr ? t.Html("home.none_next") : NextText(reader, *next, side));
  if (own != nullptr && !own->missing().empty()) {
    screen.text += "\n\n" + MissingText(reader, *own);
    screen.rows.push_back(MissingRow(reader, *own));
  }
  if (next != nullptr) {
    screen.rows.push_back(OpenRow(reader, *next));
    screen.shows = ShownOf(*next);
  }
  if (own != nullptr) {
    screen.rows.push_back({{t.Plain("menu.requests"), Action(ShowRequests{})},
                           {t.Plain("menu.calendar"), Action(ShowDay{})}});
  } else if (next == nullptr) {
    screen.rows.push_back({{t.Plain("menu.request"), Action(ShowProviders{})}});
  }
  std::erase_if(screen.rows, [](const Row& row) { return row.empty(); });
  return screen;
}

Screen NextScreen(const Reader& reader, const v1::Appointment& next, Side side) {
  return {.text = NextText(reader, next, side),
          .rows = {OpenRow(reader, next)},
          .stays = true,
          .shows = ShownOf(next)};
}

Screen HelpScreen(const Reader& reader, v1::ProviderKind kind) {
  const Texts& t = reader.t();
  const bool customer = kind == v1::PROVIDER_KIND_UNSPECIFIED;
  return {.text = t.Html(customer ? "home.help_customer" : "home.help_provider"),
          .rows = {{HomeButton(reader), {t.Plain("menu.support"), Action(ShowSupport{})}}}};
}

Screen StopScreen(const Reader& reader) {
  const Texts& t = reader.t();
  return {.text = t.Html("home.stop"),
          .rows = {
              {{t.Plain("accounts.settings_privacy"), Action(ShowPrivacy{})}, HomeButton(reader)}}};
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
