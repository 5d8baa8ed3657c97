// What was sold of packages, the ledger of its visits and the books of what was paid for it.
#include <fmt/format.h>

#include "storage/packages.h"
#include "storage/sealed.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

constexpr std::string_view kSoldColumns =
    "provider_id, id, customer_id, package_id, display_name, visits, used, price_minor,"
    " price_currency, sold_s, expires_s, cancelled_s";

core::SoldPackage ReadSoldPackage(const Row& row) {
  core::SoldPackage package;
  package.provider = IdAt<core::ProviderId>(row, 0);
  package.id = IdAt<core::SoldPackageId>(row, 1);
  package.customer = IdAt<core::AccountId>(row, 2);
  package.package = IdAt<core::PackageId>(row, 3);
  package.name = WordsAt(row, 4);
  package.visits = NumberAt(row, 5);
  package.used = NumberAt(row, 6);
  package.price = {row.Int(7), row.Text(8)};
  package.sold = InstantAt(row, 9);
  package.expires = OptionalInstantAt(row, 10);
  package.cancelled = OptionalInstantAt(row, 11);
  return package;
}

void ReadSoldServices(Transaction& tx, core::SoldPackage& package) {
  package.services = RowsOf(tx,
                            "SELECT service_id FROM sold_package_services"
                            " WHERE provider_id = $1 AND sold_package_id = $2 ORDER BY service_id",
                            {ToValue(package.provider), ToValue(package.id)},
                            [](const Row& row) { return IdAt<core::ServiceId>(row, 0); });
}

std::vector<core::SoldPackage> SoldOnes(Transaction& tx, std::string_view sql,
                                        std::initializer_list<Value> values) {
  auto packages = RowsOf(tx, sql, values, ReadSoldPackage);
  AddOrLeaveOut(tx, packages, [&](core::SoldPackage& package) { ReadSoldServices(tx, package); });
  return packages;
}

// What UsableFor asks, whose values are $1 to $3.
constexpr std::string_view kUsable =
    "($1 = 0 OR (used < visits AND cancelled_s IS NULL)) AND (CAST($2 AS BIGINT) IS NULL OR "
    "expires_s IS NULL OR "
    "expires_s > $2)"
    " AND (CAST($3 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM sold_package_services AS one"
    " WHERE one.provider_id = sold_packages.provider_id"
    " AND one.sold_package_id = sold_packages.id AND one.service_id = $3))";

Place PackagePaymentNotePlace(core::ProviderId provider, core::SoldPackageId package,
                              core::PaymentId id) {
  return Place("package_payments.note", provider, package, id);
}

core::PackageUse ReadUse(const Row& row) {
  core::PackageUse use;
  use.provider = IdAt<core::ProviderId>(row, 0);
  use.package = IdAt<core::SoldPackageId>(row, 1);
  use.number = NumberAt(row, 2);
  use.appointment = IdAt<core::AppointmentId>(row, 3);
  use.kind = ParsedAt(row, 4, core::ParsePackageUseKind);
  use.when = InstantAt(row, 5);
  return use;
}

}  // namespace

void InsertSoldPackage(Transaction& tx, const core::SoldPackage& package) {
  tx.Execute(
      "INSERT INTO sold_packages (provider_id, id, customer_id, package_id, display_name, visits,"
      " price_minor, price_currency, sold_s, expires_s)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {ToValue(package.provider), ToValue(package.id), ToValue(package.customer),
       ToValue(package.package), package.name, package.visits, package.price.minor_units,
       package.price.currency_code, ToValue(package.sold), ToValue(package.expires)});
  for (const core::ServiceId service : package.services) {
    tx.Execute(
        "INSERT INTO sold_package_services (provider_id, sold_package_id, service_id)"
        " VALUES ($1, $2, $3)",
        {ToValue(package.provider), ToValue(package.id), ToValue(service)});
  }
}

std::optional<core::SoldPackage> FindSoldPackage(Transaction& tx, core::ProviderId provider,
                                                 core::SoldPackageId id) {
  static const std::string sql =
      fmt::format("SELECT {} FROM sold_packages WHERE provider_id = $1 AND id = $2", kSoldColumns);
  auto package = RowOf(tx, sql, {ToValue(provider), ToValue(id)}, ReadSoldPackage);
  if (package) ReadSoldServices(tx, *package);
  return package;
}

void SetPackageCancelled(Transaction& tx, const core::SoldPackage& package) {
  tx.Execute("UPDATE sold_packages SET cancelled_s = $3 WHERE provider_id = $1 AND id = $2",
             {ToValue(package.provider), ToValue(package.id), ToValue(package.cancelled)});
}

PackageSales SalesOf(Transaction& tx, core::ProviderId provider, core::PackageId offer,
                     core::Instant now) {
  return RowOf(tx,
               "SELECT count(*), CAST(coalesce(sum(CASE WHEN expires_s IS NULL OR expires_s > $3"
               " THEN visits - used ELSE 0 END), 0) AS BIGINT) FROM sold_packages"
               " WHERE provider_id = $1 AND package_id = $2 AND cancelled_s IS NULL",
               {ToValue(provider), ToValue(offer), ToValue(now)},
               [](const Row& row) { return PackageSales{NumberAt(row, 0), NumberAt(row, 1)}; })
      .value_or(PackageSales{});
}

