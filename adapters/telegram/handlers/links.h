// What other subjects need of links.
#pragma once

#include "adapters/telegram/actions/links.h"
#include "adapters/telegram/screens/links.h"
#include "adapters/telegram/turn.h"

namespace kalends::telegram {

absl::Status Handle(Turn& turn, const ShowProvider& action);
// A page of the customer's providers.
absl::Status ShowProviderList(Turn& turn, int number, ProviderList list);

}  // namespace kalends::telegram
