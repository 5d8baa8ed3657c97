// What a service may be: the numbers it is booked by, and its price.
#pragma once

#include <span>

#include "absl/status/status.h"
#include "core/base/money.h"
#include "core/catalog/service.h"

namespace kalends::core {

// INVALID_FIELD, by the field of the contract's Service: its texts, translations into languages
// that are spoken here, numbers, price, payment link, and specialists who are neither of `staff`,
// who work for the provider, nor of `known`: one who left stays named until others are.
absl::Status CheckService(const Service& service, std::span<const ProviderId> known,
                          std::span<const ProviderId> staff);

// INVALID_FIELD, by the field of the contract's Service. The first that is out of its range, in the
// order of BookingRules.
absl::Status CheckRules(const BookingRules& rules);

// INVALID_FIELD: less than nothing, too much, or no currency; what is free needs none.
absl::Status CheckPrice(const Money& price);

}  // namespace kalends::core
