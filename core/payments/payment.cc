#include "core/payments/payment.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"

namespace kalends::core {
namespace {

constexpr std::string_view kKindNames[] = {"PAYMENT", "REFUND"};

std::int64_t PaidMinor(std::span<const Payment> payments) {
  std::int64_t paid = 0;
  for (const Payment& payment : payments) {
    const std::int64_t amount = payment.amount.minor_units;
    paid += payment.kind == PaymentKind::kPayment ? amount : -amount;
  }
  return paid;
}

// That of the price; without one, that of what was paid.
std::string CurrencyOf(const Money& price, std::span<const Payment> payments) {
  if (!price.currency_code.empty() || payments.empty()) return price.currency_code;
  return payments.front().amount.currency_code;
}

}  // namespace

std::string_view NameOf(PaymentKind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

std::optional<PaymentKind> ParsePaymentKind(std::string_view name) {
  const auto* found = std::find(std::begin(kKindNames), std::end(kKindNames), name);
  if (found == std::end(kKindNames)) return std::nullopt;
  return static_cast<PaymentKind>(found - std::begin(kKindNames));
}

Balance BalanceOf(const Money& price, AppointmentStatus status, std::span<const Payment> payments,
                  std::int64_t covered_minor) {
  return BalanceOf(price, status, Money{PaidMinor(payments), CurrencyOf(price, payments)},
                   covered_minor);
}

Balance BalanceOf(const Money& price, AppointmentStatus status, const Money& paid,
                  std::int64_t covered_minor) {
  const std::string& currency =
      price.currency_code.empty() ? paid.currency_code : price.currency_code;
  const bool due =
      status != AppointmentStatus::kRejected && status != AppointmentStatus::kCancelled;
  const std::int64_t price_minor = due ? price.minor_units : 0;
  const std::int64_t paid_minor = paid.minor_units;
  const std::int64_t covered = due ? covered_minor : 0;
  return {{price_minor, currency},
          {paid_minor, currency},
          {covered, currency},
          {price_minor - paid_minor - covered, currency}};
}

bool IsPayable(AppointmentStatus status, const Balance& balance) {
  const bool agreed = status == AppointmentStatus::kAccepted || IsMark(status);
  return agreed && balance.outstanding.minor_units > 0;
}

absl::Status CheckPayment(const Payment& wanted, const Money& price, AppointmentStatus status,
                          std::span<const Payment> recorded, Instant now) {
  if (status == AppointmentStatus::kPending || status == AppointmentStatus::kRejected) {
    return Error(Reason::kWrongStatus, "There is nothing to pay for a request.");
  }
  if (wanted.amount.minor_units < 1 || wanted.amount.minor_units > kPaymentMinorMax) {
    return InvalidField("payment.amount.minor_units", "must be 1 to 1000000000000");
  }
  if (!IsCurrencyCode(wanted.amount.currency_code)) {
    return InvalidField("payment.amount.currency_code",
                        "must be three capital letters of ISO 4217");
  }
  const std::string currency = CurrencyOf(price, recorded);
  if (!currency.empty() && wanted.amount.currency_code != currency) {
    return InvalidField("payment.amount.currency_code", "must be the currency of the price");
  }
  if (wanted.received > now) return InvalidField("payment.receive_time", "must not lie ahead");
  RETURN_IF_ERROR(CheckText("payment.note", wanted.note, 0, kNoteCharsMax));
  if (recorded.size() >= kPaymentsPerAppointmentMax) {
    return LimitReached("payments", kPaymentsPerAppointmentMax,
                        "There are too many payments of this.");
  }
  if (wanted.kind == PaymentKind::kRefund && wanted.amount.minor_units > PaidMinor(recorded)) {
    return Error(Reason::kRefundExceedsPaid);
  }
  return absl::OkStatus();
}

}  // namespace kalends::core
