#include "adapters/telegram/formats.h"

#include <fmt/format.h>
#include <unicode/calendar.h>
#include <unicode/dtfmtsym.h>
#include <unicode/dtptngen.h>
#include <unicode/numberformatter.h>
#include <unicode/rbnf.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/ucurr.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <memory>

#include "adapters/shared/currency.h"

namespace kalends::telegram {
namespace {

constexpr const char* kSkeletons[] = {"yMMMMEEEEd", "MMMEd", "yyMMddHHmm", "yMMMM"};

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string utf8;
  return text.toUTF8String(utf8);
}

// English as Europe writes it: the day before the month, 24 hours, weeks from Monday.
std::string LocaleOf(std::string_view language) {
  return language == "en" ? "en_GB" : std::string(language);
}

// The pattern by which `locale` writes what `skeleton` names. Newer data of CLDR leave the comma
// out of the English one; what people read must not depend on the machine.
icu::UnicodeString PatternOf(icu::DateTimePatternGenerator& generator, const std::string& locale,
                             const char* skeleton, UErrorCode& status) {
  if (locale == "en_GB" && std::string_view(skeleton) == "MMMEd")
    return icu::UnicodeString(u"E, d MMM");
  // Hours have two digits wherever we write them, "03:00", also in Spanish.
  return generator.getBestPattern(icu::UnicodeString(skeleton), UDATPG_MATCH_HOUR_FIELD_LENGTH,
                                  status);
}

icu::UnicodeString CurrencyCode(std::string_view currency) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(currency.data(), static_cast<int32_t>(currency.size())));
}

std::string ClockText(const LocalTime& time) {
  const date::hh_mm_ss clock{time.time - date::floor<date::days>(time.time)};
  return fmt::format("{:02}:{:02}", clock.hours().count(), clock.minutes().count());
}

// `text` with the offset behind it where it does not tell the instant by itself.
std::string WithOffset(std::string text, const LocalTime& time, bool needed) {
  if (!needed) return text;
  return text + " " + OffsetText(std::chrono::floor<std::chrono::minutes>(time.offset));
}

// French says of the first of a month alone that it is the first: "1er décembre", "2 décembre".
// CLDR's patterns do not know it.
void CountDays(icu::SimpleDateFormat& format, const icu::Locale& locale, date::day day,
               UErrorCode& status) {
  if (locale.getLanguage() != std::string_view("fr") || day != date::day(1)) return;
  format.adoptNumberFormat(
      icu::UnicodeString(u"d"),
      std::make_unique<icu::RuleBasedNumberFormat>(icu::URBNF_ORDINAL, locale, status).release(),
      status);
}

// What is paid with in all countries. Not ucurr_isAvailable, to which the pound is one of the past
// (ICU 72).
std::set<std::string, std::less<>> ReadCurrencies() {
  std::set<std::string, std::less<>> codes;
  for (const char* const* country = uloc_getISOCountries(); *country != nullptr; ++country) {
    UChar code[4] = {};
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t length =
        ucurr_forLocale((std::string("und_") + *country).c_str(), code, 4, &status);
    if (U_SUCCESS(status)) codes.insert(ToUtf8(icu::UnicodeString(code, length)));
  }
  return codes;
}

}  // namespace

Formats::Formats(std::string_view language) : locale_(LocaleOf(language)) {
  const icu::Locale locale(locale_.c_str());
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::DateTimePatternGenerator> generator(
      icu::DateTimePatternGenerator::createInstance(locale, status));
  for (const char* skeleton : kSkeletons) {
    const icu::UnicodeString pattern = PatternOf(*generator, locale_, skeleton, status);
    patterns_.emplace(
        skeleton, std::u16string(pattern.getBuffer(), static_cast<std::size_t>(pattern.length())));
  }
  const icu::DateFormatSymbols symbols(locale, status);
  int count = 0;
  const icu::UnicodeString* wide =
      symbols.getWeekdays(count, icu::DateFormatSymbols::STANDALONE, icu::DateFormatSymbols::WIDE);
  const icu::UnicodeString* brief =
      symbols.getWeekdays(count, icu::DateFormatSymbols::STANDALONE, icu::DateFormatSymbols::SHORT);
  for (int weekday = 1; weekday <= 7; ++weekday) {
    const int icu_weekday = weekday % 7 + 1;  // ICU: 1 Sunday to 7 Saturday.
    weekdays_[static_cast<std::size_t>(weekday - 1)] = ToUtf8(wide[icu_weekday]);
    std::string& abbreviation = abbreviations_[static_cast<std::size_t>(weekday - 1)];
    abbreviation = ToUtf8(brief[icu_weekday]);
    if (abbreviation.ends_with('.')) abbreviation.pop_back();  // Columns of a calendar have none.
  }
  const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(locale, status));
  const int first = calendar->getFirstDayOfWeek(status);
  first_weekday_ = first == UCAL_SUNDAY ? 7 : first - 1;
  zones_.reset(icu::TimeZoneNames::createInstance(locale, status));
  assert(U_SUCCESS(status));
}

