// Links: the relation of one customer to one provider, by its key, and its two sides.
#pragma once

#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "core/access/access.h"
#include "core/base/id.h"
#include "core/base/time.h"

namespace kalends::core {

enum class Side { kCustomer, kProvider };
// "CUSTOMER", "PROVIDER": the name in the database.
std::string_view NameOf(Side side);
std::optional<Side> ParseSide(std::string_view name);
inline Side OtherOf(Side side) {
  return side == Side::kCustomer ? Side::kProvider : Side::kCustomer;
}

struct LinkKey {
  ProviderId provider;
  AccountId customer;

  friend bool operator==(const LinkKey&, const LinkKey&) = default;
};

// A link of a customer to a provider. It stays when it ends, for the provider's books.
struct Link {
  ProviderId provider;
  AccountId customer;
  Instant created;
  std::optional<Instant> removed;  // The customer took it off their list.
  std::optional<Instant> blocked;  // The provider blocked the customer.
};
// LINK_REMOVED, then LINK_BLOCKED: nothing new can begin over such a link.
absl::Status CheckLink(const Link& link);

// The side of a link that a caller is on, where `provider_account` is the account of its provider;
// nullopt: the link is none of theirs. Tools that act for nobody stand on the provider's.
std::optional<Side> SideOf(const Caller& caller, const LinkKey& link, AccountId provider_account);

}  // namespace kalends::core
