#include "adapters/telegram/action_fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

namespace kalends::telegram {
namespace {

constexpr std::string_view kIdDigits = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kZoneNameMax = 40;
constexpr std::int64_t kNumberMax = (std::int64_t{1} << 40) - 1;
constexpr std::int64_t kDaysMax = 50000;  // 2106-11-24.
constexpr int kBase = 36;

void WriteNumber(std::string& out, std::int64_t value) {
  std::array<char, 16> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, kBase).ptr;
  out.append(digits.data(), end);
}

// 0 to `max`.
std::optional<std::int64_t> ReadNumber(std::string_view text, std::int64_t max) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, kBase);
  if (text.empty() || error != std::errc() || stop != end) return std::nullopt;
  return value >= 0 && value <= max ? std::optional(value) : std::nullopt;
}

}  // namespace

bool ReadId(std::string_view text, std::string& id) {
  if (!text.empty() && text.size() != kShortIdLength) return false;
  if (text.find_first_not_of(kIdDigits) != std::string_view::npos) return false;
  id = text;
  return true;
}

bool ReadChoice(std::string_view text, int max, int& value) {
  const auto number = ReadNumber(text, max);
  if (number) value = static_cast<int>(*number);
  return number.has_value();
}

void Write(std::string& out, const int& value) {
  if (value < 0) out += '-';
  WriteNumber(out, std::abs(value));
}
bool Read(std::string_view text, int& value) {
  const bool negative = text.starts_with('-');
  const auto number = ReadNumber(negative ? text.substr(1) : text, 1'000'000);
  if (!number) return false;
  value = static_cast<int>(negative ? -*number : *number);
  return true;
}

void Write(std::string& out, const Nonce& nonce) {
  WriteNumber(out, static_cast<std::int64_t>(nonce.value));
}
bool Read(std::string_view text, Nonce& nonce) {
  const auto number = ReadNumber(text, kNumberMax);
  if (number) nonce.value = static_cast<std::uint64_t>(*number);
  return number.has_value();
}

void Write(std::string& out, const Minute& minute) {
  WriteNumber(out, minute.time_since_epoch().count());
}
bool Read(std::string_view text, Minute& minute) {
  const auto number = ReadNumber(text, kDaysMax * 24 * 60);
  if (number) minute = Minute(std::chrono::minutes(*number));
  return number.has_value();
}

void Write(std::string& out, const date::year_month_day& day) {
  WriteNumber(out, date::sys_days(day).time_since_epoch().count());
}
bool Read(std::string_view text, date::year_month_day& day) {
  const auto number = ReadNumber(text, kDaysMax);
  if (number) day = date::sys_days(date::days(*number));
  return number.has_value();
}

void Write(std::string& out, const date::year_month& month) {
  WriteNumber(out, static_cast<int>(month.year()) * 12 +
                       static_cast<int>(static_cast<unsigned>(month.month())) - 1);
}
bool Read(std::string_view text, date::year_month& month) {
  const auto number = ReadNumber(text, 2101 * 12);
  if (!number || *number < 1970 * 12) return false;
  month = date::year(static_cast<int>(*number / 12)) /
          date::month(static_cast<unsigned>(*number % 12) + 1);
  return true;
}

void Write(std::string& out, const std::vector<Minute>& minutes) {
  for (std::size_t i = 0; i < minutes.size(); ++i) {
    if (i > 0) out += '.';
    Write(out, minutes[i]);
  }
}
bool Read(std::string_view text, std::vector<Minute>& minutes) {
  minutes.clear();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('.'), text.size());
    if (minutes.size() == kProposedTimesMax || !Read(text.substr(0, end), minutes.emplace_back())) {
      return false;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

void Write(std::string& out, const ZoneName& zone) { out += zone.text; }
bool Read(std::string_view text, ZoneName& zone) {
  const bool known = text.find_first_not_of(
                         "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/:") ==
                     std::string_view::npos;
  if (!known || text.empty() || text.size() > kZoneNameMax) return false;
  zone.text = text;
  return true;
}

void Write(std::string& out, const LanguageCode& language) { out += language.text; }
bool Read(std::string_view text, LanguageCode& language) {
  if (text.size() != 2 || text.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != text.npos) {
    return false;
  }
  language.text = text;
  return true;
}

}  // namespace kalends::telegram
