#include "adapters/telegram/screens/schedule.h"

#include <fmt/format.h>

#include <map>

namespace kalends::telegram {
namespace {

constexpr int kHoursPerDay = 24;
constexpr std::size_t kHoursPerRow = 4;  // More are cut on a phone.
constexpr int kFirstHour = 6;            // Few work earlier; those hours come last.

std::string ClockOf(int minutes) { return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60); }

std::string Span(int from, int to) { return ClockOf(from) + "–" + ClockOf(to); }

// Weekdays from the first of the week as the language has it.
std::vector<int> WeekdaysInOrder(const Formats& formats) {
  std::vector<int> weekdays;
  weekdays.reserve(7);
  for (int i = 0; i < 7; ++i) weekdays.push_back((formats.first_weekday() - 1 + i) % 7 + 1);
  return weekdays;
}

std::string DaysText(const Reader& reader, int days) {
  std::string text;
  for (const int weekday : WeekdaysInOrder(reader.t().formats())) {
    if (!HasWeekday(days, weekday)) continue;
    const LinePlace place = text.empty() ? LinePlace::kAtStart : LinePlace::kInside;
    if (!text.empty()) text += ", ";
    text += reader.t().formats().Weekday(weekday, place);
  }
  return text;
}

std::string WeekText(const Reader& reader, const v1::Schedule& schedule) {
  const Texts& t = reader.t();
  std::map<int, std::string> spans;
  for (const auto& hours : schedule.weekly_hours()) {
    std::string& day = spans[hours.weekday()];
    if (!day.empty()) day += ", ";
    day += Span(hours.hours().start_minute(), hours.hours().end_minute());
    if (hours.parity() == v1::WeeklyHours::PARITY_WEEK_A) day += t.Plain("schedule.week_a");
    if (hours.parity() == v1::WeeklyHours::PARITY_WEEK_B) day += t.Plain("schedule.week_b");
  }
  std::string text;
  for (const int weekday : WeekdaysInOrder(t.formats())) {
    const auto day = spans.find(weekday);
    text += t.Html("schedule.line",
                   {{"day", t.formats().Weekday(weekday, LinePlace::kAtStart)},
                    {"hours", day == spans.end() ? t.Plain("schedule.closed") : day->second}});
    text += '\n';
  }
  return text;
}

Row BackAndHome(const Reader& reader, const Action& back) {
  return {BackButton(reader, back), HomeButton(reader)};
}

}  // namespace

std::string HoursText(const Reader& reader, const v1::Schedule& schedule) {
  const Texts& t = reader.t();
  return t.Html("schedule.title") + "\n\n" + WeekText(reader, schedule) + "\n" +
         t.Html("schedule.zone", {{"zone", ZoneAndOffset(reader, schedule.time_zone())}});
}

Screen HoursScreen(const Reader& reader, const v1::Schedule& schedule) {
  const Texts& t = reader.t();
  return {.text = HoursText(reader, schedule),
          .rows = {{{t.Plain("schedule.set"), Action(PickWeekdays{0})}}, {HomeButton(reader)}}};
}

Screen PickWeekdaysScreen(const Reader& reader, int days, Nonce nonce) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("schedule.ask_days"), .rows = {}};
  std::vector<Button> buttons;
  for (const int weekday : WeekdaysInOrder(t.formats())) {
    buttons.push_back({(HasWeekday(days, weekday) ? "✔ " : "") +
                           t.formats().WeekdayAbbreviation(weekday, LinePlace::kAtStart),
                       Action(PickWeekdays{days ^ 1 << (weekday - 1)})});
  }
  AppendGrid(screen.rows, std::move(buttons), 4);
  constexpr int kWorkweek = 0b11111;
  if (days == 0)
    screen.rows.push_back({{t.Plain("schedule.workweek"), Action(PickWeekdays{kWorkweek})}});
  if (days != 0) {
    screen.rows.push_back({{t.Plain("schedule.next"), Action(PickFrom{days})},
                           {t.Plain("schedule.day_off"), Action(ClearHours{days, nonce})}});
  }
  screen.rows.push_back(BackAndHome(reader, ShowHours{}));
  return screen;
}

Screen PickFromScreen(const Reader& reader, int days, const v1::Schedule& schedule) {
  const Texts& t = reader.t();
  int first_hour = kFirstHour;
  for (const auto& hours : schedule.weekly_hours()) {
    first_hour = std::min(first_hour, hours.hours().start_minute() / 60);
  }
  Screen screen{.text = t.Html("schedule.ask_from", {{"days", DaysText(reader, days)}}),
                .rows = {}};
  std::vector<Button> buttons;
  for (int i = 0; i < kHoursPerDay; ++i) {
    const int hour = (first_hour + i) % kHoursPerDay;
    buttons.push_back({ClockOf(hour * 60), Action(PickTo{days, hour * 60})});
  }
  AppendGrid(screen.rows, std::move(buttons), kHoursPerRow);
  screen.rows.push_back(BackAndHome(reader, PickWeekdays{days}));
  return screen;
}

Screen PickToScreen(const Reader& reader, int days, int from) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("schedule.ask_to",
                               {{"days", DaysText(reader, days)}, {"from", ClockOf(from)}}),
                .rows = {}};
  std::vector<Button> buttons;
  // Twenty-four hours on from the start: past midnight is the next day.
  for (int hour = 1; hour <= kHoursPerDay; ++hour) {
    const int to = (from / 60 + hour) % kHoursPerDay * 60;
    const int end = to == 0 ? kHoursPerDay * 60 : to;
    buttons.push_back({ClockOf(end), Action(ReviewHours{days, from, end})});
  }
  AppendGrid(screen.rows, std::move(buttons), kHoursPerRow);
  screen.rows.push_back(BackAndHome(reader, PickFrom{days}));
  return screen;
}

Screen ReviewHoursScreen(const Reader& reader, const ReviewHours& choice, Nonce nonce) {
  const Texts& t = reader.t();
  const bool overnight = choice.to <= choice.from;
  std::string text = t.Html("schedule.review", {{"days", DaysText(reader, choice.days)},
                                                {"hours", Span(choice.from, choice.to)}});
  if (overnight) text += "\n" + t.Html("schedule.overnight");
  return {.text = text,
          .rows = {{{t.Plain("schedule.replace"),
                     Action(ReplaceHours{choice.days, choice.from, choice.to, nonce})}},
                   {{t.Plain("schedule.add"),
                     Action(AddHours{choice.days, choice.from, choice.to, nonce})}},
                   BackAndHome(reader, PickTo{choice.days, choice.from})}};
}

Screen HoursSavedScreen(const Reader& reader, const v1::Schedule& schedule, int affected) {
  const Texts& t = reader.t();
  Screen screen = HoursScreen(reader, schedule);
  std::string heading = t.Html("schedule.saved");
  if (affected > 0) heading += "\n" + t.HtmlCount("schedule.affected", affected);
  screen.text = heading + "\n\n" + screen.text;
  return screen;
}

}  // namespace kalends::telegram
