// What the handlers of a provider's services share.
#pragma once

#include <string>
#include <vector>

#include "adapters/telegram/screens/catalog.h"
#include "adapters/telegram/screens/service_fields.h"
#include "adapters/telegram/turn.h"

namespace kalends::telegram {

inline constexpr std::size_t kDescriptionCharsMax = 2000;  // The core's limit.

// What the provider's prices are in; where it has not said, that of its newest price, or else what
// the core guesses.
absl::StatusOr<std::string> LikelyCurrencyOf(Turn& turn);
// The first price that a provider has seen and kept says what all are in.
absl::Status KeepCurrency(Turn& turn, const std::string& currency);
// All services of the reader's, in their order, up to one page of the core's.
absl::StatusOr<std::vector<v1::Service>> ListWithArchived(Turn& turn);
absl::StatusOr<v1::Service> GetOwnService(Turn& turn, const ServiceId& id);
// `heading`: HTML; may be empty.
void ShowServiceCard(Turn& turn, const v1::Service& service, const std::string& heading = "");

}  // namespace kalends::telegram
