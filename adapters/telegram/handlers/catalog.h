// What the handlers of a provider's services share.
#pragma once

#include <string>

#include "adapters/telegram/screens/catalog.h"
#include "adapters/telegram/turn.h"

namespace kalends::telegram {

// What the provider's prices are in; where it has not said, that of its newest price, or else what
// the core guesses.
absl::StatusOr<std::string> LikelyCurrencyOf(Turn& turn);
// The first price that a provider has seen and kept says what all are in.
absl::Status KeepCurrency(Turn& turn, const std::string& currency);

}  // namespace kalends::telegram
