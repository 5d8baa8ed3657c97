#include "adapters/telegram/actions.h"

#include <array>
#include <cassert>
#include <charconv>
#include <type_traits>
#include <utility>

namespace kalends::telegram {
namespace {

constexpr std::string_view kVersion = "1:";
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

template <typename Tag>
void Write(std::string& out, const ShortId<Tag>& id) {
  out += id.text;
}
template <typename Tag>
bool Read(std::string_view text, ShortId<Tag>& id) {
  if (!text.empty() && text.size() != kShortIdLength) return false;
  if (text.find_first_not_of(kIdDigits) != std::string_view::npos) return false;
  id.text = text;
  return true;
}

// Negative offsets from UTC are the only negative numbers.
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

template <typename Enum>
  requires std::is_enum_v<Enum>
void Write(std::string& out, const Enum& value) {
  WriteNumber(out, static_cast<int>(value));
}
template <typename Enum>
  requires std::is_enum_v<Enum>
bool Read(std::string_view text, Enum& value) {
  const auto number = ReadNumber(text, static_cast<int>(Enum::kMaxValue));
  if (number) value = static_cast<Enum>(*number);
  return number.has_value();
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

template <typename Value>
void Write(std::string& out, const std::optional<Value>& value) {
  if (value) Write(out, *value);
}
template <typename Value>
bool Read(std::string_view text, std::optional<Value>& value) {
  value.reset();
  return text.empty() || Read(text, value.emplace());
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

// The next field of `rest`; a last field takes all of it.
std::optional<std::string_view> TakeField(std::optional<std::string_view>& rest, std::size_t left) {
  if (!rest) return std::nullopt;
  const std::size_t end = left == 1 ? std::string_view::npos : rest->find(':');
  const std::string_view field = rest->substr(0, end);
  rest = end == std::string_view::npos ? std::nullopt : std::optional(rest->substr(end + 1));
  return field;
}

template <typename Some>
std::optional<Action> DecodeAs(std::optional<std::string_view> rest) {
  Some action{};
  const bool fits = std::apply(
      [&](auto&... fields) {
        [[maybe_unused]] std::size_t left = sizeof...(fields);
        [[maybe_unused]] const auto read = [&](auto& field) {
          const auto text = TakeField(rest, left--);
          return text && Read(*text, field);
        };
        return (read(fields) && ...);
      },
      action.Fields());
  if (!fits || rest) return std::nullopt;
  return action;
}

template <std::size_t... kIndex>
std::optional<Action> DecodeAny(std::string_view code, std::optional<std::string_view> rest,
                                std::index_sequence<kIndex...>) {
  std::optional<Action> action;
  const auto matches = [&]<typename Some>(std::type_identity<Some>) {
    if (Some::kCode != code) return false;
    action = DecodeAs<Some>(rest);
    return true;
  };
  (matches(std::type_identity<std::variant_alternative_t<kIndex, Action::Any>>()) || ...);
  return action;
}

}  // namespace

Action::Action(const Action& other) = default;
Action::Action(Action&& other) noexcept = default;
Action& Action::operator=(const Action& other) = default;
Action& Action::operator=(Action&& other) noexcept = default;
Action::~Action() = default;

std::string Encode(const Action& action) {
  std::string data(kVersion);
  std::visit(
      [&](auto some) {
        data += some.kCode;
        std::apply([&](const auto&... fields) { ((data += ':', Write(data, fields)), ...); },
                   some.Fields());
      },
      action.any);
  assert(data.size() <= kCallbackDataBytesMax);
  return data;
}

std::optional<Action> Decode(std::string_view callback_data) {
  if (callback_data.size() > kCallbackDataBytesMax || !callback_data.starts_with(kVersion)) {
    return std::nullopt;
  }
  callback_data.remove_prefix(kVersion.size());
  const std::size_t end = callback_data.find(':');
  std::optional<std::string_view> rest;
  if (end != std::string_view::npos) rest = callback_data.substr(end + 1);
  return DecodeAny(callback_data.substr(0, end), rest,
                   std::make_index_sequence<std::variant_size_v<Action::Any>>());
}

std::string_view CodeOf(const Action& action) {
  return std::visit([](const auto& some) { return some.kCode; }, action.any);
}

}  // namespace kalends::telegram
