// A day, and perhaps a time of it, as people type it instead of tapping: "Dienstag 10 Uhr",
// "1.12.", "demain à 9h30", "завтра", "1 de diciembre". Names of days and months are ICU's, in one
// language.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "adapters/telegram/zones.h"
#include "date/date.h"

namespace kalends::telegram {

struct TypedWhen {
  date::year_month_day day;
  std::optional<std::chrono::minutes> clock;  // Since midnight.
  friend bool operator==(const TypedWhen&, const TypedWhen&) = default;
};

// The next such day from `now` on, the wall clock of who typed; a weekday whose time is over today
// is that of next week. A time alone is one of `shown`, where a day is. nullopt: no day is named.
std::optional<TypedWhen> ParseWhen(std::string_view text, std::string_view language,
                                   const LocalTime& now, std::optional<date::year_month_day> shown);

}  // namespace kalends::telegram
