#include "adapters/telegram/handlers/kept_price.h"

#include <charconv>

namespace kalends::telegram {

std::string PriceToKeep(const Price& price) {
  return std::to_string(price.minor_units) + " " + price.currency;
}

Price KeptPrice(std::string_view kept) {
  Price price;
  const char* const end = kept.data() + kept.size();
  const char* const blank = std::from_chars(kept.data(), end, price.minor_units).ptr;
  if (blank != end) price.currency.assign(blank + 1, end);
  return price;
}

}  // namespace kalends::telegram
