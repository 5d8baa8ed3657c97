#include "adapters/telegram/screens/openings.h"

#include "adapters/telegram/actions/schedule.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/hour_grid.h"
#include "adapters/telegram/screens/month_grid.h"

namespace kalends::telegram {
namespace {

constexpr date::months kOpeningMonthsAhead{12};
constexpr std::size_t kOpeningsShown = 3;
constexpr int kOpeningFirstHour = 8;

}  // namespace

std::string OpeningText(const Reader& reader, const v1::Opening& opening, std::string_view zone) {
  const LocalTime start = ToLocal(zone, InstantOf(opening.start_time()));
  const LocalTime end = ToLocal(zone, InstantOf(opening.end_time()));
  return reader.t().formats().ShortDate(start.day(), LinePlace::kAtStart) + ", " +
         Formats::Span(start, end);
}

Screen OpeningsScreen(const Reader& reader, const OpeningsView& view) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("openings.ask_day"), .rows = {}};
  for (std::size_t i = 0; i < std::min(view.openings.size(), kOpeningsShown); ++i) {
    const v1::Opening& opening = view.openings[i];
    screen.rows.push_back({{"➕ " + OpeningText(reader, opening, view.zone),
                            Action(ShowOpening{OpeningId::Of(opening.name())})}});
  }
  const date::year_month month = FirstShown(view.month, view.today);
  const date::year_month last_month = LastShown(month, view.today);
  MonthGridView grid{.month = month,
                     .last_month = last_month,
                     .free = DaysOfMonths(month, last_month, view.today),
                     .pick = [](date::year_month_day day) { return PickOpeningFrom{day}; },
                     .previous = std::nullopt,
                     .next = std::nullopt};
  if (month > MonthOf(view.today)) grid.previous = ShowOpenings{month - date::months(1)};
  if (last_month < MonthOf(view.today) + kOpeningMonthsAhead) {
    grid.next = ShowOpenings{last_month + date::months(1)};
  }
  AppendMonthGrid(screen.rows, t.formats(), grid);
  screen.rows.push_back(BackAndHome(reader, ShowHours{}));
  return screen;
}

Screen OpeningFromScreen(const Reader& reader, date::year_month_day day) {
  const Texts& t = reader.t();
  Screen screen{
      .text = t.Html("openings.ask_from", {{"day", t.formats().Date(day, LinePlace::kAtStart)}}),
      .rows = {}};
  AppendHourGrid(screen.rows, kOpeningFirstHour,
                 [&](int from) { return PickOpeningTo{day, from}; });
  screen.rows.push_back(BackAndHome(reader, ShowOpenings{}));
  return screen;
}

Screen OpeningToScreen(const Reader& reader, const PickOpeningTo& choice, Nonce nonce) {
  const Texts& t = reader.t();
  Screen screen{
      .text = t.Html("openings.ask_to", {{"day", t.formats().Date(choice.day, LinePlace::kAtStart)},
                                         {"from", ClockOf(choice.from)}}),
      .rows = {}};
  AppendEndGrid(screen.rows, choice.from,
                [&](int to) { return OpenOnDay{choice.day, choice.from, to, nonce}; });
  screen.rows.push_back(BackAndHome(reader, PickOpeningFrom{choice.day}));
  return screen;
}

Screen OpeningScreen(const Reader& reader, const v1::Opening& opening, std::string_view zone,
                     Nonce nonce, const std::string& heading) {
  const Texts& t = reader.t();
  Screen screen{.text = heading.empty() ? "" : heading + "\n\n", .rows = {}};
  screen.text += "➕ <b>" + HtmlOf(OpeningText(reader, opening, zone)) + "</b>";
  screen.rows.push_back(
      {{t.Plain("openings.remove"), Action(DeleteOpening{OpeningId::Of(opening.name()), nonce}),
        Style::kDanger},
       {t.Plain("openings.new"), Action(ShowOpenings{})}});
  screen.rows.push_back(BackAndHome(reader, ShowHours{}));
  return screen;
}

}  // namespace kalends::telegram
