#include "storage/payments.h"

#include "storage/privacy.h"
#include "storage/sealed.h"
#include "storage/values.h"

namespace kalends::storage {

namespace {

Place PaymentNotePlace(core::ProviderId provider, core::AppointmentId appointment,
                       core::PaymentId id) {
  return Place("payments.note", provider, appointment, id);
}

}  // namespace

void InsertPayment(Transaction& tx, const core::Payment& payment) {
  tx.Execute(
      "INSERT INTO payments (provider_id, appointment_id, id, kind, amount_minor, currency, note,"
      " received_s, created_s, account_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {ToValue(payment.provider), ToValue(payment.appointment), ToValue(payment.id),
       core::NameOf(payment.kind), payment.amount.minor_units, payment.amount.currency_code,
       Sealed(tx, payment.note,
              PaymentNotePlace(payment.provider, payment.appointment, payment.id)),
       ToValue(payment.received), ToValue(payment.created), ToValue(payment.account)});
}

std::vector<core::Payment> PaymentsOf(Transaction& tx, core::ProviderId provider,
                                      core::AppointmentId appointment) {
  return RowsOf(tx,
                "SELECT id, kind, amount_minor, currency, note, received_s, created_s, account_id"
                " FROM payments WHERE provider_id = $1 AND appointment_id = $2 ORDER BY id",
                {ToValue(provider), ToValue(appointment)}, [&](const Row& row) {
                  core::Payment payment;
                  payment.id = IdAt<core::PaymentId>(row, 0);
                  payment.provider = provider;
                  payment.appointment = appointment;
                  payment.kind = ParsedAt(row, 1, core::ParsePaymentKind);
                  payment.amount = {row.Int(2), row.Text(3)};
                  payment.note =
                      OpenedAt(row, 4, PaymentNotePlace(provider, appointment, payment.id));
                  payment.received = InstantAt(row, 5);
                  payment.created = InstantAt(row, 6);
                  payment.account = OptionalIdAt<core::AccountId>(row, 7);
                  return payment;
                });
}

namespace {

constexpr std::string_view kErasedTables[] = {"payments"};

// The amounts are the provider's books; notes on them may tell of the customer.
UnusedBlobs EraseOfCustomer(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(tx,
                    {"UPDATE payments SET note = '' WHERE (provider_id, appointment_id) IN"
                     " (SELECT provider_id, id FROM appointments WHERE customer_id = $1)"},
                    {ToValue(leaver.account)});
}

UnusedBlobs EraseOfProvider(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(tx,
                    {"UPDATE payments SET note = '', account_id = CASE WHEN account_id = $2 THEN "
                     "NULL ELSE account_id END"
                     " WHERE provider_id = $1",
                     "UPDATE payments SET note = '', account_id = NULL"
                     " WHERE account_id = $2 AND (provider_id, appointment_id) IN"
                     " (SELECT provider_id, id FROM appointments"
                     "  WHERE specialist_id = $1 AND specialist_id <> provider_id)"},
                    {ToValue(*leaver.provider), ToValue(leaver.account)});
}

}  // namespace

extern constinit const Erasure kPaymentsErasure{.subject = "payments",
                                                .tables = kErasedTables,
                                                .of_customer = EraseOfCustomer,
                                                .of_provider = EraseOfProvider};

}  // namespace kalends::storage
