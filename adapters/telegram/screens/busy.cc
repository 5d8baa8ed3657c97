#include "adapters/telegram/screens/busy.h"

#include <algorithm>

#include "adapters/telegram/actions/schedule.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"

namespace kalends::telegram {
namespace {

constexpr std::string_view kCalendarBlanks = " \t\r\n";

// One row per failure.
struct BusyFailureRow {
  v1::BusyCalendar::Failure failure;
  const char* text;
};
constexpr BusyFailureRow kBusyFailureRows[] = {
    {v1::BusyCalendar::FAILURE_UNREACHABLE, "busy.failure_unreachable"},
    {v1::BusyCalendar::FAILURE_CERTIFICATE, "busy.failure_certificate"},
    {v1::BusyCalendar::FAILURE_REFUSED, "busy.failure_refused"},
    {v1::BusyCalendar::FAILURE_MISSING, "busy.failure_missing"},
    {v1::BusyCalendar::FAILURE_BUSY, "busy.failure_busy"},
    {v1::BusyCalendar::FAILURE_NOT_CALENDAR, "busy.failure_not_calendar"},
    {v1::BusyCalendar::FAILURE_TOO_LARGE, "busy.failure_too_large"},
    {v1::BusyCalendar::FAILURE_NOT_ALLOWED, "busy.failure_not_allowed"},
};

// A failure of a newer core is an answer that nobody expected.
const char* BusyFailureText(v1::BusyCalendar::Failure failure) {
  for (const BusyFailureRow& row : kBusyFailureRows) {
    if (row.failure == failure) return row.text;
  }
  return "busy.failure_answer";
}

std::string BusyStamp(const Reader& reader, const google::protobuf::Timestamp& time) {
  const std::string zone = reader.zone.empty() ? "UTC" : reader.zone;
  return reader.t().formats().Stamp(ToLocal(zone, InstantOf(time)));
}

std::string BusyStateText(const Reader& reader, const v1::BusyCalendar& calendar) {
  const Texts& t = reader.t();
  std::string text =
      calendar.has_success_time()
          ? t.Html("busy.success", {{"time", BusyStamp(reader, calendar.success_time())}})
          : t.Html("busy.never");
  if (calendar.has_failure_time()) {
    text += "\n" + t.Html("busy.failed", {{"time", BusyStamp(reader, calendar.failure_time())}}) +
            " " + t.Html(BusyFailureText(calendar.failure()));
  }
  return text;
}

const char* BusySign(const v1::BusyCalendar& calendar) {
  if (calendar.has_failure_time()) return "⚠️ ";
  return calendar.has_success_time() ? "🔒 " : "⏳ ";
}

}  // namespace

std::optional<TypedCalendar> ParseCalendar(std::string_view typed) {
  std::vector<std::string> words;
  while (true) {
    typed.remove_prefix(std::min(typed.find_first_not_of(kCalendarBlanks), typed.size()));
    if (typed.empty()) break;
    const std::string_view word = typed.substr(0, typed.find_first_of(kCalendarBlanks));
    words.emplace_back(word);
    typed.remove_prefix(word.size());
  }
  const bool has_address = !words.empty() && words[0].find("://") != std::string::npos;
  if (!has_address || (words.size() != 1 && words.size() != 3)) return std::nullopt;
  words.resize(3);
  return TypedCalendar{words[0], words[1], words[2]};
}

Screen BusyCalendarsScreen(const Reader& reader, const std::vector<v1::BusyCalendar>& calendars) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html(calendars.empty() ? "busy.none" : "busy.title"), .rows = {}};
  for (const v1::BusyCalendar& calendar : calendars) {
    screen.rows.push_back({{NameLabel(BusySign(calendar), calendar.host(), ""),
                            Action(ShowBusyCalendar{BusyCalendarId::Of(calendar.name())})}});
  }
  screen.rows.push_back({{t.Plain("busy.new"), Action(AskBusyAddress{}), Style::kPrimary}});
  screen.rows.push_back(BackAndHome(reader, ShowHours{}));
  return screen;
}

Screen AskBusyAddressScreen(const Reader& reader) {
  return {.text = reader.t().Html("busy.ask"), .rows = {BackAndHome(reader, ShowBusyCalendars{})}};
}

Screen BusyCalendarScreen(const Reader& reader, const v1::BusyCalendar& calendar, Nonce nonce,
                          const std::string& heading) {
  const Texts& t = reader.t();
  const BusyCalendarId id = BusyCalendarId::Of(calendar.name());
  Screen screen{.text = heading.empty() ? "" : heading + "\n\n", .rows = {}};
  screen.text += "🔗 <b>" + HtmlOf(calendar.host()) + "</b>\n" + BusyStateText(reader, calendar);
  if (calendar.has_success_time()) {
    screen.text += "\n" + t.HtmlCount("busy.times", calendar.busy_count());
  }
  if (calendar.skipped_count() > 0) {
    screen.text += "\n" + t.HtmlCount("busy.skipped", calendar.skipped_count());
  }
  screen.text +=
      "\n" + t.Html(calendar.all_day_free() ? "busy.all_day_free" : "busy.all_day_closes");
  const AllDay other = calendar.all_day_free() ? AllDay::kCloses : AllDay::kFree;
  screen.rows = {{{t.Plain("busy.fetch"), Action(FetchBusyCalendar{id, nonce}), Style::kPrimary},
                  {t.Plain(calendar.all_day_free() ? "busy.let_close" : "busy.let_free"),
                   Action(SetBusyAllDay{id, other, nonce})}},
                 {{t.Plain("busy.remove"), Action(RemoveBusyCalendar{id, nonce}), Style::kDanger}},
                 BackAndHome(reader, ShowBusyCalendars{})};
  return screen;
}

}  // namespace kalends::telegram
