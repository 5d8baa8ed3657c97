#include "core/app/payments.h"

#include "core/app/notifications.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "storage/booking.h"
#include "storage/payments.h"

namespace kalends::app {

absl::StatusOr<core::Payment> CreatePayment(WriteContext& cx, const PaymentInput& input) {
  ASSIGN_OR_RETURN(core::Appointment appointment, FindVisible(cx.AsRead(), input.ref));
  if (!core::ActsAsProvider(*SideOf(cx.AsRead(), appointment))) {
    return core::Error(core::Reason::kProviderOnly);
  }
  core::Payment payment;
  payment.id = cx.ids.Next<core::PaymentId>(cx.now);
  payment.provider = appointment.provider;
  payment.appointment = appointment.id;
  payment.kind = input.kind;
  payment.amount = input.amount;
  payment.note = input.note;
  payment.received = input.received.value_or(cx.now);
  payment.created = cx.now;
  payment.account = cx.caller.account;
  const auto recorded = storage::PaymentsOf(cx.tx, appointment.provider, appointment.id);
  RETURN_IF_ERROR(
      core::CheckPayment(payment, appointment.price, appointment.status, recorded, cx.now));
  storage::InsertPayment(cx.tx, payment);
  // What is paid and what is outstanding are shown with it.
  ++appointment.version;
  storage::UpdateAppointmentStatus(cx.tx, appointment);
  NotifyCards(cx, appointment);
  return payment;
}

absl::StatusOr<std::vector<core::Payment>> ListPayments(const ReadContext& cx,
                                                        const AppointmentRef& ref,
                                                        std::optional<core::PaymentId> after,
                                                        std::size_t limit) {
  ASSIGN_OR_RETURN(const core::Appointment appointment, FindVisible(cx, ref));
  auto payments = storage::PaymentsOf(cx.tx, appointment.provider, appointment.id);
  std::erase_if(payments,
                [&](const core::Payment& payment) { return after && payment.id <= *after; });
  if (payments.size() > limit) payments.resize(limit);
  if (!core::ActsAsProvider(*SideOf(cx, appointment))) {
    for (core::Payment& payment : payments) payment.note.clear();
  }
  return payments;
}

}  // namespace kalends::app
