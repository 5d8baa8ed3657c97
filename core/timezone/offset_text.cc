#include "core/timezone/offset_text.h"

#include <algorithm>
#include <cstdlib>

namespace kalends::core {
namespace {

using std::chrono::hours;

constexpr Minutes kOffsetMin = -hours{12};
constexpr Minutes kOffsetMax = hours{14};
constexpr std::string_view kUtc = "UTC";
constexpr std::string_view kGmt = "GMT";
// Our own screens write the minus of Unicode; word processors make dashes of it.
constexpr std::string_view kMinuses[] = {"-", "\u2212", "\u2013", "\u2010", "\u2011"};

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  const bool has = text.size() >= prefix.size() &&
                   std::equal(prefix.begin(), prefix.end(), text.begin(), [](char upper, char c) {
                     return c == upper || (c >= 'a' && c <= 'z' && c - 'a' + 'A' == upper);
                   });
  if (has) text.remove_prefix(prefix.size());
  return has;
}

// 1 or -1; 0: there is no sign.
int TakeSign(std::string_view& text) {
  if (TakePrefix(text, "+")) return 1;
  for (const std::string_view minus : kMinuses) {
    if (TakePrefix(text, minus)) return -1;
  }
  return 0;
}

std::optional<int> ReadDigits(std::string_view text, int max) {
  if (text.empty() || text.size() > 2) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value <= max ? std::optional<int>(value) : std::nullopt;
}

// "5", "05", "05:45", "0545".
std::optional<Minutes> ReadClock(std::string_view text) {
  const std::size_t colon = text.find(':');
  const bool joined = colon == std::string_view::npos && text.size() == 4;
  const std::size_t end = joined ? 2 : std::min(colon, text.size());
  const std::optional<int> hour = ReadDigits(text.substr(0, end), 14);
  if (!hour) return std::nullopt;
  if (end == text.size()) return hours{*hour};
  const std::string_view rest = text.substr(joined ? end : end + 1);
  const std::optional<int> minute = rest.size() == 2 ? ReadDigits(rest, 59) : std::nullopt;
  if (!minute) return std::nullopt;
  return hours{*hour} + Minutes{*minute};
}

}  // namespace

std::optional<Minutes> ReadOffset(std::string_view text) {
  const bool is_utc = TakePrefix(text, kUtc);
  if (is_utc && text.empty()) return Minutes{0};
  if (!is_utc) TakePrefix(text, kGmt);
  const int sign = TakeSign(text);
  const std::optional<Minutes> size = sign == 0 ? std::nullopt : ReadClock(text);
  if (!size) return std::nullopt;
  const Minutes offset = sign * *size;
  if (offset < kOffsetMin || offset > kOffsetMax) return std::nullopt;
  return offset;
}

std::string FixedOffsetName(Minutes offset) {
  std::string name(kUtc);
  if (offset == Minutes{0}) return name;
  name.push_back(offset < Minutes{0} ? '-' : '+');
  const auto absolute = static_cast<int>(std::abs(offset.count()));
  const auto append_two_digits = [&name](int value) {
    name.push_back(static_cast<char>('0' + value / 10));
    name.push_back(static_cast<char>('0' + value % 10));
  };
  append_two_digits(absolute / 60);
  name.push_back(':');
  append_two_digits(absolute % 60);
  return name;
}

}  // namespace kalends::core
