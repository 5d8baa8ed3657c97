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

std::vector<BookedVisit> VisitsBetween(Transaction& tx, core::ProviderId provider,
                                       core::AccountId customer) {
  // The plus keeps to the customer's rows: the provider's index has more of them.
  return RowsOf(
      tx,
      "SELECT status, start_s, end_s, price_minor, price_currency,"
      " (SELECT CAST(coalesce(sum(CASE kind WHEN 'PAYMENT' THEN amount_minor ELSE -amount_minor "
      "END),"
      "  0) AS BIGINT) FROM payments AS p WHERE p.provider_id = $1 AND p.appointment_id = a.id),"
      " (SELECT coalesce(max(currency), '')"
      "  FROM payments AS p WHERE p.provider_id = $1 AND p.appointment_id = a.id),"
      " EXISTS (SELECT 1 FROM package_uses AS u WHERE u.appointment_id = a.id AND kind = 'USED')"
      " AND NOT EXISTS (SELECT 1 FROM package_uses AS u"
      "  WHERE u.appointment_id = a.id AND kind = 'GIVEN_BACK')"
      " FROM appointments AS a WHERE customer_id = $2 AND +provider_id = $1"
      " AND status <> 'REJECTED'",
      {ToValue(provider), ToValue(customer)}, [](const Row& row) {
        BookedVisit visit;
        visit.status = ParsedAt(row, 0, core::ParseAppointmentStatus);
        visit.interval = {InstantAt(row, 1), InstantAt(row, 2)};
        visit.price = {row.Int(3), row.Text(4)};
        visit.paid = {row.Int(5), row.Text(6)};
        visit.covered = FlagAt(row, 7);
        return visit;
      });
}

}  // namespace kalends::storage
