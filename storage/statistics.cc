#include "storage/statistics.h"

#include "storage/values.h"

namespace kalends::storage {

core::Facts FactsOf(Transaction& tx, core::ProviderId provider, const core::Interval& within) {
  const std::initializer_list<Value> values = {ToValue(provider), ToValue(within.start),
                                               ToValue(within.end)};
  core::Facts facts;
  facts.requests =
      RowsOf(tx,
             "SELECT created_s, specialist_id FROM appointments"
             " WHERE provider_id = $1 AND created_s >= $2 AND created_s < $3 AND EXISTS"
             " (SELECT 1 FROM status_changes AS first WHERE first.appointment_id = appointments.id"
             "  AND first.position = 1 AND first.to_status = 'PENDING')",
             values, [](const Row& row) {
               return core::Facts::Request{InstantAt(row, 0), IdAt<core::ProviderId>(row, 1)};
             });
  facts.visits =
      RowsOf(tx,
             "SELECT start_s, specialist_id, status FROM appointments"
             " WHERE provider_id = $1 AND start_s >= $2 AND start_s < $3",
             values, [](const Row& row) {
               return core::Facts::Visit{InstantAt(row, 0), IdAt<core::ProviderId>(row, 1),
                                         ParsedAt(row, 2, core::ParseAppointmentStatus)};
             });
  facts.money =
      RowsOf(tx,
             "SELECT received_s, specialist_id, CASE kind WHEN 'PAYMENT' THEN amount_minor"
             " ELSE -amount_minor END, currency FROM payments"
             " JOIN appointments ON appointments.id = payments.appointment_id"
             " WHERE payments.provider_id = $1 AND received_s >= $2 AND received_s < $3",
             values, [](const Row& row) {
               return core::Facts::Money{InstantAt(row, 0), IdAt<core::ProviderId>(row, 1),
                                         row.Int(2), row.Text(3)};
             });
  const auto of_packages =
      RowsOf(tx,
             "SELECT received_s, CASE kind WHEN 'PAYMENT' THEN amount_minor ELSE -amount_minor END,"
             " currency FROM package_payments"
             " WHERE provider_id = $1 AND received_s >= $2 AND received_s < $3",
             values, [](const Row& row) {
               return core::Facts::Money{InstantAt(row, 0), std::nullopt, row.Int(1), row.Text(2)};
             });
  facts.money.insert(facts.money.end(), of_packages.begin(), of_packages.end());
  return facts;
}

}  // namespace kalends::storage
