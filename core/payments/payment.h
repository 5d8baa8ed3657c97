// What was paid for an appointment or a package, and what is still owed (SPEC 4.7).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "core/base/id.h"
#include "core/base/money.h"
#include "core/base/time.h"
#include "core/booking/appointment.h"

namespace kalends::core {

enum class PaymentKind { kPayment, kRefund };
// "PAYMENT" and so on: the name in the database.
std::string_view NameOf(PaymentKind kind);
std::optional<PaymentKind> ParsePaymentKind(std::string_view name);

// A line of the books; lines are never changed. A mistake is corrected by the opposite line.
struct Payment {
  PaymentId id;
  ProviderId provider;
  AppointmentId appointment;             // Unless it is for a package.
  std::optional<SoldPackageId> package;  // Set: for this package.
  PaymentKind kind = PaymentKind::kPayment;
  Money amount;      // Above 0.
  std::string note;  // For the provider's eyes.
  Instant received;  // When the money moved, as the provider says.
  Instant created;
  std::optional<AccountId> account;  // Who recorded it; none: a tool.
};

// All in the currency of `price`, which is that of the payments where the price has none.
struct Balance {
  Money price;        // What is due for it in its present status.
  Money paid;         // Payments - refunds; never negative.
  Money covered;      // By a package.
  Money outstanding;  // price - paid - covered. Negative: that much is to be paid back.
};

// Nothing is due for an appointment that was rejected or cancelled, and so a package covers nothing
// of it, also where the visit is used up. `payments` are of that appointment; `covered_minor` is
// what a package pays of it while something is due. A package's own balance is that of an accepted
// one.
Balance BalanceOf(const Money& price, AppointmentStatus status, const Money& paid,
                  std::int64_t covered_minor);
// The same from the lines.
Balance BalanceOf(const Money& price, AppointmentStatus status, std::span<const Payment> payments,
                  std::int64_t covered_minor);

// Whether the customer has something to pay. Not for a request, which may still be rejected, nor
// for what was cancelled, which is settled.
bool IsPayable(AppointmentStatus status, const Balance& balance);

// Decides whether `wanted` may join `recorded`, the lines of the same appointment or, with the
// status of an accepted one, package. Reports the first refusal, in this order:
//   WRONG_STATUS          the appointment is pending or was rejected: there was no deal.
//   INVALID_FIELD         the amount is not 1 to kPaymentMinorMax, its currency is no code or not
//                         that of the price and the other lines, `received` lies ahead, or the note
//                         is too long.
//   LIMIT_REACHED         kPaymentsPerAppointmentMax lines.
//   REFUND_EXCEEDS_PAID   more would be paid back than was paid.
absl::Status CheckPayment(const Payment& wanted, const Money& price, AppointmentStatus status,
                          std::span<const Payment> recorded, Instant now);

}  // namespace kalends::core
