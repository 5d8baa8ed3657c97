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

// An appointment as the books of a link have it.
struct BookedVisit {
  core::AppointmentStatus status = core::AppointmentStatus::kPending;
  core::Interval interval;
  core::Money price;
  core::Money paid;      // Payments - refunds; without a currency where there are none.
  bool covered = false;  // By a package.
};
// All that a customer booked with a provider but for what was rejected, in no order.
std::vector<BookedVisit> VisitsBetween(Transaction& tx, core::ProviderId provider,
                                       core::AccountId customer);

}  // namespace kalends::storage
