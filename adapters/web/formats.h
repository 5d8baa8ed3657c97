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

}  // namespace kalends::web
