#include "storage/catalog.h"

#include <limits>

#include "core/accounts/account.h"
#include "storage/privacy.h"
#include "storage/sealed.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

Place ServicePlacePlace(const core::Service& service) {
  return Place("services.place", service.provider, service.id);
}
Place PaymentLinkPlace(const core::Service& service) {
  return Place("services.payment_link", service.provider, service.id);
}

core::Service ReadService(const Row& row) {
  core::Service service;
  service.provider = IdAt<core::ProviderId>(row, 0);
  service.id = IdAt<core::ServiceId>(row, 1);
  service.name = WordsAt(row, 2);
  service.description = WordsAt(row, 3);
  service.rules.duration = MinutesAt(row, 4);
  service.rules.buffer_before = MinutesAt(row, 5);
  service.rules.buffer_after = MinutesAt(row, 6);
  service.rules.step = MinutesAt(row, 7);
  service.rules.minimum_notice = MinutesAt(row, 8);
  service.rules.horizon = MinutesAt(row, 9);
  service.rules.cancellation_deadline = MinutesAt(row, 10);
  service.rules.capacity = NumberAt(row, 11);
  service.price = {row.Int(12), row.Text(13)};
  service.payment_link = OpenedAt(row, 14, PaymentLinkPlace(service));
  service.place = OpenedAt(row, 15, ServicePlacePlace(service));
  service.auto_accept = FlagAt(row, 16);
  service.position = NumberAt(row, 17);
  service.archived = FlagAt(row, 18);
  service.version = row.Int(19);
  return service;
}

// Translations and specialists, which have tables of their own.
void InsertParts(Transaction& tx, const core::Service& service) {
  for (const auto& [language, text] : service.translations) {
    tx.Execute(
        "INSERT INTO service_translations (provider_id, service_id, language, display_name,"
        " description) VALUES ($1, $2, $3, $4, $5)",
        {ToValue(service.provider), ToValue(service.id), language, text.name, text.description});
  }
  for (const core::ProviderId specialist : service.specialists) {
    tx.Execute(
        "INSERT INTO service_specialists (provider_id, service_id, specialist_id)"
        " VALUES ($1, $2, $3)",
        {ToValue(service.provider), ToValue(service.id), ToValue(specialist)});
  }
}

void ReadParts(Transaction& tx, core::Service& service) {
  tx.Query(
      "SELECT language, display_name, description FROM service_translations"
      " WHERE provider_id = $1 AND service_id = $2",
      {ToValue(service.provider), ToValue(service.id)},
      [&](const Row& row) { service.translations[row.Text(0)] = {row.Text(1), row.Text(2)}; });
  service.specialists = RowsOf(tx,
                               "SELECT specialist_id FROM service_specialists"
                               " WHERE provider_id = $1 AND service_id = $2 ORDER BY specialist_id",
                               {ToValue(service.provider), ToValue(service.id)},
                               [](const Row& row) { return IdAt<core::ProviderId>(row, 0); });
  service.declined = RowsOf(tx,
                            "SELECT specialist_id FROM service_declined"
                            " WHERE provider_id = $1 AND service_id = $2 ORDER BY specialist_id",
                            {ToValue(service.provider), ToValue(service.id)},
                            [](const Row& row) { return IdAt<core::ProviderId>(row, 0); });
}

}  // namespace

void InsertService(Transaction& tx, const core::Service& service) {
  const core::BookingRules& rules = service.rules;
  tx.Execute(
      "INSERT INTO services (provider_id, id, display_name, description, duration_min,"
      " buffer_before_min, buffer_after_min, step_min, minimum_notice_min, horizon_min,"
      " cancellation_deadline_min, capacity, price_minor, price_currency, payment_link, place,"
      " auto_accept, position, archived, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
      " $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
      {ToValue(service.provider),
       ToValue(service.id),
       service.name,
       service.description,
       ToValue(rules.duration),
       ToValue(rules.buffer_before),
       ToValue(rules.buffer_after),
       ToValue(rules.step),
       ToValue(rules.minimum_notice),
       ToValue(rules.horizon),
       ToValue(rules.cancellation_deadline),
       rules.capacity,
       service.price.minor_units,
       service.price.currency_code,
       Sealed(tx, service.payment_link, PaymentLinkPlace(service)),
       Sealed(tx, service.place, ServicePlacePlace(service)),
       ToValue(service.auto_accept),
       service.position,
       ToValue(service.archived),
       service.version});
  InsertParts(tx, service);
}

void UpdateService(Transaction& tx, const core::Service& service) {
  const core::BookingRules& rules = service.rules;
  tx.Execute(
      "UPDATE services SET display_name = CASE $3 WHEN '\uFFFD' THEN display_name ELSE $3 END,"
      " description = CASE $4 WHEN '\uFFFD' THEN description ELSE $4 END, duration_min = $5,"
      " buffer_before_min = $6, buffer_after_min = $7, step_min = $8, minimum_notice_min = $9,"
      " horizon_min = $10, cancellation_deadline_min = $11, capacity = $12, price_minor = $13,"
      " price_currency = $14, payment_link = $15, place = $16, auto_accept = $17, position = $18,"
      " archived = $19, version = $20 WHERE provider_id = $1 AND id = $2",
      {ToValue(service.provider),
       ToValue(service.id),
       service.name,
       service.description,
       ToValue(rules.duration),
       ToValue(rules.buffer_before),
       ToValue(rules.buffer_after),
       ToValue(rules.step),
       ToValue(rules.minimum_notice),
       ToValue(rules.horizon),
       ToValue(rules.cancellation_deadline),
       rules.capacity,
       service.price.minor_units,
       service.price.currency_code,
       Sealed(tx, service.payment_link, PaymentLinkPlace(service)),
       Sealed(tx, service.place, ServicePlacePlace(service)),
       ToValue(service.auto_accept),
       service.position,
       ToValue(service.archived),
       service.version});
  tx.Execute("DELETE FROM service_translations WHERE provider_id = $1 AND service_id = $2",
             {ToValue(service.provider), ToValue(service.id)});
  tx.Execute("DELETE FROM service_specialists WHERE provider_id = $1 AND service_id = $2",
             {ToValue(service.provider), ToValue(service.id)});
  InsertParts(tx, service);
}

