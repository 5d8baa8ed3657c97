// Reads what people type into a price, a duration, hours. Declared beside the screens that ask.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "adapters/telegram/screens/hours.h"
#include "adapters/telegram/screens/services.h"

namespace kalends::telegram {
namespace {

constexpr int kDurationMinutesMax = 24 * 60;
constexpr int kDayMinutes = 24 * 60;
constexpr std::size_t kTypedBytesMax = 200;
constexpr std::size_t kPriceDigitsMax = 9;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

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
  bool TakeAny(std::initializer_list<std::string_view> choices) {
    return std::any_of(choices.begin(), choices.end(),
                       [&](std::string_view words) { return Take(words); });
  }
  std::optional<int> Number() {
    SkipSpace();
    std::size_t digits = 0;
    while (digits < rest_.size() && IsDigit(rest_[digits])) ++digits;
    int value = 0;
    if (digits == 0 || digits > kPriceDigitsMax) return std::nullopt;
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

std::optional<std::string> TakeCurrency(std::string& text) {
  constexpr std::array<std::pair<std::string_view, const char*>, 4> kSigns = {
      {{"€", "EUR"}, {"$", "USD"}, {"£", "GBP"}, {"₴", "UAH"}}};
  for (const auto& [sign, code] : kSigns) {
    if (const std::size_t at = text.find(sign); at != std::string::npos) {
      text.erase(at, sign.size());
      return code;
    }
  }
  std::string letters;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') letters += static_cast<char>(c - 'a' + 'A');
    if (c >= 'A' && c <= 'Z') letters += c;
  }
  if (letters.empty()) return "EUR";
  if (!IsCurrency(letters)) return std::nullopt;
  std::erase_if(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  return letters;
}

// "9", "9:30", "9.30", "24"; minutes after 00:00.
std::optional<int> TakeClock(Cursor& cursor) {
  const auto hours = cursor.Number();
  if (!hours || *hours > 24) return std::nullopt;
  int minutes = 0;
  const std::string_view rest = cursor.rest();
  const bool has_minutes =
      rest.size() > 2 && (rest[0] == ':' || rest[0] == '.') && IsDigit(rest[1]) && IsDigit(rest[2]);
  if (has_minutes) {
    cursor.TakeAny({":", "."});
    minutes = cursor.Number().value_or(60);
  }
  cursor.TakeAny({"Uhr", "uhr", "h"});
  const int total = *hours * 60 + minutes;
  return minutes < 60 && total <= kDayMinutes ? std::optional(total) : std::nullopt;
}

}  // namespace

std::optional<int> ParseDuration(std::string_view text) {
  Cursor cursor(text.substr(0, kTypedBytesMax));
  const auto first = cursor.Number();
  if (!first || *first > kDurationMinutesMax) return std::nullopt;
  int minutes = *first;
  if (cursor.Take(":")) {
    const auto more = cursor.Number();
    if (!more || *more > 59) return std::nullopt;
    minutes = *first * 60 + *more;
  } else if (cursor.TakeAny({"Std.", "Std", "std", "Stunden", "Stunde", "hours", "hour", "h"})) {
    minutes = *first * 60;
    if (!cursor.AtEnd()) {
      const auto more = cursor.Number();
      if (!more || *more > 59) return std::nullopt;
      minutes += *more;
      cursor.TakeAny({"minutes", "Minuten", "Min.", "Min", "min", "m"});
    }
  } else {
    cursor.TakeAny({"minutes", "Minuten", "Min.", "Min", "min", "m"});
  }
  const bool fits = cursor.AtEnd() && minutes > 0 && minutes <= kDurationMinutesMax;
  return fits ? std::optional(minutes) : std::nullopt;
}

std::optional<Price> ParsePrice(std::string_view text) {
  std::string amount(text.substr(0, kTypedBytesMax));
  const auto currency = TakeCurrency(amount);
  if (!currency) return std::nullopt;
  const int digits = FractionDigits(*currency);
  Cursor cursor(amount);
  const auto whole = cursor.Number();
  if (!whole) return std::nullopt;
  std::int64_t minor = *whole;
  for (int i = 0; i < digits; ++i) minor *= 10;
  if (cursor.TakeAny({",", "."})) {
    cursor.TakeAny({"-", "–"});  // "80,-"
    const std::string_view rest = cursor.rest();
    const auto count = static_cast<int>(
        std::distance(rest.begin(), std::find_if_not(rest.begin(), rest.end(), IsDigit)));
    if (count > digits) return std::nullopt;
    std::int64_t fraction = count > 0 ? *cursor.Number() : 0;
    for (int i = count; i < digits; ++i) fraction *= 10;
    minor += fraction;
  }
  if (!cursor.AtEnd()) return std::nullopt;
  return Price{*currency, minor};
}

std::vector<HourSpan> ParseHours(std::string_view text) {
  Cursor cursor(text.substr(0, kTypedBytesMax));
  std::vector<HourSpan> spans;
  do {
    const auto from = TakeClock(cursor);
    if (!from || *from == kDayMinutes || !cursor.TakeAny({"-", "–", "—", "bis", "to"})) return {};
    const auto to = TakeClock(cursor);
    if (!to || spans.size() == kSpansMax) return {};
    spans.push_back({*from, *to});
  } while (cursor.TakeAny({",", ";", "und", "and", "+"}));
  return cursor.AtEnd() ? spans : std::vector<HourSpan>{};
}

}  // namespace kalends::telegram
