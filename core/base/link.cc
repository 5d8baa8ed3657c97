#include "core/base/link.h"

namespace kalends::core {

std::string_view NameOf(Side side) { return side == Side::kCustomer ? "CUSTOMER" : "PROVIDER"; }

std::optional<Side> ParseSide(std::string_view name) {
  for (const Side side : {Side::kCustomer, Side::kProvider}) {
    if (NameOf(side) == name) return side;
  }
  return std::nullopt;
}

}  // namespace kalends::core
