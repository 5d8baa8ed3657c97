#include "adapters/web/formats.h"

#include <fmt/format.h>
#include <unicode/measfmt.h>
#include <unicode/measunit.h>
#include <unicode/measure.h>
#include <unicode/numberformatter.h>

#include <cmath>
#include <vector>

#include "adapters/shared/currency.h"

namespace kalends::web {
namespace {

constexpr std::chrono::minutes kMinutesOnlyMax{90};

// English as Europe writes it.
icu::Locale LocaleOf(std::string_view language) {
  return icu::Locale(language == "en" ? "en_GB" : std::string(language).c_str());
}

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string utf8;
  return text.toUTF8String(utf8);
}

}  // namespace

std::string FormatMoney(std::string_view language, std::string_view currency,
                        std::int64_t minor_units) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString code = icu::UnicodeString::fromUTF8(
      icu::StringPiece(currency.data(), static_cast<std::int32_t>(currency.size())));
  const icu::CurrencyUnit unit(code.getTerminatedBuffer(), status);
  const int digits = MinorUnitDigits(currency);
  const double amount = static_cast<double>(minor_units) / std::pow(10.0, digits);
  const icu::number::FormattedNumber number =
      icu::number::NumberFormatter::withLocale(LocaleOf(language))
          .unit(unit)
          .unitWidth(UNUM_UNIT_WIDTH_NARROW)
          .precision(icu::number::Precision::fixedFraction(digits))
          .formatDouble(amount, status);
  if (U_FAILURE(status)) return fmt::format("{} {}", minor_units, currency);
  return ToUtf8(number.toString(status));
}

std::string FormatDuration(std::string_view language, std::chrono::minutes length) {
  UErrorCode status = U_ZERO_ERROR;
  const auto hours = length > kMinutesOnlyMax
                         ? std::chrono::duration_cast<std::chrono::hours>(length)
                         : std::chrono::hours(0);
  const std::chrono::minutes minutes = length - hours;
  std::vector<icu::Measure> parts;
  if (hours.count() > 0) {
    parts.emplace_back(static_cast<double>(hours.count()), icu::MeasureUnit::createHour(status),
                       status);
  }
  if (minutes.count() > 0 || parts.empty()) {
    parts.emplace_back(static_cast<double>(minutes.count()), icu::MeasureUnit::createMinute(status),
                       status);
  }
  const icu::MeasureFormat format(LocaleOf(language), UMEASFMT_WIDTH_SHORT, status);
  icu::UnicodeString text;
  icu::FieldPosition position(icu::FieldPosition::DONT_CARE);
  format.formatMeasures(parts.data(), static_cast<std::int32_t>(parts.size()), text, position,
                        status);
  if (U_FAILURE(status)) return fmt::format("{} min", length.count());
  return ToUtf8(text);
}

}  // namespace kalends::web
