#include "core/providers/currency.h"

#include <unicode/locid.h>
#include <unicode/timezone.h>
#include <unicode/ucurr.h>
#include <unicode/unistr.h>

#include <cstdint>
#include <memory>
#include <optional>

#include "core/base/money.h"

namespace kalends::core {
namespace {

constexpr std::string_view kNobodyKnows = "EUR";

icu::UnicodeString FromUtf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

// nullopt: there is none there.
std::optional<std::string> CurrencyOf(const icu::Locale& place) {
  UChar code[4] = {};
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t length = ucurr_forLocale(place.getName(), code, 4, &status);
  if (U_FAILURE(status) || length != 3) return std::nullopt;
  std::string utf8;
  return icu::UnicodeString(code, length).toUTF8String(utf8);
}

struct Close {
  void operator()(UEnumeration* names) const { uenum_close(names); }
};

}  // namespace

bool IsCurrencyInUse(std::string_view code) {
  if (!IsCurrencyCode(code)) return false;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UEnumeration, Close> names(
      ucurr_openISOCurrencies(UCURR_COMMON | UCURR_NON_DEPRECATED, &status));
  while (U_SUCCESS(status)) {
    const char* name = uenum_next(names.get(), nullptr, &status);
    if (name == nullptr) return false;
    if (name == code) return true;
  }
  return false;
}

std::string LikelyCurrency(std::string_view language, std::string_view zone) {
  char region[8] = {};
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone::getRegion(FromUtf8(zone), region, sizeof(region), status);
  if (U_SUCCESS(status)) {
    if (auto there = CurrencyOf(icu::Locale("und", region))) return *there;
  }
  status = U_ZERO_ERROR;
  icu::Locale spoken{std::string(language).c_str()};
  spoken.addLikelySubtags(status);
  return CurrencyOf(spoken).value_or(std::string(kNobodyKnows));
}

}  // namespace kalends::core
