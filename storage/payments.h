// Payments of appointments. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <vector>

#include "core/payments/payment.h"
#include "storage/database.h"

namespace kalends::storage {

// Adds a line; lines are never changed.
void InsertPayment(Transaction& tx, const core::Payment& payment);
// All of an appointment (at most kPaymentsPerAppointmentMax), by id.
std::vector<core::Payment> PaymentsOf(Transaction& tx, core::ProviderId provider,
                                      core::AppointmentId appointment);

}  // namespace kalends::storage
