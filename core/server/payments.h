// Payments and their messages.
#pragma once

#include "core/app/payments.h"
#include "core/server/listing.h"
#include "kalends/v1/payment_service.pb.h"

namespace kalends::server {

void Encode(const core::Payment& payment, v1::Payment* message);

// In the order they were written down.
using PaymentListing = Listing<core::Payment, core::PaymentId, v1::Payment>;
PaymentListing PaymentsOf(app::AppointmentRef ref);

}  // namespace kalends::server
