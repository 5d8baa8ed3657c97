#include "adapters/telegram/screens/proposals.h"

#include <algorithm>

#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/booking.h"
#include "adapters/telegram/screens/calendar.h"
#include "adapters/telegram/screens/month_grid.h"

namespace kalends::telegram {
namespace {

std::string Marked(const std::vector<Minute>& chosen, Minute start, const std::string& label) {
  return std::find(chosen.begin(), chosen.end(), start) == chosen.end() ? label : "✔ " + label;
}

constexpr std::size_t kRemovalsPerRow = 2;

// "Ihr Vorschlag an Anna:" and the times, below each other. HTML.
std::string ChosenText(const Reader& reader, const v1::Appointment& appointment,
                       const std::vector<Minute>& in_order) {
  std::string text =
      reader.t().Html("proposals.review", {{"name", appointment.customer_display_name()}});
  const auto length = InstantOf(appointment.end_time()) - InstantOf(appointment.start_time());
  for (const Minute start : in_order) {
    text += "\n• " + WhenText(reader, {.start = start,
                                       .end = Instant(start) + length,
                                       .provider_zone = appointment.provider_time_zone(),
                                       .other_zone = appointment.customer_time_zone(),
                                       .other_name = appointment.customer_display_name()});
  }
  return text;
}

// To send what is chosen, and to take each out again.
void AppendChosen(const Reader& reader, const v1::Appointment& appointment,
                  const std::vector<Minute>& chosen, Nonce nonce, Screen& screen) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  std::vector<Minute> in_order = chosen;
  std::sort(in_order.begin(), in_order.end());
  screen.text = ChosenText(reader, appointment, in_order);
  screen.rows.push_back(
      {{t.Plain("proposals.send"), Action(SendProposal{id, chosen, nonce}), Style::kPrimary}});
  std::vector<Button> removals;
  removals.reserve(in_order.size());
  for (const Minute start : in_order) {
    removals.push_back(
        {t.Plain("proposals.remove",
                 {{"time", ShortWhen(reader, start, appointment.provider_time_zone())}}),
         Action(ReviewProposal{id, Toggle(chosen, start)})});
  }
  AppendGrid(screen.rows, std::move(removals), kRemovalsPerRow);
}

}  // namespace

std::optional<date::year_month> MonthOfLast(const Reader& reader,
                                            const v1::Appointment& appointment,
                                            const std::vector<Minute>& chosen) {
  if (chosen.empty()) return std::nullopt;
  const std::string_view zone = ZoneFor(reader, appointment.provider_time_zone());
  return MonthOf(ToLocal(zone, chosen.back()).day());
}

std::vector<Minute> Toggle(std::vector<Minute> chosen, Minute start) {
  const auto there = std::find(chosen.begin(), chosen.end(), start);
  if (there != chosen.end()) {
    chosen.erase(there);
  } else if (chosen.size() < kProposedTimesMax) {
    chosen.push_back(start);
  }
  return chosen;
}

Screen ProposeMonthScreen(const Reader& reader, const ProposeMonthView& view) {
  const Texts& t = reader.t();
  Screen screen{.text = t.HtmlCount("proposals.choose_date", static_cast<int>(kProposedTimesMax)),
                .rows = {},
                .shows = ShownOf(view.asked)};
  if (!view.chosen.empty()) {
    AppendChosen(reader, view.asked, view.chosen, view.nonce, screen);
    screen.text += "\n\n" + t.Html("proposals.another");
  }
  screen.text += MonthFullText(reader, view.free);
  if (view.free.days.empty() && !view.free.next_start) {
    screen.text += " " + t.Html("proposals.none_ahead");
  }
  const auto review = [&](Minute start) -> std::optional<Action> {
    if (std::ranges::find(view.chosen, start) != view.chosen.end()) return std::nullopt;
    return Action(ReviewProposal{view.appointment, Toggle(view.chosen, start)});
  };
  AppendFreeMonth(reader, screen.rows, view.free,
                  {.start = review,
                   .day =
                       [&](date::year_month_day day) {
                         return ProposeDay{view.appointment, day, 0, view.chosen};
                       },
                   .month =
                       [&](date::year_month month) {
                         return ProposeMonth{view.appointment, month, view.chosen};
                       }});
  screen.rows.push_back({BackButton(reader, ShowAppointment{view.appointment})});
  return screen;
}

