// Reads what people type into a duration, hours, with the words of all languages of the
// bot. Declared beside the screens that ask.
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <charconv>
#include <span>

#include "adapters/telegram/screens/catalog.h"
#include "adapters/telegram/screens/schedule.h"

namespace kalends::telegram {
namespace {

constexpr int kDurationMinutesMax = 24 * 60;
constexpr int kDayMinutes = 24 * 60;
constexpr std::size_t kTypedBytesMax = 200;
constexpr std::size_t kNumberDigitsMax = 9;

// In small letters; the longest that fits is taken. Languages: de, en, fr, ru, uk, es.
constexpr std::string_view kFrom[] = {"von", "from", "de", "с", "з", "від"};
constexpr std::string_view kTo[] = {"-", "–", "—",  "bis", "to",      "till",    "until",
                                    "à", "a", "до", "по",  "jusqu'à", "jusqu’à", "hasta"};
constexpr std::string_view kAnd[] = {",", ";", "+", "und", "and", "et",
                                     "и", "і", "й", "та",  "y",   "e"};
constexpr std::string_view kOClock[] = {"uhr", "h", "ч.", "ч", "год.", "год"};
constexpr std::string_view kHours[] = {"h",      "std.",   "std",   "stunde", "stunden", "hour",
                                       "hours",  "hr",     "hrs",   "heure",  "heures",  "ч",
                                       "ч.",     "час",    "часа",  "часов",  "год",     "год.",
                                       "година", "години", "годин", "годину", "hora",    "horas"};
constexpr std::string_view kMinutes[] = {
    "m",      "min",     "min.",    "mins",    "minute", "minuten", "minutes", "мин",
    "мин.",   "минута",  "минуты",  "минут",   "минуту", "м",       "хв",      "хв.",
    "хвилин", "хвилини", "хвилина", "хвилину", "minuto", "minutos"};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Every byte beyond ASCII counts as part of a letter.
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80) != 0;
}

// What was typed, in small letters.
std::string InSmallLetters(std::string_view text) {
  text = text.substr(0, kTypedBytesMax);
  icu::UnicodeString small =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  small.toLower(icu::Locale::getRoot());
  std::string utf8;
  return small.toUTF8String(utf8);
}

// A reader of `text` from left to right.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  void SkipSpace() {
    while (rest_.starts_with(' ') || rest_.starts_with('\t')) rest_.remove_prefix(1);
  }
  bool Take(std::string_view words) {
    SkipSpace();
    if (!rest_.starts_with(words)) return false;
    rest_.remove_prefix(words.size());
    return true;
  }
  // The longest of `words` that stands here as a whole word: not the "h" of "hasta".
  bool TakeAny(std::span<const std::string_view> words) {
    SkipSpace();
    std::size_t longest = 0;
    for (const std::string_view word : words) {
      if (!rest_.starts_with(word)) continue;
      const bool goes_on =
          rest_.size() > word.size() && IsLetter(word.back()) && IsLetter(rest_[word.size()]);
      if (!goes_on) longest = std::max(longest, word.size());
    }
    rest_.remove_prefix(longest);
    return longest > 0;
  }
  std::optional<int> Number() {
    SkipSpace();
    std::size_t digits = 0;
    while (digits < rest_.size() && IsDigit(rest_[digits])) ++digits;
    int value = 0;
    if (digits == 0 || digits > kNumberDigitsMax) return std::nullopt;
    std::from_chars(rest_.data(), rest_.data() + digits, value);
    rest_.remove_prefix(digits);
    return value;
  }
  bool AtEnd() {
    SkipSpace();
    return rest_.empty();
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

// "9", "9:30", "9.30", "9h30", "24"; minutes after 00:00.
std::optional<int> TakeClock(Cursor& cursor) {
  constexpr std::string_view kPoints = ":.h";
  const auto hours = cursor.Number();
  if (!hours || *hours > 24) return std::nullopt;
  int minutes = 0;
  const std::string_view rest = cursor.rest();
  const bool has_minutes = rest.size() > 2 && kPoints.find(rest[0]) != kPoints.npos &&
                           IsDigit(rest[1]) && IsDigit(rest[2]);
  if (has_minutes) {
    cursor.Take(rest.substr(0, 1));
    minutes = cursor.Number().value_or(60);
  }
  cursor.TakeAny(kOClock);
  const int total = *hours * 60 + minutes;
  return minutes < 60 && total <= kDayMinutes ? std::optional(total) : std::nullopt;
}

}  // namespace

std::optional<int> ParseDuration(std::string_view text) {
  const std::string typed = InSmallLetters(text);
  Cursor cursor(typed);
  const auto first = cursor.Number();
  if (!first || *first > kDurationMinutesMax) return std::nullopt;
  int minutes = *first;
  const bool clock = cursor.Take(":");
  if (clock || cursor.TakeAny(kHours)) {
    minutes = *first * 60;
    if (clock || !cursor.AtEnd()) {
      const auto more = cursor.Number();
      if (!more || *more > 59) return std::nullopt;
      minutes += *more;
      if (!clock) cursor.TakeAny(kMinutes);
    }
  } else {
    cursor.TakeAny(kMinutes);
  }
  const bool fits = cursor.AtEnd() && minutes > 0 && minutes <= kDurationMinutesMax;
  return fits ? std::optional(minutes) : std::nullopt;
}

std::vector<HourSpan> ParseHours(std::string_view text) {
  const std::string typed = InSmallLetters(text);
  Cursor cursor(typed);
  std::vector<HourSpan> spans;
  do {
    cursor.TakeAny(kFrom);
    const auto from = TakeClock(cursor);
    if (!from || *from == kDayMinutes || !cursor.TakeAny(kTo)) return {};
    const auto to = TakeClock(cursor);
    if (!to || spans.size() == kSpansMax) return {};
    spans.push_back({*from, *to});
  } while (cursor.TakeAny(kAnd));
  return cursor.AtEnd() ? spans : std::vector<HourSpan>{};
}

}  // namespace kalends::telegram