bool SetServiceDeclined(Transaction& tx, core::ProviderId provider, core::ServiceId id,
                        core::ProviderId specialist, bool declined) {
  const auto changed =
      declined ? tx.Execute(
                     "INSERT INTO service_declined (provider_id, service_id, specialist_id)"
                     " VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                     {ToValue(provider), ToValue(id), ToValue(specialist)})
               : tx.Execute(
                     "DELETE FROM service_declined"
                     " WHERE provider_id = $1 AND service_id = $2 AND specialist_id = $3",
                     {ToValue(provider), ToValue(id), ToValue(specialist)});
  if (changed == 0) return false;
  tx.Execute("UPDATE services SET version = version + 1 WHERE provider_id = $1 AND id = $2",
             {ToValue(provider), ToValue(id)});
  return true;
}

void SetServicePosition(Transaction& tx, core::ProviderId provider, core::ServiceId id,
                        int position) {
  tx.Execute(
      "UPDATE services SET position = $3, version = version + 1 WHERE provider_id = $1 AND id = $2",
      {ToValue(provider), ToValue(id), position});
}

std::optional<core::Service> FindService(Transaction& tx, core::ProviderId provider,
                                         core::ServiceId id) {
  std::optional<core::Service> service = RowOf(
      tx,
      "SELECT provider_id, id, display_name, description, duration_min, buffer_before_min,"
      " buffer_after_min, step_min, minimum_notice_min, horizon_min, cancellation_deadline_min,"
      " capacity, price_minor, price_currency, payment_link, place, auto_accept, position,"
      " archived, version FROM services WHERE provider_id = $1 AND id = $2",
      {ToValue(provider), ToValue(id)}, ReadService);
  if (service) ReadParts(tx, *service);
  return service;
}

std::vector<core::Service> ListServices(Transaction& tx, core::ProviderId provider,
                                        Archived archived,
                                        const std::optional<ServiceCursor>& after, int limit) {
  const Value all = ToValue(archived == Archived::kShow);
  // No position is that low, so this comes before all.
  const ServiceCursor from = after.value_or(ServiceCursor{std::numeric_limits<int>::min(), {}});
  std::vector<core::Service> services = RowsOf(
      tx,
      "SELECT provider_id, id, display_name, description, duration_min, buffer_before_min,"
      " buffer_after_min, step_min, minimum_notice_min, horizon_min, cancellation_deadline_min,"
      " capacity, price_minor, price_currency, payment_link, place, auto_accept, position,"
      " archived, version FROM services WHERE provider_id = $1 AND (position, id) > ($2, $3)"
      " AND (archived = 0 OR $4 = 1) ORDER BY position, id LIMIT $5",
      {ToValue(provider), from.position, ToValue(from.id), all, limit}, ReadService);
  AddOrLeaveOut(tx, services, [&](core::Service& service) { ReadParts(tx, service); });
  return services;
}

int CountServices(Transaction& tx, core::ProviderId provider) {
  return static_cast<int>(
      NumberOf(tx, "SELECT count(*) FROM services WHERE provider_id = $1", {ToValue(provider)}));
}

bool HasOpenService(Transaction& tx, core::ProviderId provider) {
  return HasRow(tx, "SELECT 1 FROM services WHERE provider_id = $1 AND archived = 0 LIMIT 1",
                {ToValue(provider)});
}

namespace {

constexpr std::string_view kErasedTables[] = {"services", "service_translations"};
constexpr KeptTable kKeptTables[] = {{"service_declined", "Who did not offer what: ids, no words."},
                                     {"service_specialists", "Who offered what: ids, no words."}};

constexpr Trace kTraces[] = {
    {core::Side::kProvider, "services", [](Transaction& tx, const Leaver& leaver) -> int {
       return CountOf(tx, "SELECT count(*) FROM services WHERE provider_id = $1 AND archived = 0",
                      {ToValue(*leaver.provider)});
     }}};

// Names of booked services stay in the books of customers.
UnusedBlobs EraseOfProvider(Transaction& tx, const Leaver& leaver) {
  tx.Execute(
      "UPDATE services SET display_name = $2, description = '', payment_link = '', place = '',"
      " archived = 1, version = version + 1 WHERE provider_id = $1",
      {ToValue(*leaver.provider), core::kErasedName});
  return ExecuteAll(tx, {"DELETE FROM service_translations WHERE provider_id = $1"},
                    {ToValue(*leaver.provider)});
}

}  // namespace

extern constinit const Erasure kCatalogErasure{.subject = "catalog",
                                               .tables = kErasedTables,
                                               .kept = kKeptTables,
                                               .traces = kTraces,
                                               .of_provider = EraseOfProvider};

}  // namespace kalends::storage