std::string Formats::Zone(std::string_view zone) const {
  if (const auto offset = BareOffset(zone)) {
    return OffsetText(std::chrono::floor<std::chrono::minutes>(*offset));
  }
  std::string last(zone.substr(zone.rfind('/') + 1));
  std::replace(last.begin(), last.end(), '_', ' ');
  // English says it as the tz database does, which is newer than ICU's copy of it.
  if (locale_ == "en_GB") return last;
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString canonical, city;
  icu::TimeZone::getCanonicalID(
      icu::UnicodeString::fromUTF8({zone.data(), static_cast<int32_t>(zone.size())}), canonical,
      status);
  if (U_SUCCESS(status)) zones_->getExemplarLocationName(canonical, city);
  city.findAndReplace(u"\u00AD", u"");  // Where a line may break: no part of a name.
  return city.isEmpty() ? last : ToUtf8(city);
}

std::string Formats::Write(const char* skeleton, date::local_seconds time, LinePlace place) const {
  UErrorCode status = U_ZERO_ERROR;
  const std::u16string& pattern = patterns_.find(skeleton)->second;
  const icu::Locale locale(locale_.c_str());
  icu::SimpleDateFormat format(
      icu::UnicodeString(pattern.data(), static_cast<int32_t>(pattern.size())), locale, status);
  if (place == LinePlace::kAtStart) {
    format.setContext(UDISPCTX_CAPITALIZATION_FOR_BEGINNING_OF_SENTENCE, status);
  }
  format.setTimeZone(*icu::TimeZone::getGMT());  // The wall clock is already the reader's.
  // Numeric patterns say "dd", and are counted by nobody.
  if (pattern.find(u"dd") == std::u16string::npos) {
    CountDays(format, locale, date::year_month_day(date::floor<date::days>(time)).day(), status);
  }
  icu::UnicodeString text;
  format.format(static_cast<UDate>(time.time_since_epoch().count()) * 1000.0, text);
  assert(U_SUCCESS(status));
  return ToUtf8(text);
}

std::string Formats::Placed(const std::string& word, LinePlace place) const {
  if (place == LinePlace::kInside) return word;
  return ToUtf8(icu::UnicodeString::fromUTF8(word).toTitle(nullptr, icu::Locale(locale_.c_str()),
                                                           U_TITLECASE_NO_LOWERCASE));
}

std::string Formats::Date(date::year_month_day day, LinePlace place) const {
  return Write("yMMMMEEEEd", date::local_days(day), place);
}

std::string Formats::ShortDate(date::year_month_day day, LinePlace place) const {
  return Write("MMMEd", date::local_days(day), place);
}

std::string Formats::Stamp(const LocalTime& time) const {
  return WithOffset(Write("yyMMddHHmm", time.time, LinePlace::kInside), time, time.repeated);
}

std::string Formats::Time(const LocalTime& time) {
  return WithOffset(ClockText(time), time, time.repeated);
}

std::string Formats::Span(const LocalTime& start, const LocalTime& end) {
  const bool changes = start.offset != end.offset;
  return WithOffset(ClockText(start), start, changes || start.repeated) + "–" +
         WithOffset(ClockText(end), end, changes || end.repeated);
}

std::string Formats::Month(date::year_month month, LinePlace place) const {
  return Write("yMMMM", date::local_days(month / 1), place);
}

std::string Formats::WeekdayAbbreviation(int weekday, LinePlace place) const {
  return Placed(abbreviations_[static_cast<std::size_t>(weekday - 1)], place);
}

std::string Formats::Weekday(int weekday, LinePlace place) const {
  return Placed(weekdays_[static_cast<std::size_t>(weekday - 1)], place);
}

std::string Formats::Money(std::string_view currency, std::int64_t minor_units) const {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString code = CurrencyCode(currency);
  const icu::CurrencyUnit unit(code.getTerminatedBuffer(), status);
  const int digits = MinorUnitDigits(currency);
  const double amount = static_cast<double>(minor_units) / std::pow(10.0, digits);
  const icu::number::FormattedNumber number =
      icu::number::NumberFormatter::withLocale(icu::Locale(locale_.c_str()))
          .unit(unit)
          .unitWidth(UNUM_UNIT_WIDTH_NARROW)
          .precision(icu::number::Precision::fixedFraction(digits))
          .formatDouble(amount, status);
  if (U_FAILURE(status)) return fmt::format("{} {}", minor_units, currency);
  return ToUtf8(number.toString(status));
}

bool IsCurrency(std::string_view currency) { return CurrenciesInUse().contains(currency); }

const std::set<std::string, std::less<>>& CurrenciesInUse() {
  static const std::set<std::string, std::less<>> kCodes = ReadCurrencies();
  return kCodes;
}

}  // namespace kalends::telegram
