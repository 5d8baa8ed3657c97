#include "adapters/telegram/screens/holidays.h"

#include <algorithm>

#include "adapters/telegram/actions/schedule.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"
#include "adapters/telegram/screens/hour_grid.h"

namespace kalends::telegram {
namespace {

constexpr int kEntriesShown = 5;
constexpr int kYearsToLeapDay = 8;  // From one 29 February to the next, at most.

// The first day from `today` on; of one that does not repeat its own.
date::year_month_day NextOf(const v1::SpecialDate& special, date::year_month_day today) {
  const date::year_month_day day = DayOf(special.date());
  if (!special.repeats_yearly()) return day;
  date::year_month_day next = today.year() / day.month() / day.day();
  for (int i = 0; i < kYearsToLeapDay && (!next.ok() || next < today); ++i) {
    next += date::years(1);
  }
  return next;
}

std::string SpansText(const v1::SpecialDate& special) {
  std::string text;
  for (const v1::LocalHours& hours : special.hours()) {
    text += (text.empty() ? "" : ", ") + SpanText(hours.start_minute(), hours.end_minute());
  }
  return text;
}

// The first entries of `dates`, a line each. HTML.
std::string EntryLines(const Reader& reader, const char* sign,
                       const google::protobuf::RepeatedPtrField<v1::SpecialDate>& dates,
                       int& room) {
  std::string text;
  for (const v1::SpecialDate& special : dates) {
    if (room == 0) break;
    --room;
    text += "\n" + std::string(sign) + " " +
            HtmlOf(HolidayText(reader, Holiday{special, DayOf(special.date())}));
  }
  return text;
}

bool ChangesAny(const v1::ImportHolidaysResponse& response) {
  return response.added_size() + response.changed_size() + response.removed_size() > 0;
}

std::string FileCounts(const Reader& reader, const v1::ImportHolidaysResponse& response) {
  const std::pair<const char*, int> kCounts[] = {
      {"holidays.count_added", response.added_size()},
      {"holidays.count_changed", response.changed_size()},
      {"holidays.count_removed", response.removed_size()},
      {"holidays.count_unchanged", response.unchanged_size()}};
  std::string text;
  for (const auto& [key, count] : kCounts) {
    if (count > 0) text += (text.empty() ? "" : " · ") + reader.t().HtmlCount(key, count);
  }
  return text;
}

}  // namespace

std::vector<Holiday> HolidaysAhead(const v1::Schedule& schedule, date::year_month_day today) {
  std::vector<Holiday> holidays;
  for (const v1::SpecialDate& special : schedule.special_dates()) {
    const date::year_month_day next = NextOf(special, today);
    if (next >= today) holidays.push_back({special, next});
  }
  std::stable_sort(holidays.begin(), holidays.end(),
                   [](const Holiday& a, const Holiday& b) { return a.next < b.next; });
  return holidays;
}

std::string HolidayText(const Reader& reader, const Holiday& holiday) {
  std::string text = reader.t().formats().ShortDate(holiday.next, LinePlace::kAtStart);
  if (!holiday.date.label().empty()) text += " · " + holiday.date.label();
  if (holiday.date.hours_size() > 0) text += " · " + SpansText(holiday.date);
  if (holiday.date.repeats_yearly()) text += " 🔁";
  return text;
}

Screen HolidaysScreen(const Reader& reader, const Page<Holiday>& holidays) {
  const Texts& t = reader.t();
  const bool none = holidays.items.empty() && holidays.number == 0;
  Screen screen{.text = t.Html(none ? "holidays.none" : "holidays.title"), .rows = {}};
  for (const Holiday& holiday : holidays.items) {
    screen.rows.push_back({{NameLabel("", HolidayText(reader, holiday), ""),
                            Action(ShowHoliday{DayOf(holiday.date.date())})}});
  }
  AppendPager(screen.rows, holidays.number, holidays.has_next,
              [](int page) { return ShowHolidays{page}; });
  screen.rows.push_back({{t.Plain("holidays.new"), Action(AskHoliday{}), Style::kPrimary},
                         {t.Plain("holidays.file"), Action(AskHolidayFile{})}});
  screen.rows.push_back(BackAndHome(reader, ShowHours{}));
  return screen;
}

Screen AskHolidayScreen(const Reader& reader) {
  return {.text = reader.t().Html("holidays.ask"), .rows = {BackAndHome(reader, ShowHolidays{})}};
}

Screen ReviewHolidayScreen(const Reader& reader, const TypedHoliday& holiday, Nonce nonce) {
  const Texts& t = reader.t();
  std::string hours;
  for (const HourSpan& span : holiday.spans) {
    hours += (hours.empty() ? "" : ", ") + SpanText(span.from, span.to);
  }
  std::string text =
      "🎉 <b>" + EscapeHtml(t.formats().Date(holiday.day, LinePlace::kAtStart)) + "</b>";
  if (!holiday.label.empty()) text += " · " + HtmlOf(holiday.label);
  text += "\n" + (hours.empty() ? t.Html("holidays.free_all_day")
                                : t.Html("holidays.open_at", {{"hours", hours}}));
  return {.text = text + "\n\n" + t.Html("holidays.ask_repeats"),
          .rows = {{{t.Plain("holidays.once"), Action(AddHoliday{Repeats::kOnce, nonce}),
                     Style::kPrimary},
                    {t.Plain("holidays.yearly"), Action(AddHoliday{Repeats::kYearly, nonce})}},
                   BackAndHome(reader, ShowHolidays{})}};
}

Screen HolidayScreen(const Reader& reader, const Holiday& holiday, Nonce nonce,
                     const std::string& heading) {
  const Texts& t = reader.t();
  const date::year_month_day day = DayOf(holiday.date.date());
  const bool yearly = holiday.date.repeats_yearly();
  Screen screen{.text = heading.empty() ? "" : heading + "\n\n", .rows = {}};
  screen.text += "🎉 <b>" + HtmlOf(HolidayText(reader, holiday)) + "</b>\n" +
                 t.Html(yearly ? "holidays.is_yearly" : "holidays.is_once");
  if (holiday.date.imported()) screen.text += "\n" + t.Html("holidays.is_imported");
  screen.rows = {
      {{t.Plain(yearly ? "holidays.make_once" : "holidays.make_yearly"),
        Action(SetHolidayRepeats{day, yearly ? Repeats::kOnce : Repeats::kYearly, nonce})},
       {t.Plain("holidays.remove"), Action(RemoveHoliday{day, nonce}), Style::kDanger}},
      BackAndHome(reader, ShowHolidays{})};
  return screen;
}

Screen AskHolidayFileScreen(const Reader& reader) {
  return {.text = reader.t().Html("holidays.ask_file"),
          .rows = {BackAndHome(reader, ShowHolidays{})}};
}

Screen HolidayFileScreen(const Reader& reader, const HolidayFileView& view) {
  const Texts& t = reader.t();
  const v1::ImportHolidaysResponse& all = view.with_free;
  const bool has_free = all.free_size() > 0;
  Screen screen{.text = t.Html("holidays.file_title") + "\n" + FileCounts(reader, all), .rows = {}};
  int room = kEntriesShown;
  screen.text += EntryLines(reader, "➕", all.added(), room);
  screen.text += EntryLines(reader, "✏️", all.changed(), room);
  screen.text += EntryLines(reader, "➖", all.removed(), room);
  if (all.kept_size() > 0) screen.text += "\n" + t.HtmlCount("holidays.kept", all.kept_size());
  if (all.skipped_size() > 0) {
    screen.text += "\n" + t.HtmlCount("holidays.skipped", all.skipped_size());
  }
  if (has_free) screen.text += "\n\n" + t.HtmlCount("holidays.free_entries", all.free_size());
  const int affected = all.affected_appointments_size();
  if (affected > 0) screen.text += "\n\n" + t.HtmlCount("holidays.would_hit", affected);
  if (ChangesAny(all)) {
    screen.rows.push_back(
        {{t.Plain(has_free ? "holidays.take_all" : "holidays.take"),
          Action(TakeHolidayFile{FreeDays::kTakeIn, view.nonce}), Style::kPrimary}});
  }
  if (has_free && ChangesAny(view.without_free)) {
    screen.rows.push_back({{t.Plain("holidays.take_without_free"),
                            Action(TakeHolidayFile{FreeDays::kLeaveOut, view.nonce})}});
  }
  if (screen.rows.empty()) screen.text += "\n\n" + t.Html("holidays.nothing_new");
  screen.rows.push_back(BackAndHome(reader, ShowHolidays{}));
  return screen;
}

std::string HolidayFileTaken(const Reader& reader, const v1::ImportHolidaysResponse& taken) {
  return reader.t().Html("holidays.taken") + "\n" + FileCounts(reader, taken);
}

}  // namespace kalends::telegram
