#include "adapters/telegram/screens/moves.h"

#include <algorithm>

#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/labels.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/booking.h"
#include "adapters/telegram/screens/month_grid.h"

namespace kalends::telegram {
namespace {

AppointmentId IdOf(const v1::Appointment& appointment) {
  return AppointmentId::Of(appointment.name());
}

// Whose appointment it is, and where it is now: what one compares other times with.
std::string PresentText(const Reader& reader, const v1::Appointment& appointment) {
  return reader.t().Html("moves.present",
                         {{"name", OtherName(appointment, Side::kProvider)},
                          {"when", ShortWhen(reader, InstantOf(appointment.start_time()),
                                             appointment.provider_time_zone())}});
}

// `appointment` as it would be from `start` on.
v1::Appointment MovedTo(v1::Appointment appointment, Minute start) {
  const auto later = start - MinuteOf(appointment.start_time());
  for (auto* time : {appointment.mutable_start_time(), appointment.mutable_end_time()}) {
    time->set_seconds(time->seconds() + std::chrono::seconds(later).count());
  }
  return appointment;
}

}  // namespace

Screen MoveMonthScreen(const Reader& reader, const MoveMonthView& view) {
  const Texts& t = reader.t();
  const AppointmentId id = IdOf(view.appointment);
  Screen screen{.text = PresentText(reader, view.appointment) + "\n" + t.Html("moves.choose_date"),
                .rows = {},
                .shows = ShownOf(view.appointment)};
  screen.text += MonthFullText(reader, view.free);
  if (view.free.days.empty() && !view.free.next_start) {
    screen.text += " " + t.Html("proposals.none_ahead");
  }
  AppendFreeMonth(reader, screen.rows, view.free,
                  {.start = [&](Minute start) { return Action(ReviewMove{id, start}); },
                   .day = [&](date::year_month_day day) { return MoveDay{id, day, 0}; },
                   .month = [&](date::year_month month) { return MoveMonth{id, month}; }});
  screen.rows.push_back({BackButton(reader, ShowAppointment{id})});
  return screen;
}

Screen MoveDayScreen(const Reader& reader, const MoveDayView& view) {
  const Texts& t = reader.t();
  const AppointmentId id = IdOf(view.appointment);
  Screen screen{.text = PresentText(reader, view.appointment) + "\n" +
                        t.Html("proposals.choose_time",
                               {{"day", t.formats().Date(view.day, LinePlace::kAtStart)}}),
                .rows = {},
                .shows = ShownOf(view.appointment)};
  if (view.starts.empty()) screen.text += "\n\n" + t.Html("booking.day_full");
  screen.text += ZoneLine(reader, view.zone);
  AppendFreeDay(screen.rows, {.starts = view.starts, .page = view.page},
                {.start =
                     [&](Instant start) {
                       return Button{
                           Formats::Time(ToLocal(view.zone, start)),
                           Action(ReviewMove{id, std::chrono::floor<std::chrono::minutes>(start)})};
                     },
                 .page = [&](int page) { return MoveDay{id, view.day, page}; }});
  screen.rows.push_back({BackButton(reader, MoveMonth{id, MonthOf(view.day)})});
  return screen;
}

Screen ReviewMoveScreen(const Reader& reader, const ReviewMoveView& view) {
  const Texts& t = reader.t();
  const AppointmentId id = IdOf(view.appointment);
  const std::string name = OtherName(view.appointment, Side::kProvider);
  const bool asks = view.ask == AskFirst::kYes;
  Screen screen{.text = PresentText(reader, view.appointment) + "\n" + t.Html("moves.to") + "\n" +
                        WhenText(reader, MovedTo(view.appointment, view.start), Side::kProvider) +
                        "\n\n" +
                        t.Html(asks ? "moves.will_ask" : "moves.will_tell", {{"name", name}}),
                .rows = {},
                .shows = ShownOf(view.appointment)};
  screen.text +=
      "\n" + (view.reason.empty() ? t.Html("moves.reason_wanted")
                                  : t.Html("appointments.reason_text", {{"reason", view.reason}}));
  const Action go = view.reason.empty() ? Action(Move{id, view.start, view.nonce})
                                        : Action(MoveForShownReason{id, view.start, view.nonce});
  screen.rows.push_back({{t.Plain(asks ? "moves.ask" : "moves.go"), go, Style::kPrimary}});
  if (view.ask) {
    screen.rows.push_back(
        {{t.Plain(asks ? "moves.ask_first_on" : "moves.ask_first_off"),
          Action(SetAskFirst{id, view.start, asks ? AskFirst::kNo : AskFirst::kYes, view.nonce})}});
  }
  screen.rows.push_back({{t.Plain("moves.other_time"), Action(MoveMonth{id, std::nullopt})},
                         BackButton(reader, ShowAppointment{id})});
  return screen;
}

Screen AskPlaceScreen(const Reader& reader, const v1::Appointment& appointment,
                      const std::string& service_place, Nonce nonce) {
  const Texts& t = reader.t();
  const AppointmentId id = IdOf(appointment);
  Screen screen{
      .text = PresentText(reader, appointment), .rows = {}, .shows = ShownOf(appointment)};
  screen.text += appointment.place().empty()
                     ? "\n" + t.Html("moves.no_place")
                     : "\n" + t.Html("info.place", {{"place", appointment.place()}});
  screen.text +=
      "\n\n" + t.Html("moves.ask_place", {{"name", OtherName(appointment, Side::kProvider)}});
  if (!service_place.empty() && service_place != appointment.place()) {
    screen.rows.push_back(
        {{NameLabel("📍 ", service_place, ""), Action(SetServicePlace{id, nonce})}});
  }
  Row last;
  if (!appointment.place().empty()) {
    last.push_back({t.Plain("moves.clear_place"), Action(ClearPlace{id, nonce})});
  }
  last.push_back(BackButton(reader, ShowAppointment{id}));
  screen.rows.push_back(std::move(last));
  return screen;
}

}  // namespace kalends::telegram
