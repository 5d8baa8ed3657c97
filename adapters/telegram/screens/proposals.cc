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
  for (const Instant first : view.first_starts) {
    const Minute start = std::chrono::floor<std::chrono::minutes>(first);
    if (std::ranges::find(view.chosen, start) != view.chosen.end()) continue;
    screen.rows.push_back({{ShortWhen(reader, view.zone, "", first),
                            Action(ReviewProposal{view.appointment, Toggle(view.chosen, start)})}});
  }
  MonthGridView grid{.month = view.month,
                     .last_month = view.last_month,
                     .free = view.free,
                     .pick =
                         [&](date::year_month_day day) {
                           return ProposeDay{view.appointment, day, 0, view.chosen};
                         },
                     .previous = std::nullopt,
                     .next = std::nullopt};
  if (!view.is_first) {
    grid.previous = ProposeMonth{view.appointment, view.month - date::months(1), view.chosen};
  }
  if (view.next_start) {
    grid.next = ProposeMonth{view.appointment, view.last_month + date::months(1), view.chosen};
  }
  if (view.free.empty()) {
    screen.text +=
        "\n\n" + t.Html("booking.month_full", {{"month", t.formats().Month(view.month)}});
    if (!view.next_start) screen.text += " " + t.Html("proposals.none_ahead");
  }
  AppendMonthGrid(screen.rows, t.formats(), grid);
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
  std::vector<Button> buttons;
  const auto first = static_cast<std::size_t>(view.page) * kSlotsPerPage;
  const std::size_t end = std::min(view.starts.size(), first + kSlotsPerPage);
  for (std::size_t i = first; i < end; ++i) {
    const Minute start = std::chrono::floor<std::chrono::minutes>(view.starts[i]);
    buttons.push_back(
        {Marked(view.chosen, start, Formats::Time(ToLocal(view.zone, view.starts[i]))),
         Action(ReviewProposal{view.appointment, Toggle(view.chosen, start)})});
  }
  AppendGrid(screen.rows, std::move(buttons), kSlotsPerRow);
  AppendPager(screen.rows, view.page, end < view.starts.size(),
              [&](int page) { return ProposeDay{view.appointment, view.day, page, view.chosen}; });
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
