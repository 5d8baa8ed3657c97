// The relation of one customer to one provider, by its key, and its two sides.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/id.h"

namespace kalends::core {

enum class Side { kCustomer, kProvider };
// "CUSTOMER", "PROVIDER": the name in the database.
std::string_view NameOf(Side side);
std::optional<Side> ParseSide(std::string_view name);

struct LinkKey {
  ProviderId provider;
  AccountId customer;

  friend bool operator==(const LinkKey&, const LinkKey&) = default;
};

}  // namespace kalends::core
