// Reads how long before a start customers are to be reminded. Declared in reminders.h.
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string>

#include "adapters/telegram/screens/reminders.h"

namespace kalends::telegram {
namespace {

using std::chrono::minutes;

constexpr minutes kLeadMin{5};
constexpr minutes kLeadMax{30 * 24 * 60};  // Both as the core has them.
constexpr std::size_t kLeadBytesMax = 100;
constexpr minutes kLeadHour{60};
constexpr minutes kLeadDay{24 * 60};

// How a unit begins, in lower case, in any of our languages.
struct UnitWord {
  std::string_view beginning;
  minutes length;
};
constexpr UnitWord kUnitWords[] = {
    {"min", minutes(1)},   {"мин", minutes(1)},   {"хв", minutes(1)},    {"h", kLeadHour},
    {"st", kLeadHour},     {"ч", kLeadHour},      {"год", kLeadHour},    {"d", kLeadDay},
    {"t", kLeadDay},       {"j", kLeadDay},       {"д", kLeadDay},       {"w", 7 * kLeadDay},
    {"sem", 7 * kLeadDay}, {"нед", 7 * kLeadDay}, {"тиж", 7 * kLeadDay},
};

std::string LeadInSmallLetters(std::string_view text) {
  icu::UnicodeString small =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  small.toLower(icu::Locale::getRoot());
  std::string utf8;
  return small.toUTF8String(utf8);
}

}  // namespace

std::optional<minutes> ParseLead(std::string_view text) {
  constexpr std::string_view kBetween = " \t.";
  if (text.size() > kLeadBytesMax) return std::nullopt;
  text.remove_prefix(std::min(text.find_first_not_of(kBetween), text.size()));
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number <= 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  const auto word = text.find_first_not_of(kBetween);
  minutes unit = kLeadHour;
  if (word != std::string_view::npos) {
    const std::string lower = LeadInSmallLetters(text.substr(word));
    const auto* const found =
        std::find_if(std::begin(kUnitWords), std::end(kUnitWords),
                     [&](const UnitWord& one) { return lower.starts_with(one.beginning); });
    if (found == std::end(kUnitWords)) return std::nullopt;
    unit = found->length;
  }
  const minutes lead = std::min<int>(number, kLeadMax.count()) * unit;
  const bool fits = lead >= kLeadMin && lead <= kLeadMax;
  return fits ? std::optional(lead) : std::nullopt;
}

}  // namespace kalends::telegram
