#include "adapters/telegram/screens/affected.h"

#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/actions/chat.h"
#include "adapters/telegram/actions/moves.h"
#include "adapters/telegram/actions/schedule.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/appointments.h"

namespace kalends::telegram {
namespace {

// "🟢 Di., 22. Dez., 10:00 · Anna". HTML.
std::string AffectedLine(const Reader& reader, const v1::Appointment& appointment) {
  return std::string(StatusIcon(appointment.status())) + " " +
         EscapeHtml(ShortWhen(reader, InstantOf(appointment.start_time()),
                              appointment.provider_time_zone())) +
         " · " + HtmlOf(appointment.customer_display_name());
}

// A request is not moved yet: its card offers other times.
Button MoveButton(const Reader& reader, const v1::Appointment& appointment) {
  const AppointmentId id = AppointmentId::Of(appointment.name());
  return {reader.t().Plain("affected.move"), Allows(appointment, v1::Appointment::ACTION_RESCHEDULE)
                                                 ? Action(MoveMonth{id, std::nullopt})
                                                 : Action(ShowAppointment{id})};
}

}  // namespace

void AddAffectedButton(const Reader& reader, Screen& screen, int count) {
  if (count == 0) return;
  screen.rows.insert(screen.rows.begin(), Row{{reader.t().PlainCount("affected.button", count),
                                               Action(ShowAffected{}), Style::kPrimary}});
}

void AddAffected(const Reader& reader, Screen& screen, const AffectedView& affected) {
  if (affected.count == 0) return;
  screen.text += "\n\n" + reader.t().HtmlCount("affected.some", affected.count);
  for (const v1::Appointment& appointment : affected.first) {
    screen.text += "\n" + AffectedLine(reader, appointment);
  }
  AddAffectedButton(reader, screen, affected.count);
}

Screen AffectedScreen(const Reader& reader, const AffectedOneView& view) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(view.appointment.name());
  Screen screen{.text = view.heading.empty() ? "" : view.heading + "\n\n", .rows = {}};
  screen.text += t.Html("affected.one", {{"place", std::to_string(view.place + 1)},
                                         {"count", std::to_string(view.count)}}) +
                 "\n\n" + Headline(reader, view.appointment, Side::kProvider) + "\n\n" +
                 t.Html("affected.ask");
  screen.rows.push_back({{t.Plain("affected.keep"), Action(ShowAffected{view.place + 1})},
                         MoveButton(reader, view.appointment)});
  Row ends;
  if (view.appointment.shares_link()) {
    ends.push_back(
        {t.Plain("links.chat"), Action(ShowChat{ProviderId::Of(view.appointment.provider()),
                                                AccountId::Of(view.appointment.customer())})});
  }
  if (Allows(view.appointment, v1::Appointment::ACTION_CANCEL)) {
    ends.push_back(
        {t.Plain("affected.cancel"), Action(AskCancelAffected{id, view.place}), Style::kDanger});
  }
  if (!ends.empty()) screen.rows.push_back(std::move(ends));
  screen.rows.push_back(BackAndHome(reader, ShowHours{}));
  screen.shows = ShownOf(view.appointment);
  return screen;
}

Screen AffectedDoneScreen(const Reader& reader, int left, const std::string& heading) {
  const Texts& t = reader.t();
  Screen screen{.text = heading.empty() ? "" : heading + "\n\n", .rows = {}};
  screen.text += left == 0 ? t.Html("affected.none") : t.HtmlCount("affected.left", left);
  if (left > 0) screen.rows.push_back({{t.Plain("affected.again"), Action(ShowAffected{})}});
  screen.rows.push_back(BackAndHome(reader, ShowHours{}));
  return screen;
}

Screen AskCancelAffectedScreen(const Reader& reader, const v1::Appointment& appointment, int place,
                               const std::string& reason, Nonce nonce) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  Screen screen{.text = AffectedLine(reader, appointment) + "\n\n", .rows = {}};
  screen.text += reason.empty() ? t.Html("affected.ask_cancel",
                                         {{"name", appointment.customer_display_name()}})
                                : t.Html("affected.reason", {{"reason", reason}});
  screen.rows.push_back(
      {{t.Plain(reason.empty() ? "affected.cancel_silently" : "affected.cancel_so"),
        Action(CancelAffected{id, place, nonce}), Style::kDanger},
       BackButton(reader, ShowAffected{place})});
  return screen;
}

}  // namespace kalends::telegram
