#include "core/links/link.h"

#include "core/base/error.h"

namespace kalends::core {

std::string_view NameOf(Side side) { return side == Side::kCustomer ? "CUSTOMER" : "PROVIDER"; }

std::optional<Side> ParseSide(std::string_view name) {
  for (const Side side : {Side::kCustomer, Side::kProvider}) {
    if (NameOf(side) == name) return side;
  }
  return std::nullopt;
}

absl::Status CheckLink(const Link& link) {
  if (link.removed) return Error(Reason::kLinkRemoved);
  if (link.blocked) return Error(Reason::kLinkBlocked);
  return absl::OkStatus();
}

}  // namespace kalends::core