int CountSoldPackages(Transaction& tx, const core::LinkKey& link) {
  return static_cast<int>(
      NumberOf(tx, "SELECT count(*) FROM sold_packages WHERE customer_id = $2 AND provider_id = $1",
               {ToValue(link.provider), ToValue(link.customer)}));
}

std::vector<core::SoldPackage> SoldPackagesOf(Transaction& tx, const core::LinkKey& link,
                                              const UsableFor& usable,
                                              const std::optional<core::SoldPackageId>& after,
                                              int limit) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM sold_packages WHERE provider_id = $4 AND customer_id = $5 AND id > $6"
      " AND {} ORDER BY id LIMIT $7",
      kSoldColumns, kUsable);
  return SoldOnes(tx, sql,
                  {ToValue(usable.service || usable.start), ToValue(usable.start),
                   ToValue(usable.service), ToValue(link.provider), ToValue(link.customer),
                   ToValue(after.value_or(core::SoldPackageId{-1})), limit});
}

std::vector<core::SoldPackage> SoldPackagesOf(Transaction& tx, core::ProviderId provider,
                                              const UsableFor& usable,
                                              const std::optional<core::SoldPackageId>& after,
                                              int limit) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM sold_packages WHERE provider_id = $4 AND id > $5 AND {}"
      " ORDER BY id LIMIT $6",
      kSoldColumns, kUsable);
  return SoldOnes(
      tx, sql,
      {ToValue(usable.service || usable.start), ToValue(usable.start), ToValue(usable.service),
       ToValue(provider), ToValue(after.value_or(core::SoldPackageId{-1})), limit});
}

std::vector<core::SoldPackage> SoldPackagesOf(Transaction& tx, core::AccountId customer,
                                              const std::optional<SoldPackageCursor>& after,
                                              int limit) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM sold_packages WHERE customer_id = $1 AND (provider_id, id) > ($2, $3)"
      " ORDER BY provider_id, id LIMIT $4",
      kSoldColumns);
  const SoldPackageCursor from = after.value_or(SoldPackageCursor{{-1}, {-1}});
  return SoldOnes(tx, sql, {ToValue(customer), ToValue(from.provider), ToValue(from.id), limit});
}

void InsertPackageUse(Transaction& tx, const core::PackageUse& use) {
  tx.Execute(
      "INSERT INTO package_uses (provider_id, sold_package_id, number, appointment_id, kind, "
      "when_s)"
      " VALUES ($1, $2, (SELECT coalesce(max(number), 0) + 1 FROM package_uses"
      " WHERE provider_id = $1 AND sold_package_id = $2), $3, $4, $5)",
      {ToValue(use.provider), ToValue(use.package), ToValue(use.appointment),
       core::NameOf(use.kind), ToValue(use.when)});
}

std::vector<core::PackageUse> UsesOf(Transaction& tx, core::ProviderId provider,
                                     core::SoldPackageId package, int after, int limit) {
  return RowsOf(tx,
                "SELECT provider_id, sold_package_id, number, appointment_id, kind, when_s"
                " FROM package_uses WHERE provider_id = $1 AND sold_package_id = $2"
                " AND number > $3 ORDER BY number LIMIT $4",
                {ToValue(provider), ToValue(package), after, limit}, ReadUse);
}

std::optional<core::SoldPackageId> PackagePayingFor(Transaction& tx,
                                                    core::AppointmentId appointment) {
  return RowOf(tx,
               "SELECT sold_package_id FROM package_uses AS used"
               " WHERE appointment_id = $1 AND kind = 'USED' AND NOT EXISTS"
               " (SELECT 1 FROM package_uses WHERE appointment_id = $1 AND kind = 'GIVEN_BACK')",
               {ToValue(appointment)},
               [](const Row& row) { return IdAt<core::SoldPackageId>(row, 0); });
}

void InsertPackagePayment(Transaction& tx, const core::Payment& payment) {
  tx.Execute(
      "INSERT INTO package_payments (provider_id, sold_package_id, id, kind, amount_minor,"
      " currency, note, received_s, created_s, account_id)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {ToValue(payment.provider), ToValue(payment.package), ToValue(payment.id),
       core::NameOf(payment.kind), payment.amount.minor_units, payment.amount.currency_code,
       Sealed(tx, payment.note,
              PackagePaymentNotePlace(payment.provider, *payment.package, payment.id)),
       ToValue(payment.received), ToValue(payment.created), ToValue(payment.account)});
}

std::vector<core::Payment> PackagePaymentsOf(Transaction& tx, core::ProviderId provider,
                                             core::SoldPackageId package) {
  return RowsOf(tx,
                "SELECT id, kind, amount_minor, currency, note, received_s, created_s, account_id"
                " FROM package_payments WHERE provider_id = $1 AND sold_package_id = $2"
                " ORDER BY id",
                {ToValue(provider), ToValue(package)}, [&](const Row& row) {
                  core::Payment payment;
                  payment.id = IdAt<core::PaymentId>(row, 0);
                  payment.provider = provider;
                  payment.package = package;
                  payment.kind = ParsedAt(row, 1, core::ParsePaymentKind);
                  payment.amount = {row.Int(2), row.Text(3)};
                  payment.note =
                      OpenedAt(row, 4, PackagePaymentNotePlace(provider, package, payment.id));
                  payment.received = InstantAt(row, 5);
                  payment.created = InstantAt(row, 6);
                  payment.account = OptionalIdAt<core::AccountId>(row, 7);
                  return payment;
                });
}

}  // namespace kalends::storage
