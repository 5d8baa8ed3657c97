#include "adapters/web/formats.h"

#include <fmt/format.h>
#include <unicode/dtptngen.h>
#include <unicode/measfmt.h>
#include <unicode/measunit.h>
#include <unicode/measure.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>

#include <cmath>
#include <ctime>
#include <iomanip>
#include <memory>
#include <optional>
#include <sstream>
#include <vector>

#include "adapters/shared/currency.h"
#include "date/date.h"

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

// An instant, in UTC, with the fields of `skeleton` as the language writes them.
std::string FormatUtc(std::string_view language, const char* skeleton, UDate instant) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale = LocaleOf(language);
  const std::unique_ptr<icu::DateTimePatternGenerator> generator(
      icu::DateTimePatternGenerator::createInstance(locale, status));
  if (U_FAILURE(status)) return {};
  icu::SimpleDateFormat format(generator->getBestPattern(skeleton, status), locale, status);
  if (U_FAILURE(status)) return {};
  // The clock was read by the core's rules already; here it is only written.
  format.setTimeZone(*icu::TimeZone::getGMT());
  icu::UnicodeString text;
  return ToUtf8(format.format(instant, text));
}

// What the clock shows, as if it were UTC; nullopt: it is none.
std::optional<UDate> ShownBy(std::string_view local_time) {
  constexpr std::size_t kClockChars = 19;  // Without the offset.
  std::istringstream text{std::string(local_time.substr(0, kClockChars))};
  std::tm shown{};
  if (!(text >> std::get_time(&shown, "%Y-%m-%dT%H:%M:%S"))) return std::nullopt;
  return static_cast<UDate>(timegm(&shown)) * 1000;
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

std::string FormatLocalDay(std::string_view language, std::string_view local_time) {
  const auto shown = ShownBy(local_time);
  return shown ? FormatUtc(language, "EEEdMMM", *shown) : "";
}

std::string FormatLocalClock(std::string_view language, std::string_view local_time) {
  const auto shown = ShownBy(local_time);
  return shown ? FormatUtc(language, "Hmm", *shown) : "";
}

std::string FormatWeekday(std::string_view language, int day_of_week) {
  constexpr double kMonday = 4 * 86'400'000.0;  // 1970-01-05.
  return FormatUtc(language, "ccc", kMonday + (day_of_week - 1) * 86'400'000.0);
}

}  // namespace kalends::web
