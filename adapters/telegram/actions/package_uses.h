// What a sold package was used for (SPEC 3.4), to either side.
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowPackageUses {
  ProviderId provider;
  AccountId customer;
  SoldPackageId package;
  KALENDS_ACTION("qu", provider, customer, package)
};
// clang-format on

using PackageUsesActions = Actions<ShowPackageUses>;

}  // namespace kalends::telegram
