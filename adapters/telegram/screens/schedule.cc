#include "adapters/telegram/screens/schedule.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "adapters/telegram/actions/absences.h"
#include "adapters/telegram/actions/busy.h"
#include "adapters/telegram/actions/holidays.h"
#include "adapters/telegram/actions/openings.h"
#include "adapters/telegram/actions/practice.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/absences.h"
#include "adapters/telegram/screens/affected.h"
#include "adapters/telegram/screens/holidays.h"
#include "adapters/telegram/screens/hour_grid.h"
#include "adapters/telegram/screens/openings.h"

namespace kalends::telegram {
namespace {

constexpr int kFirstHour = 6;  // Few work earlier; those hours come last.
constexpr int kWorkweek = 0b11111;
constexpr std::size_t kAheadShown = 2;  // Absences and openings on the card.

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

// "09:00–12:30, 14:00–18:00 (A)", by weekday; those without hours are left out. Plain.
std::map<int, std::string> SpansByDay(const Texts& t, const v1::Schedule& schedule) {
  std::map<int, std::string> spans;
  for (const auto& hours : schedule.weekly_hours()) {
    std::string& day = spans[hours.weekday()];
    if (!day.empty()) day += ", ";
    day += SpanText(hours.hours().start_minute(), hours.hours().end_minute());
    if (hours.parity() == v1::WeeklyHours::PARITY_WEEK_A) day += t.Plain("schedule.week_a");
    if (hours.parity() == v1::WeeklyHours::PARITY_WEEK_B) day += t.Plain("schedule.week_b");
  }
  return spans;
}

// A line for each run of days with the same hours. HTML.
std::string WeekText(const Reader& reader, const v1::Schedule& schedule) {
  const Texts& t = reader.t();
  const std::map<int, std::string> spans = SpansByDay(t, schedule);
  const auto of = [&](int weekday) {
    const auto day = spans.find(weekday);
    return day == spans.end() ? t.Plain("schedule.closed") : day->second;
  };
  const std::vector<int> order = WeekdaysInOrder(t.formats());
  std::string text;
  for (std::size_t at = 0; at < order.size();) {
    std::size_t end = at + 1;
    while (end < order.size() && of(order[end]) == of(order[at])) ++end;
    std::string days = t.formats().Weekday(order[at], LinePlace::kAtStart);
    if (end - at > 1) days += (end - at == 2 ? ", " : "–") + t.formats().Weekday(order[end - 1]);
    text += t.Html("schedule.line", {{"day", days}, {"hours", of(order[at])}}) + '\n';
    at = end;
  }
  return text;
}

const char* WeeksKey(InWeeks weeks) {
  return weeks == InWeeks::kAll ? "schedule.weeks_all"
         : weeks == InWeeks::kA ? "schedule.weeks_a"
                                : "schedule.weeks_b";
}

// "Montag, Dienstag", and of which weeks where that is not all. Plain.
std::string DaysAndWeeks(const Reader& reader, int days, InWeeks weeks) {
  const std::string text = DaysText(reader, days);
  return weeks == InWeeks::kAll ? text : text + " · " + reader.t().Plain(WeeksKey(weeks));
}

v1::WeeklyHours::Parity ParityOf(InWeeks weeks) {
  return weeks == InWeeks::kA   ? v1::WeeklyHours::PARITY_WEEK_A
         : weeks == InWeeks::kB ? v1::WeeklyHours::PARITY_WEEK_B
                                : v1::WeeklyHours::PARITY_UNSPECIFIED;
}

v1::WeeklyHours Weekly(int weekday, const v1::LocalHours& hours, v1::WeeklyHours::Parity parity) {
  v1::WeeklyHours weekly;
  weekly.set_weekday(weekday);
  *weekly.mutable_hours() = hours;
  weekly.set_parity(parity);
  return weekly;
}

bool IsSameSpan(const v1::LocalHours& a, const v1::LocalHours& b) {
  return a.start_minute() == b.start_minute() && a.end_minute() == b.end_minute();
}

// Hours of both A and B are those of every week.
void JoinWeeks(std::vector<v1::WeeklyHours>& hours) {
  for (auto a = hours.begin(); a != hours.end(); ++a) {
    if (a->parity() != v1::WeeklyHours::PARITY_WEEK_A) continue;
    const auto b = std::find_if(hours.begin(), hours.end(), [&](const v1::WeeklyHours& one) {
      return one.parity() == v1::WeeklyHours::PARITY_WEEK_B && one.weekday() == a->weekday() &&
             IsSameSpan(one.hours(), a->hours());
    });
    if (b == hours.end()) continue;
    a->set_parity(v1::WeeklyHours::PARITY_UNSPECIFIED);
    // What stands behind it moves up, `a` too.
    const auto at = a - hours.begin() - (b < a ? 1 : 0);
    hours.erase(b);
    a = hours.begin() + at;
  }
}

// What is ahead beside the week: absences, the next holiday, openings. HTML.
std::string AheadText(const Reader& reader, const HoursView& view) {
  const std::string& zone = view.schedule.time_zone();
  std::string text;
  for (std::size_t i = 0; i < std::min(view.closures.size(), kAheadShown); ++i) {
    text += "🏖 " + HtmlOf(ClosureText(reader, view.closures[i], zone)) + "\n";
  }
  const auto holidays = HolidaysAhead(view.schedule, ToLocal(zone, reader.now).day());
  if (!holidays.empty()) text += "🎉 " + HtmlOf(HolidayText(reader, holidays[0])) + "\n";
  for (std::size_t i = 0; i < std::min(view.openings.size(), kAheadShown); ++i) {
    text += "➕ " + HtmlOf(OpeningText(reader, view.openings[i], zone)) + "\n";
  }
  return text;
}

}  // namespace

std::string HoursText(const Reader& reader, const v1::Schedule& schedule) {
  const Texts& t = reader.t();
  return t.Html("schedule.title") + "\n" + WeekText(reader, schedule) +
         t.Html("schedule.zone", {{"zone", ZoneAndOffset(reader, schedule.time_zone())}});
}

Screen HoursScreen(const Reader& reader, const HoursView& view) {
  const Texts& t = reader.t();
  Screen screen{.text = view.heading.empty() ? "" : view.heading + "\n\n", .rows = {}};
  screen.text += HoursText(reader, view.schedule);
  const std::string ahead = AheadText(reader, view);
  if (!ahead.empty()) screen.text += "\n\n" + ahead.substr(0, ahead.size() - 1);
  screen.rows = {{{t.Plain("schedule.weekly"), Action(PickWeekdays{})},
                  {t.Plain("absences.vacation"), Action(ShowVacation{})},
                  {t.Plain("holidays.button"), Action(ShowHolidays{})}},
                 {{t.Plain("absences.today"), Action(ShowAbsence{})},
                  {t.Plain("openings.button"), Action(ShowOpenings{})},
                  {t.Plain("busy.button"), Action(ShowBusyCalendars{})}},
                 BackAndHome(reader, ShowPractice{})};
  AddAffectedButton(reader, screen, view.affected);
  return screen;
}

Screen PickWeekdaysScreen(const Reader& reader, const v1::Schedule& schedule,
                          const PickWeekdays& choice, Nonce nonce) {
  const Texts& t = reader.t();
  const int days = choice.days;
  Screen screen{.text = WeekText(reader, schedule) + "\n" + t.Html("schedule.ask_days"),
                .rows = {}};
  std::vector<Button> buttons;
  for (const int weekday : WeekdaysInOrder(t.formats())) {
    buttons.push_back({(HasWeekday(days, weekday) ? "✔ " : "") +
                           t.formats().WeekdayAbbreviation(weekday, LinePlace::kAtStart),
                       Action(PickWeekdays{days ^ 1 << (weekday - 1), choice.weeks})});
  }
  AppendGrid(screen.rows, std::move(buttons), 4);
  if (days == 0) {
    screen.rows.push_back(
        {{t.Plain("schedule.workweek"), Action(PickWeekdays{kWorkweek, choice.weeks})}});
  } else {
    screen.rows.push_back(
        {{t.Plain("schedule.next"), Action(PickFrom{days, choice.weeks}), Style::kPrimary},
         {t.Plain("schedule.day_off"), Action(ClearHours{days, choice.weeks, nonce})}});
    if (choice.weeks == InWeeks::kAll && schedule.weekly_hours_size() > 0) {
      screen.rows.push_back({{t.Plain("schedule.copy"), Action(AskCopy{days})}});
    }
  }
  const auto next_weeks = static_cast<InWeeks>((static_cast<int>(choice.weeks) + 1) % 3);
  screen.rows.push_back(
      {{t.Plain(WeeksKey(choice.weeks)), Action(PickWeekdays{days, next_weeks})}});
  if (choice.weeks != InWeeks::kAll || HasWeeksApart(schedule)) {
    const bool is_a =
        WeekOf(schedule, ToLocal(schedule.time_zone(), reader.now).day()) == InWeeks::kA;
    screen.text += "\n" + t.Html(is_a ? "schedule.this_is_a" : "schedule.this_is_b");
    screen.rows.back().push_back({t.Plain("schedule.swap"), Action(SwapWeeks{nonce})});
  }
  screen.rows.push_back(BackAndHome(reader, ShowHours{}));
  return screen;
}

Screen PickFromScreen(const Reader& reader, const v1::Schedule& schedule, const PickFrom& choice) {
  int first_hour = kFirstHour;
  for (const auto& hours : schedule.weekly_hours()) {
    first_hour = std::min(first_hour, hours.hours().start_minute() / 60);
  }
  Screen screen{
      .text = reader.t().Html("schedule.ask_from",
                              {{"days", DaysAndWeeks(reader, choice.days, choice.weeks)}}),
      .rows = {}};
  AppendHourGrid(screen.rows, first_hour,
                 [&](int from) { return PickTo{choice.days, choice.weeks, from}; });
  screen.rows.push_back(BackAndHome(reader, PickWeekdays{choice.days, choice.weeks}));
  return screen;
}

Screen PickToScreen(const Reader& reader, const PickTo& choice) {
  Screen screen{.text = reader.t().Html("schedule.ask_to",
                                        {{"days", DaysAndWeeks(reader, choice.days, choice.weeks)},
                                         {"from", ClockOf(choice.from)}}),
                .rows = {}};
  AppendEndGrid(screen.rows, choice.from,
                [&](int to) { return ReviewHours{choice.days, choice.weeks, choice.from, to}; });
  screen.rows.push_back(BackAndHome(reader, PickFrom{choice.days, choice.weeks}));
  return screen;
}

Screen ReviewHoursScreen(const Reader& reader, const ReviewHours& choice, Nonce nonce) {
  const Texts& t = reader.t();
  const bool overnight = choice.to <= choice.from;
  std::string text =
      t.Html("schedule.review", {{"days", DaysAndWeeks(reader, choice.days, choice.weeks)},
                                 {"hours", SpanText(choice.from, choice.to)}});
  if (overnight) text += "\n" + t.Html("schedule.overnight");
  return {.text = text,
          .rows = {{{t.Plain("schedule.replace"),
                     Action(ReplaceHours{choice.days, choice.weeks, choice.from, choice.to, nonce}),
                     Style::kPrimary}},
                   {{t.Plain("schedule.add"),
                     Action(AddHours{choice.days, choice.weeks, choice.from, choice.to, nonce})}},
                   BackAndHome(reader, PickTo{choice.days, choice.weeks, choice.from})}};
}

Screen AskCopyScreen(const Reader& reader, const v1::Schedule& schedule, int days, Nonce nonce) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("schedule.ask_copy", {{"days", DaysText(reader, days)}}),
                .rows = {}};
  const std::map<int, std::string> spans = SpansByDay(t, schedule);
  for (const int weekday : WeekdaysInOrder(t.formats())) {
    const auto day = spans.find(weekday);
    if (day == spans.end()) continue;
    screen.rows.push_back(
        {{t.formats().WeekdayAbbreviation(weekday, LinePlace::kAtStart) + " " + day->second,
          Action(CopyHours{days, weekday, nonce})}});
  }
  screen.rows.push_back(BackAndHome(reader, PickWeekdays{days}));
  return screen;
}

