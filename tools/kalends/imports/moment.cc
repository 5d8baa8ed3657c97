#include "tools/kalends/imports/moment.h"

#include <fmt/format.h>
#include <unicode/ucurr.h>
#include <unicode/unistr.h>

#include <array>
#include <charconv>
#include <vector>

namespace kalends::cli {
namespace {

// Digits from the front, at most `max` of them; nullopt: there are none.
std::optional<int> TakeNumber(std::string_view& text, std::size_t max, std::size_t* width) {
  int value = 0;
  std::size_t count = 0;
  while (count < max && count < text.size() && text[count] >= '0' && text[count] <= '9') {
    value = value * 10 + (text[count] - '0');
    ++count;
  }
  text.remove_prefix(count);
  if (width != nullptr) *width = count;
  if (count == 0) return std::nullopt;
  return value;
}

bool TakeChar(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

void SkipBlanks(std::string_view& text) {
  while (TakeChar(text, ' ')) {
  }
}

absl::Status NoTime(std::string_view text) {
  return absl::InvalidArgumentError(
      fmt::format("\"{}\" is no date with a time, such as 2026-03-29 14:30.", text));
}

absl::StatusOr<date::local_days> TakeDate(std::string_view whole, std::string_view& text,
                                          DateOrder order) {
  std::size_t width = 0;
  const auto first = TakeNumber(text, 4, &width);
  if (!first || text.empty()) return NoTime(whole);
  const char sign = text.front();
  if (sign != '-' && sign != '.' && sign != '/') return NoTime(whole);
  text.remove_prefix(1);
  const auto second = TakeNumber(text, 2, nullptr);
  if (!second || !TakeChar(text, sign)) return NoTime(whole);
  const auto third = TakeNumber(text, 4, nullptr);
  if (!third) return NoTime(whole);
  std::array<int, 3> ymd{};
  if (width == 4) {
    ymd = {*first, *second, *third};
  } else if (sign == '.' || order == DateOrder::kDayFirst) {
    ymd = {*third, *second, *first};
  } else if (order == DateOrder::kMonthFirst) {
    ymd = {*third, *first, *second};
  } else {
    return absl::InvalidArgumentError(fmt::format(
        "\"{}\" can be read in two ways: say --date-format day-first or month-first.", whole));
  }
  const date::year_month_day day{date::year(ymd[0]), date::month(static_cast<unsigned>(ymd[1])),
                                 date::day(static_cast<unsigned>(ymd[2]))};
  if (!day.ok() || ymd[0] < 1970 || ymd[0] > 2100) {
    return absl::InvalidArgumentError(
        fmt::format("\"{}\" is no date between 1970 and 2100.", whole));
  }
  return date::local_days(day);
}

// "14:30", "14:30:00.000", "2:30 PM".
std::optional<std::chrono::seconds> TakeClock(std::string_view& text) {
  const auto hour = TakeNumber(text, 2, nullptr);
  if (!hour || !TakeChar(text, ':')) return std::nullopt;
  const auto minute = TakeNumber(text, 2, nullptr);
  if (!minute) return std::nullopt;
  int second = 0;
  if (TakeChar(text, ':')) {
    const auto read = TakeNumber(text, 2, nullptr);
    if (!read) return std::nullopt;
    second = *read;
    if (TakeChar(text, '.') && !TakeNumber(text, 9, nullptr)) return std::nullopt;
  }
  int hours = *hour;
  std::string_view rest = text;
  SkipBlanks(rest);
  const bool is_half = rest.size() >= 2 && (rest[1] == 'M' || rest[1] == 'm');
  const bool is_am = is_half && (rest[0] == 'A' || rest[0] == 'a');
  const bool is_pm = is_half && (rest[0] == 'P' || rest[0] == 'p');
  if (is_am || is_pm) {
    if (hours < 1 || hours > 12) return std::nullopt;
    hours = hours % 12 + (is_pm ? 12 : 0);
    text = rest.substr(2);
  }
  if (hours > 23 || *minute > 59 || second > 59) return std::nullopt;
  return std::chrono::hours(hours) + std::chrono::minutes(*minute) + std::chrono::seconds(second);
}

// "Z", "+02:00", "-0330"; nullopt: another text.
std::optional<std::chrono::seconds> ReadOffsetBehind(std::string_view text) {
  if (text == "Z" || text == "z") return std::chrono::seconds(0);
  const bool is_minus = !text.empty() && text.front() == '-';
  if (!TakeChar(text, '+') && !TakeChar(text, '-')) return std::nullopt;
  const auto hours = TakeNumber(text, 2, nullptr);
  TakeChar(text, ':');
  const auto minutes = text.empty() ? std::optional(0) : TakeNumber(text, 2, nullptr);
  if (!hours || !minutes || !text.empty() || *hours > 14 || *minutes > 59) return std::nullopt;
  const std::chrono::seconds offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return is_minus ? -offset : offset;
}

}  // namespace

absl::StatusOr<Moment> ReadMoment(std::string_view text, const core::TimeZone& zone,
                                  DateOrder order) {
  std::string_view rest = text;
  const auto day = TakeDate(text, rest, order);
  if (!day.ok()) return day.status();
  if (!TakeChar(rest, 'T')) {
    TakeChar(rest, ',');
    SkipBlanks(rest);
  }
  const auto clock = TakeClock(rest);
  if (!clock) return NoTime(text);
  const date::local_seconds wall = *day + *clock;
  SkipBlanks(rest);
  if (!rest.empty()) {
    const auto offset = ReadOffsetBehind(rest);
    if (!offset) return NoTime(text);
    return Moment{core::Instant(wall.time_since_epoch()) - *offset};
  }
  const std::vector<core::Instant> instants = zone.FromLocal(wall);
  if (instants.empty()) {
    return absl::InvalidArgumentError(
        fmt::format("The clock in {} skipped {}.", zone.name(), text));
  }
  return Moment{instants.front(), instants.size() > 1};
}

std::optional<std::int64_t> ReadAmount(std::string_view text, int digits) {
  constexpr std::size_t kDigitsMax = 15;
  // The last sign parts the decimals, unless three digits follow, which are thousands.
  std::size_t point = text.find_last_of(".,");
  if (point != std::string_view::npos) {
    const std::size_t behind = text.size() - point - 1;
    if (behind == 3 && digits != 3) point = std::string_view::npos;
    if (behind > 4) return std::nullopt;
  }
  std::string whole;
  std::string fraction;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] >= '0' && text[i] <= '9') {
      (point != std::string_view::npos && i > point ? fraction : whole) += text[i];
    } else if (text[i] != '.' && text[i] != ',' && text[i] != ' ' && text[i] != '\'') {
      return std::nullopt;
    }
  }
  if (whole.empty() && fraction.empty()) return std::nullopt;
  // What is finer than the currency is refused unless it is nothing.
  while (static_cast<int>(fraction.size()) > digits) {
    if (fraction.back() != '0') return std::nullopt;
    fraction.pop_back();
  }
  fraction.resize(static_cast<std::size_t>(digits), '0');
  const std::string all = whole + fraction;
  if (all.size() > kDigitsMax) return std::nullopt;
  std::int64_t minor = 0;
  if (!all.empty()) std::from_chars(all.data(), all.data() + all.size(), minor);
  return minor;
}

std::string WriteAmount(std::int64_t minor, int digits) {
  if (minor <= 0) return {};
  std::int64_t unit = 1;
  for (int i = 0; i < digits; ++i) unit *= 10;
  if (digits == 0) return std::to_string(minor);
  return fmt::format("{}.{:0{}}", minor / unit, minor % unit, digits);
}

std::string WriteInstant(std::int64_t unix_seconds) {
  return date::format("%FT%TZ", core::FromUnixSeconds(unix_seconds));
}

int DecimalsOf(const std::string& currency) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString code = icu::UnicodeString::fromUTF8(currency);
  if (code.length() != 3) return 2;
  const std::int32_t digits =
      ucurr_getDefaultFractionDigits(icu::UnicodeString(code).getTerminatedBuffer(), &error);
  return U_SUCCESS(error) ? digits : 2;
}

}  // namespace kalends::cli
