// Dates, times and money as one language writes them. ICU writes; wall clocks come from zones.h.
#pragma once

#include <unicode/tznames.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "adapters/telegram/zones.h"
#include "date/date.h"

namespace kalends::telegram {

// Where a date stands: its first letter is a capital where a line, a sentence or a label begins.
enum class LinePlace { kInside, kAtStart };

// Immutable and safe to share between threads.
class Formats {
 public:
  explicit Formats(std::string_view language);

  // "Montag, 28. Dezember 2026".
  std::string Date(date::year_month_day day, LinePlace place = LinePlace::kInside) const;
  // "Mo., 28. Dez.".
  std::string ShortDate(date::year_month_day day, LinePlace place = LinePlace::kInside) const;
  // "28.12.26, 15:00", for histories; "31.10.27, 02:30 UTC+2" where the clock reads so twice.
  std::string Stamp(const LocalTime& time) const;
  // "15:00", always of 24 hours; "02:30 UTC+2" where the clock reads so twice.
  static std::string Time(const LocalTime& time);
  // "15:00–16:00"; "01:30 UTC+2–01:30 UTC+1" where the clocks change between.
  static std::string Span(const LocalTime& start, const LocalTime& end);
  // "Dezember 2026".
  std::string Month(date::year_month month, LinePlace place = LinePlace::kInside) const;
  // "Mo" and "Montag" of an ISO weekday, 1 to 7.
  std::string WeekdayAbbreviation(int weekday, LinePlace place = LinePlace::kInside) const;
  std::string Weekday(int weekday, LinePlace place = LinePlace::kInside) const;
  // With which ISO weekday a week starts.
  int first_weekday() const { return first_weekday_; }
  // What people call `zone`: its city, "Kiew"; a bare offset is called so, "UTC+5:45".
  std::string Zone(std::string_view zone) const;
  // "80,00 €". An amount in the currency's smallest unit.
  std::string Money(std::string_view currency, std::int64_t minor_units) const;

 private:
  std::string Write(const char* skeleton, date::local_seconds time, LinePlace place) const;
  std::string Placed(const std::string& word, LinePlace place) const;

  std::string locale_;
  std::map<std::string, std::u16string, std::less<>> patterns_;  // By skeleton.
  std::array<std::string, 7> abbreviations_;
  std::array<std::string, 7> weekdays_;
  int first_weekday_ = 1;
  std::shared_ptr<const icu::TimeZoneNames> zones_;
};

// Whether `currency` is a currency of today's, in ISO 4217's three letters.
bool IsCurrency(std::string_view currency);
const std::set<std::string, std::less<>>& CurrenciesInUse();

}  // namespace kalends::telegram
