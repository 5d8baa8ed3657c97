// Payments and their messages.
#pragma once

#include <string>

#include "core/app/packages.h"
#include "core/app/payments.h"
#include "core/server/listing.h"
#include "kalends/v1/payment_service.pb.h"

namespace kalends::server {

// `parent`: the name of what it was paid for.
void Encode(const core::Payment& payment, const std::string& parent, v1::Payment* message);

// In the order they were written down.
using PaymentListing = Listing<core::Payment, core::PaymentId, v1::Payment>;
PaymentListing PaymentsOf(app::AppointmentRef ref);
PaymentListing PaymentsOf(app::SoldPackageRef ref);

}  // namespace kalends::server
