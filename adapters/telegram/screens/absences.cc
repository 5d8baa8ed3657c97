#include "adapters/telegram/screens/absences.h"

#include "adapters/telegram/actions/calendar.h"
#include "adapters/telegram/actions/schedule.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"
#include "adapters/telegram/screens/month_grid.h"

namespace kalends::telegram {
namespace {

constexpr date::months kVacationMonthsAhead{18};  // To page through; farther ones can be typed.
constexpr date::days kVacationDaysUsual{21};      // Its end is found without paging.
constexpr int kHoursAhead = 12;
constexpr int kHoursPerDay = 24;
constexpr int kBlockFirstHour = 8;

bool IsMidnight(const LocalTime& time) { return time.time == date::floor<date::days>(time.time); }

std::string ClosureLabel(const Reader& reader, const v1::Closure& closure) {
  return closure.label().empty() ? reader.t().Plain("absences.away") : closure.label();
}

}  // namespace

std::string DaysSpanText(const Reader& reader, date::year_month_day first,
                         date::year_month_day last) {
  const Formats& formats = reader.t().formats();
  const std::string from = formats.ShortDate(first, LinePlace::kAtStart);
  return first == last ? from : from + " – " + formats.ShortDate(last, LinePlace::kAtStart);
}

std::string ClosureText(const Reader& reader, const v1::Closure& closure, std::string_view zone) {
  const LocalTime start = ToLocal(zone, InstantOf(closure.start_time()));
  const LocalTime end = ToLocal(zone, InstantOf(closure.end_time()));
  const std::string label = ClosureLabel(reader, closure) + " · ";
  if (IsMidnight(start) && IsMidnight(end)) {
    const date::year_month_day last = date::sys_days(end.day()) - date::days(1);
    return label + DaysSpanText(reader, start.day(), last);
  }
  const Formats& formats = reader.t().formats();
  const std::string day = label + formats.ShortDate(start.day(), LinePlace::kAtStart) + ", ";
  if (start.day() == end.day()) return day + Formats::Span(start, end);
  return day + Formats::Time(start) + " – " + formats.ShortDate(end.day(), LinePlace::kAtStart) +
         ", " + Formats::Time(end);
}

Screen VacationScreen(const Reader& reader, const VacationView& view) {
  const Texts& t = reader.t();
  Screen screen{.text = view.heading.empty() ? "" : view.heading + "\n\n", .rows = {}};
  screen.text += view.first ? t.Html("absences.ask_last",
                                     {{"day", t.formats().Date(*view.first, LinePlace::kAtStart)}})
                            : t.Html("absences.ask_first");
  const date::year_month_day from = view.first.value_or(view.today);
  const auto show = [&](date::year_month month) {
    return view.first ? Action(ShowVacationEnd{*view.first, month, view.began})
                      : Action(ShowVacation{month});
  };
  const date::days choice = view.first ? kVacationDaysUsual : kDaysOfAChoice;
  const date::year_month month = FirstShown(view.month, from, choice);
  const date::year_month last_month = LastShown(month, from, choice);
  MonthGridView grid{.month = month,
                     .last_month = last_month,
                     .free = DaysOfMonths(month, last_month, from),
                     .pick = [&](date::year_month_day day) -> Action {
                       if (view.first)
                         return TakeVacation{*view.first, day, view.nonce, view.began};
                       return ShowVacationEnd{day, std::nullopt};
                     },
                     .previous = std::nullopt,
                     .next = std::nullopt};
  if (month > MonthOf(from)) grid.previous = show(month - date::months(1));
  if (last_month < MonthOf(view.today) + kVacationMonthsAhead) {
    grid.next = show(last_month + date::months(1));
  }
  AppendMonthGrid(screen.rows, t.formats(), grid);
  if (!view.first && !view.closures.empty()) {
    screen.rows.push_back({{t.Plain("absences.list"), Action(ShowClosures{})}});
  }
  const Action back = !view.first                         ? Action(ShowHours{})
                      : view.began == AwayFrom::kCalendar ? Action(BlockDay{*view.first})
                                                          : Action(ShowVacation{});
  screen.rows.push_back(BackAndHome(reader, back));
  return screen;
}

Screen AbsenceScreen(const Reader& reader, std::string_view zone, Nonce nonce) {
  const Texts& t = reader.t();
  const date::year_month_day today = ToLocal(zone, reader.now).day();
  const Instant end = DayStart(zone, date::sys_days(today) + date::days(1));
  const auto now = std::chrono::ceil<std::chrono::minutes>(reader.now);
  Screen screen{.text = t.Html("absences.ask_from"), .rows = {}};
  screen.rows.push_back(
      {{t.Plain("absences.now"), Action(PickAbsenceEnd{now})},
       {t.Plain("absences.rest_of_day"),
        Action(BeAbsent{now, std::chrono::floor<std::chrono::minutes>(end), nonce})}});
  std::vector<Button> buttons;
  Minute hour = std::chrono::ceil<std::chrono::hours>(reader.now);
  for (int i = 0; i < kHoursAhead && hour < end; ++i, hour += std::chrono::hours(1)) {
    buttons.push_back({Formats::Time(ToLocal(zone, hour)), Action(PickAbsenceEnd{hour})});
  }
  AppendGrid(screen.rows, std::move(buttons), 4);
  screen.rows.push_back(BackAndHome(reader, ShowHours{}));
  return screen;
}

Screen BlockDayScreen(const Reader& reader, std::string_view zone, date::year_month_day day,
                      Nonce nonce) {
  const Texts& t = reader.t();
  const auto now = std::chrono::ceil<std::chrono::minutes>(reader.now);
  const bool is_today = day == ToLocal(zone, reader.now).day();
  const auto start = std::chrono::floor<std::chrono::minutes>(DayStart(zone, day));
  const auto end =
      std::chrono::floor<std::chrono::minutes>(DayStart(zone, date::sys_days(day) + date::days(1)));
  Screen screen{
      .text = t.Html("absences.block_day", {{"day", t.formats().Date(day, LinePlace::kAtStart)}}),
      .rows = {}};
  screen.rows.push_back(
      {{t.Plain(is_today ? "absences.rest_of_day" : "absences.whole_day"),
        Action(BeAbsent{is_today ? now : start, end, nonce, AwayFrom::kCalendar})},
       {t.Plain("absences.several_days"),
        Action(ShowVacationEnd{day, std::nullopt, AwayFrom::kCalendar})}});
  std::vector<Button> buttons;
  for (int i = 0; i < kHoursPerDay; ++i) {
    const std::chrono::hours clock((kBlockFirstHour + i) % kHoursPerDay);
    const auto from = std::chrono::floor<std::chrono::minutes>(AtClock(zone, day, clock));
    std::string label = Formats::Time(ToLocal(zone, from));
    // An hour that a clock change skips is the next one.
    if (from < now || (!buttons.empty() && buttons.back().label == label)) continue;
    buttons.push_back({std::move(label), Action(PickAbsenceEnd{from, AwayFrom::kCalendar})});
  }
  AppendGrid(screen.rows, std::move(buttons), 4);
  screen.rows.push_back(BackAndHome(reader, ShowDay{day}));
  return screen;
}

Screen AbsenceEndScreen(const Reader& reader, std::string_view zone, const PickAbsenceEnd& choice,
                        Nonce nonce) {
  const Texts& t = reader.t();
  const Minute from = choice.from;
  const LocalTime start = ToLocal(zone, from);
  const auto end = std::chrono::floor<std::chrono::minutes>(
      DayStart(zone, date::sys_days(start.day()) + date::days(1)));
  Screen screen{.text = t.Html("absences.ask_to", {{"from", Formats::Time(start)}}), .rows = {}};
  std::vector<Button> buttons;
  Minute hour = std::chrono::floor<std::chrono::hours>(from) + std::chrono::hours(1);
  for (int i = 0; i < kHoursAhead && hour < end; ++i, hour += std::chrono::hours(1)) {
    buttons.push_back(
        {Formats::Time(ToLocal(zone, hour)), Action(BeAbsent{from, hour, nonce, choice.began})});
  }
  AppendGrid(screen.rows, std::move(buttons), 4);
  screen.rows.push_back(
      {{t.Plain("absences.till_midnight"), Action(BeAbsent{from, end, nonce, choice.began})}});
  screen.rows.push_back(BackAndHome(reader, choice.began == AwayFrom::kCalendar
                                                ? Action(BlockDay{start.day()})
                                                : Action(ShowAbsence{})));
  return screen;
}

Screen ClosuresScreen(const Reader& reader, const Page<v1::Closure>& closures,
                      std::string_view zone) {
  const Texts& t = reader.t();
  const bool none = closures.items.empty() && closures.number == 0;
  Screen screen{.text = t.Html(none ? "absences.list_none" : "absences.list_title"), .rows = {}};
  for (const v1::Closure& closure : closures.items) {
    screen.rows.push_back({{NameLabel("", ClosureText(reader, closure, zone), ""),
                            Action(ShowClosure{ClosureId::Of(closure.name())})}});
  }
  AppendPager(screen.rows, closures.number, closures.has_next,
              [](int page) { return ShowClosures{page}; });
  screen.rows.push_back({{t.Plain("absences.vacation_new"), Action(ShowVacation{})}});
  screen.rows.push_back(BackAndHome(reader, ShowHours{}));
  return screen;
}

Screen ClosureScreen(const Reader& reader, const v1::Closure& closure, std::string_view zone,
                     Nonce nonce, const std::string& heading, AwayFrom began) {
  const Texts& t = reader.t();
  Screen screen{.text = heading.empty() ? "" : heading + "\n\n", .rows = {}};
  screen.text += "🏖 <b>" + HtmlOf(ClosureText(reader, closure, zone)) + "</b>";
  screen.rows.push_back(
      {{t.Plain("absences.remove"), Action(DeleteClosure{ClosureId::Of(closure.name()), nonce}),
        Style::kDanger},
       {t.Plain("absences.list"), Action(ShowClosures{})}});
  const date::year_month_day day = ToLocal(zone, InstantOf(closure.start_time())).day();
  screen.rows.push_back(BackAndHome(
      reader, began == AwayFrom::kCalendar ? Action(ShowDay{day}) : Action(ShowHours{})));
  return screen;
}

Screen ClosureGoneScreen(const Reader& reader) {
  return {.text = reader.t().Html("absences.removed"), .rows = {BackAndHome(reader, ShowHours{})}};
}

}  // namespace kalends::telegram
