#include "adapters/telegram/screens/calendar.h"

#include <algorithm>
#include <map>

#include "adapters/telegram/actions/absences.h"
#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/actions/book_for.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"
#include "adapters/telegram/screens/appointments.h"

namespace kalends::telegram {
namespace {

constexpr std::chrono::minutes kFreeMin{15};  // What is shorter is of use to nobody.
constexpr std::size_t kNameCharsInLine = 20;  // Of people, where many stand in a line.
constexpr std::size_t kPlacesMax = 60;        // That a day tells of, each with a button.
constexpr std::size_t kAppointmentsOfTeam =
    8;  // With more, a team's day has a button for each one.
constexpr std::size_t kInTwoColumns = 8;

TimeSpan SpanOf(const v1::Appointment& appointment) {
  return {InstantOf(appointment.start_time()), InstantOf(appointment.end_time())};
}

TimeSpan DayIn(std::string_view zone, date::year_month_day day) {
  return {DayStart(zone, day), DayStart(zone, date::sys_days(day) + date::days(1))};
}

bool Overlap(const TimeSpan& a, const TimeSpan& b) { return a.start < b.end && b.start < a.end; }

TimeSpan Cut(const TimeSpan& span, const TimeSpan& within) {
  return {std::max(span.start, within.start), std::min(span.end, within.end)};
}

std::chrono::minutes LengthOf(const std::vector<TimeSpan>& spans) {
  std::chrono::seconds length{0};
  for (const TimeSpan& span : spans) length += span.end - span.start;
  return std::chrono::floor<std::chrono::minutes>(length);
}

// A line of a day's text, and when it begins.
struct Place {
  Instant at;
  std::string text;  // HTML.
};

std::string ClockSpan(const CalendarView& view, const TimeSpan& span) {
  return Formats::Span(ToLocal(view.zone, span.start), ToLocal(view.zone, span.end));
}

std::vector<Place> PlacesOf(const Reader& reader, const CalendarView& view, const Workload& work) {
  const Texts& t = reader.t();
  std::vector<Place> places;
  for (const v1::Appointment& appointment : work.appointments) {
    const TimeSpan span = SpanOf(appointment);
    const std::string name = ShortenSeen(OtherName(appointment, Side::kProvider), kNameCharsInLine);
    places.push_back({span.start, t.Html("calendar.place",
                                         {{"time", Formats::Time(ToLocal(view.zone, span.start))},
                                          {"icon", StatusIcon(appointment.status())},
                                          {"name", name}})});
  }
  for (const TimeSpan& free : work.free) {
    places.push_back({free.start, t.Html("calendar.free", {{"time", ClockSpan(view, free)}})});
  }
  for (const ClosedTime& closed : work.closed) {
    const bool whole = work.open.empty() && work.appointments.empty();
    const std::string label = closed.label.empty() ? t.Plain("calendar.closed") : closed.label;
    places.push_back({closed.span.start,
                      whole ? t.Html("calendar.closed_all_day", {{"label", label}})
                            : t.Html("calendar.closed_part",
                                     {{"time", ClockSpan(view, closed.span)}, {"label", label}})});
  }
  std::ranges::stable_sort(places, {}, &Place::at);
  return places;
}

// "9:00 🟢 Anna · 10:30–14:00 frei"; that it is closed, or that nothing is left.
std::string LineOf(const Reader& reader, const CalendarView& view, const Workload& work) {
  const std::vector<Place> places = PlacesOf(reader, view, work);
  std::string line;
  for (std::size_t i = 0; i < std::min(places.size(), kPlacesMax); ++i) {
    if (i > 0) line += " · ";
    line += places[i].text;
  }
  if (places.size() > kPlacesMax) line += " …";
  if (!line.empty()) return line;
  return reader.t().Html(work.open.empty() ? "calendar.closed_day" : "calendar.nothing_left");
}

// "3 Termine · 190,00 €", of one currency alone.
std::string SumOf(const Reader& reader, const std::vector<Workload>& people) {
  int count = 0;
  std::map<std::string, std::int64_t> sums;
  for (const Workload& work : people) {
    for (const v1::Appointment& appointment : work.appointments) {
      ++count;
      if (appointment.status() == v1::Appointment::STATUS_MISSED || !appointment.has_price()) {
        continue;
      }
      sums[appointment.price().currency_code()] += appointment.price().minor_units();
    }
  }
  std::string text = count == 0 ? reader.t().Html("calendar.no_appointments")
                                : reader.t().HtmlCount("calendar.appointments", count);
  if (sums.size() == 1 && sums.begin()->second > 0) {
    text +=
        " · " + EscapeHtml(reader.t().formats().Money(sums.begin()->first, sums.begin()->second));
  }
  return text;
}

std::size_t CountOf(const std::vector<Workload>& people) {
  std::size_t count = 0;
  for (const Workload& work : people) count += work.appointments.size();
  return count;
}

Action DayAction(const CalendarView& view, std::optional<date::year_month_day> day) {
  if (view.specialist.empty()) return ShowDay{day};
  return ShowStaffDay{view.specialist, day};
}

// A button for each appointment; where a team has many, for each of the team.
void AppendAppointments(const Reader& reader, const CalendarView& view, std::vector<Row>& rows) {
  std::vector<Button> buttons;
  const bool team = view.people.size() > 1;
  if (team && CountOf(view.people) > kAppointmentsOfTeam) {
    for (const Workload& work : view.people) {
      buttons.push_back({NameLabel("", work.name, " " + std::to_string(work.appointments.size())),
                         Action(ShowStaffDay{work.specialist, view.first})});
    }
    AppendGrid(rows, std::move(buttons), 2);
    return;
  }
  for (const Workload& work : view.people) {
    for (const v1::Appointment& appointment : work.appointments) {
      if (buttons.size() == kPlacesMax) break;
      const std::string lead =
          Formats::Time(ToLocal(view.zone, InstantOf(appointment.start_time()))) + " ";
      buttons.push_back(
          {team ? ListLabel(reader, lead, appointment, Side::kProvider)
                : NameLabel(lead, NameOnButton(reader, appointment.customer_display_name()), ""),
           Action(ShowAppointment{AppointmentId::Of(appointment.name())})});
    }
  }
  const std::size_t columns = buttons.size() > kInTwoColumns ? 3 : 2;
  AppendGrid(rows, std::move(buttons), team ? 1 : columns);
}

Row PictureRow(const Reader& reader, const CalendarView& view, PictureOf of) {
  const Texts& t = reader.t();
  return {{t.Plain("calendar.picture"),
           Action(SendCalendarPicture{of, PictureTheme::kLight, view.specialist, view.first})},
          {t.Plain("calendar.day_agenda"), Action(ShowAgenda{})}};
}

// A customer is entered on the day that is shown, and who is away says so of it.
Row ChangeRow(const Reader& reader, const CalendarView& view) {
  const Texts& t = reader.t();
  const date::year_month_day today = ToLocal(view.zone, reader.now).day();
  Row row;
  if (view.first >= today && view.specialist.empty()) {
    row.push_back({t.Plain("calendar.book"),
                   Action(BookForCustomer{.customer = {}, .day = view.first, .page = 0})});
  }
  const bool own = view.people.size() == 1 && view.people[0].specialist.empty();
  if (view.first < today || !own) return row;
  row.push_back({t.Plain("calendar.block"), Action(BlockDay{view.first})});
  return row;
}

std::string OwnerLine(const Reader& reader, const CalendarView& view) {
  if (view.specialist.empty() || view.people.empty()) return {};
  return "\n" + reader.t().Html("calendar.of", {{"name", view.people[0].name}});
}

// Of a day in a week, in a line of a phone: "3 Termine · 2 Std. frei", or why there is nothing.
std::string DaySum(const Reader& reader, const std::vector<Workload>& people) {
  const Texts& t = reader.t();
  std::vector<TimeSpan> free;
  bool open = false;
  std::string label;
  for (const Workload& work : people) {
    free.insert(free.end(), work.free.begin(), work.free.end());
    open |= !work.open.empty();
    if (!work.closed.empty()) label = work.closed[0].label;
  }
  const auto count = static_cast<int>(CountOf(people));
  if (count == 0 && !open) {
    return t.Html("calendar.closed_all_day",
                  {{"label", label.empty() ? t.Plain("calendar.closed") : label}});
  }
  const auto left = LengthOf(free);
  const std::string free_text =
      left.count() > 0 ? t.Html("calendar.free_length", {{"length", t.Duration(left)}}) : "";
  if (count == 0) return free_text.empty() ? t.Html("calendar.no_appointments") : free_text;
  const std::string text = t.HtmlCount("calendar.appointments", count);
  return free_text.empty() ? text : text + " · " + free_text;
}

// "Mo 3", "Mi 🚫", "So –".
std::string DayLabel(const Reader& reader, date::year_month_day day,
                     const std::vector<Workload>& people) {
  const int weekday = static_cast<int>(date::weekday(date::sys_days(day)).iso_encoding());
  std::string label = reader.t().formats().WeekdayAbbreviation(weekday, LinePlace::kAtStart) + " ";
  if (const std::size_t count = CountOf(people); count > 0) return label + std::to_string(count);
  const bool open =
      std::ranges::any_of(people, [](const Workload& work) { return !work.open.empty(); });
  const bool closed =
      std::ranges::any_of(people, [](const Workload& work) { return !work.closed.empty(); });
  return label + (open ? "0" : closed ? "🚫" : "–");
}

}  // namespace

Workload PartOf(const Workload& work, date::year_month_day day, std::string_view zone) {
  const TimeSpan within = DayIn(zone, day);
  Workload part{.specialist = work.specialist,
                .name = work.name,
                .appointments = {},
                .open = {},
                .free = {},
                .closed = {}};
  for (const v1::Appointment& appointment : work.appointments) {
    const Instant start = InstantOf(appointment.start_time());
    if (start >= within.start && start < within.end) part.appointments.push_back(appointment);
  }
  for (const TimeSpan& span : work.open) {
    if (Overlap(span, within)) part.open.push_back(Cut(span, within));
  }
  for (const TimeSpan& span : work.free) {
    if (Overlap(span, within)) part.free.push_back(Cut(span, within));
  }
  for (const ClosedTime& closed : work.closed) {
    if (Overlap(closed.span, within))
      part.closed.push_back({Cut(closed.span, within), closed.label});
  }
  return part;
}

std::vector<TimeSpan> FreeIn(const std::vector<TimeSpan>& open, const std::vector<TimeSpan>& busy,
                             Instant now) {
  std::vector<TimeSpan> free;
  const auto add = [&](Instant start, Instant end) {
    start = std::max<Instant>(start, std::chrono::ceil<std::chrono::minutes>(now));
    if (end - start >= kFreeMin) free.push_back({start, end});
  };
  for (const TimeSpan& span : open) {
    Instant from = span.start;
    for (const TimeSpan& taken : busy) {
      if (!Overlap(taken, {from, span.end})) continue;
      add(from, taken.start);
      from = std::max(from, taken.end);
    }
    add(from, span.end);
  }
  return free;
}

date::year_month_day WeekStart(const Reader& reader, date::year_month_day day) {
  const int weekday = static_cast<int>(date::weekday(date::sys_days(day)).iso_encoding());
  const int into = (weekday - reader.t().formats().first_weekday() + 7) % 7;
  return date::sys_days(day) - date::days(into);
}

Screen DayScreen(const Reader& reader, const CalendarView& view) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("calendar.day_title",
                               {{"day", t.formats().ShortDate(view.first, LinePlace::kAtStart)}}) +
                        " · " + SumOf(reader, view.people) + OwnerLine(reader, view) +
                        ZoneLine(reader, view.zone),
                .rows = {}};
  for (const Workload& work : view.people) {
    screen.text += "\n";
    if (view.people.size() > 1) {
      screen.text +=
          t.Html("calendar.person", {{"name", ShortenSeen(work.name, kNameCharsInLine)}}) + " ";
    }
    screen.text += LineOf(reader, view, work);
  }
  if (view.people.empty()) screen.text += "\n" + t.Html("calendar.no_team");
  AppendAppointments(reader, view, screen.rows);
  if (Row change = ChangeRow(reader, view); !change.empty()) {
    screen.rows.push_back(std::move(change));
  }
  const date::sys_days here = view.first;
  screen.rows.push_back(
      {{"◀", DayAction(view, here - date::days(1))},
       {t.Plain("calendar.day_today"), DayAction(view, std::nullopt)},
       {"▶", DayAction(view, here + date::days(1))},
       {t.Plain("calendar.week"), Action(ShowWeek{view.specialist, view.first})}});
  screen.rows.push_back(PictureRow(reader, view, PictureOf::kDay));
  return screen;
}

