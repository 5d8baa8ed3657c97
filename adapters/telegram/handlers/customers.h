// Lists of customers, for whatever one is chosen for.
#pragma once

#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/screens/customers.h"
#include "kalends/v1/link_service.pb.h"

namespace kalends::telegram {

// Of the provider's own, with its summary.
absl::StatusOr<v1::Link> GetCustomer(Turn& turn, const AccountId& customer);
// The list, and what is typed below it is a name.
absl::Status ChooseCustomer(Turn& turn, CustomerPurpose purpose, int page);

}  // namespace kalends::telegram
