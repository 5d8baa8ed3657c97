#include "storage/imports.h"

#include "storage/privacy.h"
#include "storage/values.h"

namespace kalends::storage {

std::optional<core::AccountId> FindImportedCustomer(Transaction& tx, core::ProviderId provider,
                                                    std::string_view external_id) {
  return RowOf(tx,
               "SELECT customer_id FROM imported_customers"
               " WHERE provider_id = $1 AND external_id = $2",
               {ToValue(provider), external_id},
               [](const Row& row) { return IdAt<core::AccountId>(row, 0); });
}

void InsertImportedCustomer(Transaction& tx, const core::LinkKey& link,
                            std::string_view external_id) {
  tx.Execute(
      "INSERT INTO imported_customers (provider_id, external_id, customer_id) VALUES ($1, $2, $3)",
      {ToValue(link.provider), external_id, ToValue(link.customer)});
}

std::optional<core::ServiceId> FindImportedService(Transaction& tx, core::ProviderId provider,
                                                   std::string_view external_id) {
  return RowOf(tx,
               "SELECT service_id FROM imported_services"
               " WHERE provider_id = $1 AND external_id = $2",
               {ToValue(provider), external_id},
               [](const Row& row) { return IdAt<core::ServiceId>(row, 0); });
}

void InsertImportedService(Transaction& tx, core::ProviderId provider, core::ServiceId service,
                           std::string_view external_id) {
  tx.Execute(
      "INSERT INTO imported_services (provider_id, external_id, service_id) VALUES ($1, $2, $3)",
      {ToValue(provider), external_id, ToValue(service)});
}

std::optional<core::AppointmentId> FindImportedAppointment(Transaction& tx,
                                                           core::ProviderId provider,
                                                           std::string_view external_id) {
  return RowOf(tx,
               "SELECT appointment_id FROM imported_appointments"
               " WHERE provider_id = $1 AND external_id = $2",
               {ToValue(provider), external_id},
               [](const Row& row) { return IdAt<core::AppointmentId>(row, 0); });
}

void InsertImportedAppointment(Transaction& tx, core::ProviderId provider,
                               core::AppointmentId appointment, std::string_view external_id) {
  tx.Execute(
      "INSERT INTO imported_appointments (provider_id, external_id, appointment_id)"
      " VALUES ($1, $2, $3)",
      {ToValue(provider), external_id, ToValue(appointment)});
}

namespace {

// An import that is repeated would bring back who was erased.
constexpr KeptTable kKeptTables[] = {
    {"imported_customers", "That an id of another program was brought in: ids, no words."},
    {"imported_services", "The same of services."},
    {"imported_appointments", "The same of appointments."}};

}  // namespace

extern constinit const Erasure kImportsErasure{
    .subject = "imports", .tables = {}, .kept = kKeptTables};

}  // namespace kalends::storage