std::vector<v1::WeeklyHours> HoursWith(const v1::Schedule& schedule, int days, InWeeks weeks,
                                       const std::vector<HourSpan>& spans, KeepHours keep) {
  const auto own = ParityOf(weeks);
  const auto other = ParityOf(weeks == InWeeks::kA ? InWeeks::kB : InWeeks::kA);
  std::vector<v1::WeeklyHours> hours;
  for (int weekday = 1; weekday <= 7; ++weekday) {
    if (!HasWeekday(days, weekday)) continue;
    for (const v1::WeeklyHours& old : schedule.weekly_hours()) {
      if (old.weekday() != weekday) continue;
      if (keep == KeepHours::kOld) {
        hours.push_back(old);
      } else if (weeks != InWeeks::kAll && old.parity() != own) {
        hours.push_back(Weekly(weekday, old.hours(), other));
      }
    }
    for (const HourSpan& span : spans) {
      v1::LocalHours local;
      local.set_start_minute(span.from);
      local.set_end_minute(span.to);
      hours.push_back(Weekly(weekday, local, own));
    }
  }
  JoinWeeks(hours);
  return hours;
}

std::vector<v1::WeeklyHours> HoursCopied(const v1::Schedule& schedule, int days, int weekday) {
  std::vector<v1::WeeklyHours> hours;
  for (int to = 1; to <= 7; ++to) {
    if (!HasWeekday(days, to)) continue;
    for (const v1::WeeklyHours& one : schedule.weekly_hours()) {
      if (one.weekday() == weekday) hours.push_back(Weekly(to, one.hours(), one.parity()));
    }
  }
  return hours;
}

bool HasWeeksApart(const v1::Schedule& schedule) {
  return std::any_of(schedule.weekly_hours().begin(), schedule.weekly_hours().end(),
                     [](const v1::WeeklyHours& one) {
                       return one.parity() != v1::WeeklyHours::PARITY_UNSPECIFIED;
                     });
}

date::year_month_day MondayOf(date::year_month_day day) {
  const date::sys_days at = day;
  return at - (date::weekday(at) - date::Monday);
}

InWeeks WeekOf(const v1::Schedule& schedule, date::year_month_day day) {
  using date::literals::operator""_y;
  const date::sys_days first =
      schedule.has_week_a_monday() ? DayOf(schedule.week_a_monday()) : 2024_y / 1 / 1;
  const auto weeks = date::floor<date::weeks>(date::sys_days(MondayOf(day)) - first).count();
  return weeks % 2 == 0 ? InWeeks::kA : InWeeks::kB;
}

}  // namespace kalends::telegram