Screen ProposeDayScreen(const Reader& reader, const ProposeDayView& view) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("proposals.choose_time",
                               {{"day", t.formats().Date(view.day, LinePlace::kAtStart)}}),
                .rows = {},
                .shows = view.shows};
  if (view.starts.empty()) screen.text += "\n\n" + t.Html("booking.day_full");
  screen.text += ZoneLine(reader, view.zone);
  AppendFreeDay(
      screen.rows, {.starts = view.starts, .page = view.page},
      {.start =
           [&](Instant at) {
             const Minute start = std::chrono::floor<std::chrono::minutes>(at);
             return Button{Marked(view.chosen, start, Formats::Time(ToLocal(view.zone, at))),
                           Action(ReviewProposal{view.appointment, Toggle(view.chosen, start)})};
           },
       .page =
           [&](int page) { return ProposeDay{view.appointment, view.day, page, view.chosen}; }});
  screen.rows.push_back(
      {BackButton(reader, ProposeMonth{view.appointment, MonthOf(view.day), view.chosen})});
  return screen;
}

Screen ReviewProposalScreen(const Reader& reader, const v1::Appointment& appointment,
                            const std::vector<Minute>& chosen, Nonce nonce) {
  Screen screen{.text = {}, .rows = {}, .shows = ShownOf(appointment)};
  AppendChosen(reader, appointment, chosen, nonce, screen);
  screen.rows.push_back(
      {BackButton(reader, ShowAppointment{AppointmentId::Of(appointment.name())})});
  return screen;
}

Screen ProposalTakenScreen(const Reader& reader, const v1::Appointment& appointment, Nonce nonce,
                           const ProposalTakenView& view) {
  v1::Appointment left = appointment;
  left.clear_proposed_start_times();
  for (const auto& start : appointment.proposed_start_times()) {
    if (MinuteOf(start) != view.taken) *left.add_proposed_start_times() = start;
  }
  Screen screen = AppointmentScreen(reader, left, Side::kCustomer, nonce, view.refusal);
  if (view.starts.empty()) return screen;
  screen.text += "\n\n" + reader.t().Html("booking.alternatives_some");
  std::vector<Button> buttons;
  buttons.reserve(view.starts.size());
  for (const Minute start : view.starts) {
    buttons.push_back({ShortWhen(reader, start, appointment.provider_time_zone()),
                       Action(PickSlot{view.draft, start})});
  }
  std::vector<Row> rows;
  AppendGrid(rows, std::move(buttons), 2);
  screen.rows.insert(screen.rows.begin() + left.proposed_start_times_size(), rows.begin(),
                     rows.end());
  return screen;
}

Screen ProposedTimeScreen(const Reader& reader, const v1::Appointment& appointment, Minute start,
                          const std::string& heading, Nonce nonce) {
  const AppointmentId id = AppointmentId::Of(appointment.name());
  const auto later = start - MinuteOf(appointment.start_time());
  v1::Appointment moved = appointment;
  for (auto* time : {moved.mutable_start_time(), moved.mutable_end_time()}) {
    time->set_seconds(time->seconds() + std::chrono::seconds(later).count());
  }
  return {.text = (heading.empty() ? "" : heading + "\n\n") +
                  Headline(reader, moved, Side::kCustomer) + "\n\n" +
                  reader.t().Html("proposals.confirm"),
          .rows = {{{reader.t().Plain("button.confirm"), Action(ChooseProposed{id, start, nonce}),
                     Style::kPrimary}},
                   {BackButton(reader, ShowAppointment{id}), HomeButton(reader)}},
          .shows = ShownOf(appointment)};
}

}  // namespace kalends::telegram
