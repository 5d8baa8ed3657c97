// Money: integer minor units and an ISO 4217 code.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kalends::core {

struct Money {
  std::int64_t minor_units = 0;  // Cents for EUR, yen for JPY. Never negative in a price.
  std::string currency_code;     // ISO 4217, three capital letters.

  friend bool operator==(const Money&, const Money&) = default;
};

// Whether `code` has the form of an ISO 4217 code.
inline bool IsCurrencyCode(std::string_view code) {
  if (code.size() != 3) return false;
  for (const char c : code) {
    if (c < 'A' || c > 'Z') return false;
  }
  return true;
}

}  // namespace kalends::core
