#include "adapters/telegram/screens/typed_days.h"

#include <algorithm>
#include <charconv>

#include "adapters/telegram/typed_when.h"

namespace kalends::telegram {
namespace {

using date::year_month_day;

constexpr std::size_t kTypedDaysBytesMax = 300;
constexpr std::size_t kHolidayWordsMax = 6;  // Of the day, before its name begins.

// Between two days, the longer ones first. Of de, en, fr, ru, uk, es.
constexpr std::string_view kBetweenDays[] = {
    " jusqu’au ", " jusqu'au ", " through ", " until ", " hasta ", " till ", " bis ",
    " до ",       " по ",       " au ",      " al ",    " to ",    " – ",    " — ",
    " - ",        " a ",        " à ",       "–",       "—",       "-"};

// Before a last day, where the first one is today.
constexpr std::string_view kUntil[] = {"bis ",      "Bis ",      "until ", "till ",
                                       "jusqu’au ", "jusqu'au ", "до ",    "hasta "};

std::string_view WithoutEnds(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n,;:";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::optional<year_month_day> DayTyped(std::string_view text, std::string_view language,
                                       const LocalTime& now) {
  const std::string_view day = WithoutEnds(text);
  if (day.empty()) return std::nullopt;
  const auto when = ParseWhen(day, language, now, std::nullopt);
  return when && !when->clock ? std::optional(when->day) : std::nullopt;
}

LocalTime MorningOf(year_month_day day) { return {.time = date::local_days(day), .offset = {}}; }

// The only number of "vom 21." or "21"; 0: there is another word, or none.
int LoneNumber(std::string_view text) {
  const std::size_t digits = text.find_first_of("0123456789");
  if (digits == std::string_view::npos) return 0;
  int number = 0;
  const char* const end = text.data() + text.size();
  const char* const behind = std::from_chars(text.data() + digits, end, number).ptr;
  const std::string_view after(behind, static_cast<std::size_t>(end - behind));
  const bool alone = after.empty() || after == "." || after == "er";
  return alone && number <= 31 ? number : 0;
}

// "21." of "21.–28. Dezember": in the month of `last`, or the one before.
std::optional<year_month_day> FirstWithin(int number, year_month_day last) {
  year_month_day day = last.year() / last.month() / date::day(static_cast<unsigned>(number));
  if (!day.ok() || day > last) day -= date::months(1);
  return day.ok() ? std::optional(day) : std::nullopt;
}

std::optional<DayRange> RangeAt(std::string_view left, std::string_view right,
                                std::string_view language, const LocalTime& now) {
  left = WithoutEnds(left);
  right = WithoutEnds(right);
  const auto last_alone = DayTyped(right, language, now);
  if (!last_alone) return std::nullopt;
  auto first = DayTyped(left, language, now);
  const int lone = LoneNumber(left);
  if (lone > 0 && LoneNumber(right) == 0) first = FirstWithin(lone, *last_alone);
  if (!first) return std::nullopt;
  // The end is the next such day from the beginning on.
  const auto last = DayTyped(right, language, MorningOf(*first));
  const year_month_day end = *last_alone >= *first ? *last_alone : last.value_or(*last_alone);
  return end >= *first ? std::optional(DayRange{*first, end}) : std::nullopt;
}

}  // namespace

std::optional<DayRange> ParseDayRange(std::string_view text, std::string_view language,
                                      const LocalTime& now) {
  text = WithoutEnds(text.substr(0, kTypedDaysBytesMax));
  for (const std::string_view between : kBetweenDays) {
    for (std::size_t at = text.find(between); at != std::string_view::npos;
         at = text.find(between, at + 1)) {
      if (at == 0) continue;
      const auto range =
          RangeAt(text.substr(0, at), text.substr(at + between.size()), language, now);
      if (range) return range;
    }
  }
  for (const std::string_view until : kUntil) {
    if (!text.starts_with(until)) continue;
    const auto last = DayTyped(text.substr(until.size()), language, now);
    return last ? std::optional(DayRange{now.day(), *last}) : std::nullopt;
  }
  // One half of a range is none.
  for (const std::string_view dash : {"–", "—", "-"}) {
    if (text.find(dash) != std::string_view::npos) return std::nullopt;
  }
  const auto day = DayTyped(text, language, now);
  return day ? std::optional(DayRange{*day, *day}) : std::nullopt;
}

std::optional<DayHours> ParseDayHours(std::string_view text, std::string_view language,
                                      const LocalTime& now, year_month_day shown) {
  text = WithoutEnds(text.substr(0, kTypedDaysBytesMax));
  for (std::size_t at = 0; at < text.size(); at = text.find(' ', at) + 1) {
    std::vector<HourSpan> spans = ParseHours(text.substr(at));
    const bool last = text.find(' ', at) == std::string_view::npos;
    if (spans.empty()) {
      if (last) break;
      continue;
    }
    if (at == 0) return DayHours{shown, std::move(spans)};
    const auto day = DayTyped(text.substr(0, at), language, now);
    return day ? std::optional(DayHours{*day, std::move(spans)}) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<TypedHoliday> ParseHoliday(std::string_view text, std::string_view language,
                                         const LocalTime& now) {
  text = WithoutEnds(text.substr(0, kTypedDaysBytesMax));
  if (auto hours = ParseDayHours(text, language, now, now.day());
      hours && ParseHours(text).empty()) {
    return TypedHoliday{hours->day, "", std::move(hours->spans)};
  }
  // Where each of the first words ends; a day is told by the fewest that mean the same as more do.
  std::vector<std::size_t> ends;
  for (std::size_t at = 0; at < text.size() && ends.size() < kHolidayWordsMax;) {
    at = std::min(text.find(' ', at + 1), text.size());
    ends.push_back(at);
  }
  std::optional<TypedHoliday> found;
  for (auto end = ends.rbegin(); end != ends.rend(); ++end) {
    const auto day = DayTyped(text.substr(0, *end), language, now);
    if (found && (!day || *day != found->day)) break;
    if (day) found = TypedHoliday{*day, std::string(WithoutEnds(text.substr(*end))), {}};
  }
  return found;
}

}  // namespace kalends::telegram
