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

std::optional<Side> SideOf(const Caller& caller, const LinkKey& link, AccountId provider_account) {
  if (caller.account == link.customer) return Side::kCustomer;
  if (MayActAs(caller, provider_account)) return Side::kProvider;
  return std::nullopt;
}

}  // namespace kalends::core
