// Use cases of payments.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app/booking.h"
#include "core/payments/payment.h"

namespace kalends::app {

struct PaymentInput {
  AppointmentRef ref;
  core::PaymentKind kind = core::PaymentKind::kPayment;
  core::Money amount;
  std::string note;
  std::optional<core::Instant> received;  // None: now.
};
// By the provider: PROVIDER_ONLY. Otherwise as core::CheckPayment says.
absl::StatusOr<core::Payment> CreatePayment(WriteContext& cx, const PaymentInput& input);
// By id, those above `after` if given; without notes to the customer.
absl::StatusOr<std::vector<core::Payment>> ListPayments(const ReadContext& cx,
                                                        const AppointmentRef& ref,
                                                        std::optional<core::PaymentId> after,
                                                        std::size_t limit);

}  // namespace kalends::app
