// What the smallest unit of a currency is: that of ISO 4217 (2024), in which v1.Money counts. The
// core has the same table for payment links. ICU does not answer this: CLDR says how many digits
// people still write, and leaves out the para of RSD and the fils of IQD.
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

namespace kalends {

// How many digits of an amount are behind the point: 2 for EUR, 0 for JPY, 3 for KWD.
inline int MinorUnitDigits(std::string_view currency) {
  constexpr std::string_view kNone[] = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                        "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
                                        "VND", "VUV", "XAF", "XOF", "XPF"};
  constexpr std::string_view kThree[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  constexpr std::string_view kFour[] = {"CLF", "UYW"};
  const auto is_in = [currency](const auto& codes) {
    return std::find(std::begin(codes), std::end(codes), currency) != std::end(codes);
  };
  if (is_in(kNone)) return 0;
  if (is_in(kThree)) return 3;
  return is_in(kFour) ? 4 : 2;
}

}  // namespace kalends
