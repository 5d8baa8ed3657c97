// Reads what people type into a price. Declared beside the screen that asks.
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <charconv>

#include "adapters/shared/currency.h"
#include "adapters/telegram/currencies.h"
#include "adapters/telegram/screens/catalog.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kTypedPriceBytesMax = 200;
constexpr std::size_t kWholeDigitsMax = 9;
constexpr std::size_t kGroupDigits = 3;
constexpr std::string_view kAsciiDigits = "0123456789";
constexpr UChar32 kMinus = 0x2212;
constexpr UChar32 kApostrophes[] = {0x2019, 0x02BC};

// With digits of ASCII, and one kind of blank, dash and apostrophe each.
std::string WithPlainSigns(std::string_view text) {
  text = text.substr(0, kTypedPriceBytesMax);
  std::string plain;
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length;) {
    const std::int32_t start = i;
    UChar32 point = 0;
    U8_NEXT_OR_FFFD(text.data(), i, length, point);
    if (u_charType(point) == U_DECIMAL_DIGIT_NUMBER) {
      plain += static_cast<char>('0' + u_charDigitValue(point));
    } else if (u_isUWhiteSpace(point)) {
      plain += ' ';
    } else if (u_charType(point) == U_DASH_PUNCTUATION || point == kMinus) {
      plain += '-';
    } else if (std::find(std::begin(kApostrophes), std::end(kApostrophes), point) !=
               std::end(kApostrophes)) {
      plain += '\'';
    } else {
      plain.append(text, static_cast<std::size_t>(start), static_cast<std::size_t>(i - start));
    }
  }
  return plain;
}

std::string_view WithoutBlanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

// "1.200,50" as groups of digits and the sign before each but the first.
struct Groups {
  std::vector<std::string_view> digits;
  std::vector<char> signs;
};

// nullopt: there is more than one sign between two digits.
std::optional<Groups> GroupsOf(std::string_view number) {
  Groups groups;
  while (true) {
    const std::size_t end = std::min(number.find_first_not_of(kAsciiDigits), number.size());
    if (end == 0) return std::nullopt;
    groups.digits.push_back(number.substr(0, end));
    if (end == number.size()) return groups;
    groups.signs.push_back(number[end]);
    number.remove_prefix(end + 1);
  }
}

// Whether the last group is behind the point of a currency with `digits` digits there. Three digits
// behind the only sign are a group of thousands, unless the currency has as many.
bool HasFraction(const Groups& groups, int digits) {
  if (groups.signs.empty()) return false;
  const char point = groups.signs.back();
  const bool only = std::count(groups.signs.begin(), groups.signs.end(), point) == 1;
  return (point == ',' || point == '.') && only &&
         groups.digits.back().size() <= static_cast<std::size_t>(digits);
}

// What is before the point: groups of thousands, all with one sign. Empty: they are none.
std::string WholeOf(const Groups& groups, std::size_t count) {
  std::string whole(groups.digits.front());
  if (count > 1 && (whole.size() > kGroupDigits || whole.front() == '0')) return {};
  for (std::size_t i = 1; i < count; ++i) {
    const bool sign = groups.signs[i - 1] == groups.signs.front() &&
                      std::string_view(",.' ").find(groups.signs.front()) != std::string_view::npos;
    if (!sign || groups.digits[i].size() != kGroupDigits) return {};
    whole += groups.digits[i];
  }
  return whole.size() <= kWholeDigitsMax ? whole : std::string();
}

std::optional<std::int64_t> MinorUnitsOf(std::string_view number, int digits) {
  const auto groups = GroupsOf(number);
  if (!groups) return std::nullopt;
  const bool fraction = HasFraction(*groups, digits);
  std::string minor = WholeOf(*groups, groups->digits.size() - (fraction ? 1 : 0));
  if (minor.empty()) return std::nullopt;
  const std::string_view behind = fraction ? groups->digits.back() : std::string_view();
  minor.append(behind).append(static_cast<std::size_t>(digits) - behind.size(), '0');
  std::int64_t units = 0;
  std::from_chars(minor.data(), minor.data() + minor.size(), units);
  return units;
}

// What is left behind an amount: not the ",-" of "80,-".
std::string_view WithoutDashes(std::string_view after) {
  if (after.empty() || (after.front() != ',' && after.front() != '.')) return after;
  after.remove_prefix(1);
  return after.substr(std::min(after.find_first_not_of('-'), after.size()));
}

// `likely` where nothing is typed; nullopt: unknown, or not the same before and after.
std::optional<std::string> CurrencyAround(std::string_view before, std::string_view after,
                                          std::string_view likely) {
  if (before.empty() && after.empty()) return std::string(likely);
  const auto currency = CurrencyCalled(before.empty() ? after : before, likely);
  const bool one = before.empty() || after.empty() || CurrencyCalled(after, likely) == currency;
  return one ? currency : std::nullopt;
}

}  // namespace

std::optional<Price> ParsePrice(std::string_view text, std::string_view likely) {
  const std::string plain = WithPlainSigns(text);
  const std::size_t first = plain.find_first_of(kAsciiDigits);
  if (first == std::string::npos) return std::nullopt;
  const std::size_t end = plain.find_last_of(kAsciiDigits) + 1;
  const std::string_view all = plain;
  const auto currency = CurrencyAround(WithoutBlanks(all.substr(0, first)),
                                       WithoutBlanks(WithoutDashes(all.substr(end))), likely);
  if (!currency) return std::nullopt;
  const auto units = MinorUnitsOf(all.substr(first, end - first), MinorUnitDigits(*currency));
  if (!units) return std::nullopt;
  return Price{*currency, *units};
}

}  // namespace kalends::telegram