Screen WeekScreen(const Reader& reader, const CalendarView& view) {
  const Texts& t = reader.t();
  const date::sys_days first = view.first;
  const date::sys_days last = first + date::days(view.days - 1);
  std::vector<TimeSpan> free;
  for (const Workload& work : view.people) {
    free.insert(free.end(), work.free.begin(), work.free.end());
  }
  Screen screen{.text = t.Html("calendar.week_title",
                               {{"first", t.formats().ShortDate(first, LinePlace::kAtStart)},
                                {"last", t.formats().ShortDate(last)}}) +
                        " · " + SumOf(reader, view.people) + OwnerLine(reader, view) +
                        ZoneLine(reader, view.zone),
                .rows = {}};
  std::vector<Button> buttons;
  const date::year_month_day today = ToLocal(view.zone, reader.now).day();
  for (date::sys_days at = first; at <= last; at += date::days(1)) {
    const date::year_month_day day = at;
    std::vector<Workload> people;
    people.reserve(view.people.size());
    for (const Workload& work : view.people) people.push_back(PartOf(work, day, view.zone));
    screen.text +=
        "\n" +
        t.Html("calendar.week_day", {{"day", t.formats().ShortDate(day, LinePlace::kAtStart)}}) +
        " " + DaySum(reader, people);
    buttons.push_back({DayLabel(reader, day, people), DayAction(view, day),
                       day == today ? Style::kPrimary : Style::kNone});
  }
  AppendGrid(screen.rows, std::move(buttons), 4);
  screen.rows.push_back({{"◀", Action(ShowWeek{view.specialist, first - date::days(7)})},
                         {t.Plain("calendar.this_week"), Action(ShowWeek{view.specialist, {}})},
                         {"▶", Action(ShowWeek{view.specialist, first + date::days(7)})}});
  screen.rows.push_back(PictureRow(reader, view, PictureOf::kWeek));
  return screen;
}

Screen PictureCaption(const Reader& reader, const CalendarView& view, PictureTheme theme) {
  const Texts& t = reader.t();
  const PictureOf of = view.days > 1 ? PictureOf::kWeek : PictureOf::kDay;
  const bool light = theme == PictureTheme::kLight;
  const std::string last =
      t.formats().ShortDate(date::sys_days(view.first) + date::days(view.days - 1));
  const std::string first = t.formats().ShortDate(view.first, LinePlace::kAtStart);
  return {
      .text = (of == PictureOf::kWeek
                   ? t.Html("calendar.week_title", {{"first", first}, {"last", last}})
                   : t.Html("calendar.day_title", {{"day", first}})) +
              " · " + SumOf(reader, view.people),
      .rows = {{{t.Plain(light ? "calendar.dark" : "calendar.light"),
                 Action(SendCalendarPicture{of, light ? PictureTheme::kDark : PictureTheme::kLight,
                                            view.specialist, view.first})}}}};
}

}  // namespace kalends::telegram
