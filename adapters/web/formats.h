// Amounts and lengths of time as one language writes them.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace kalends::web {

// "80,00 €". An amount in the currency's smallest unit.
std::string FormatMoney(std::string_view language, std::string_view currency,
                        std::int64_t minor_units);

// "50 Min.", "90 Min.", "2 Std. 30 Min.": up to an hour and a half, people think in minutes.
std::string FormatDuration(std::string_view language, std::chrono::minutes length);

// "Do., 3. Dez." and "9:00" of what a clock shows, as RFC 3339 has it; empty where it is none.
std::string FormatLocalDay(std::string_view language, std::string_view local_time);
std::string FormatLocalClock(std::string_view language, std::string_view local_time);

// "Mo." of a day of the week, from 1, Monday.
std::string FormatWeekday(std::string_view language, int day_of_week);

}  // namespace kalends::web
