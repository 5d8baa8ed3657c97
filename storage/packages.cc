#include "storage/packages.h"

#include <limits>

#include "storage/values.h"

namespace kalends::storage {
namespace {

core::Package ReadPackage(const Row& row) {
  core::Package package;
  package.provider = IdAt<core::ProviderId>(row, 0);
  package.id = IdAt<core::PackageId>(row, 1);
  package.name = WordsAt(row, 2);
  package.visits = NumberAt(row, 3);
  package.price = {row.Int(4), row.Text(5)};
  package.valid_days = NumberAt(row, 6);
  package.position = NumberAt(row, 7);
  package.archived = FlagAt(row, 8);
  package.version = row.Int(9);
  return package;
}

// Translations and services, which have tables of their own.
void InsertPackageParts(Transaction& tx, const core::Package& package) {
  for (const auto& [language, name] : package.translations) {
    tx.Execute(
        "INSERT INTO package_translations (provider_id, package_id, language, display_name)"
        " VALUES ($1, $2, $3, $4)",
        {ToValue(package.provider), ToValue(package.id), language, name});
  }
  for (const core::ServiceId service : package.services) {
    tx.Execute(
        "INSERT INTO package_services (provider_id, package_id, service_id) VALUES ($1, $2, $3)",
        {ToValue(package.provider), ToValue(package.id), ToValue(service)});
  }
}

void ReadPackageParts(Transaction& tx, core::Package& package) {
  tx.Query(
      "SELECT language, display_name FROM package_translations"
      " WHERE provider_id = $1 AND package_id = $2",
      {ToValue(package.provider), ToValue(package.id)},
      [&](const Row& row) { package.translations[row.Text(0)] = row.Text(1); });
  package.services = RowsOf(tx,
                            "SELECT service_id FROM package_services"
                            " WHERE provider_id = $1 AND package_id = $2 ORDER BY service_id",
                            {ToValue(package.provider), ToValue(package.id)},
                            [](const Row& row) { return IdAt<core::ServiceId>(row, 0); });
}

}  // namespace

void InsertPackage(Transaction& tx, const core::Package& package) {
  tx.Execute(
      "INSERT INTO packages (provider_id, id, display_name, visits, price_minor, price_currency,"
      " valid_days, position, archived, version)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {ToValue(package.provider), ToValue(package.id), package.name, package.visits,
       package.price.minor_units, package.price.currency_code, package.valid_days, package.position,
       ToValue(package.archived), package.version});
  InsertPackageParts(tx, package);
}

void UpdatePackage(Transaction& tx, const core::Package& package) {
  tx.Execute(
      "UPDATE packages SET display_name = CASE $3 WHEN '\uFFFD' THEN display_name ELSE $3 END,"
      " visits = $4, price_minor = $5, price_currency = $6,"
      " valid_days = $7, position = $8, archived = $9, version = $10"
      " WHERE provider_id = $1 AND id = $2",
      {ToValue(package.provider), ToValue(package.id), package.name, package.visits,
       package.price.minor_units, package.price.currency_code, package.valid_days, package.position,
       ToValue(package.archived), package.version});
  tx.Execute("DELETE FROM package_translations WHERE provider_id = $1 AND package_id = $2",
             {ToValue(package.provider), ToValue(package.id)});
  tx.Execute("DELETE FROM package_services WHERE provider_id = $1 AND package_id = $2",
             {ToValue(package.provider), ToValue(package.id)});
  InsertPackageParts(tx, package);
}

std::optional<core::Package> FindPackage(Transaction& tx, core::ProviderId provider,
                                         core::PackageId id) {
  auto package = RowOf(tx,
                       "SELECT provider_id, id, display_name, visits, price_minor, price_currency,"
                       " valid_days, position, archived, version FROM packages"
                       " WHERE provider_id = $1 AND id = $2",
                       {ToValue(provider), ToValue(id)}, ReadPackage);
  if (package) ReadPackageParts(tx, *package);
  return package;
}

std::vector<core::Package> ListPackages(Transaction& tx, core::ProviderId provider,
                                        Archived archived,
                                        const std::optional<PackageCursor>& after, int limit) {
  // No position is that low, so this comes before all.
  const PackageCursor from = after.value_or(PackageCursor{std::numeric_limits<int>::min(), {}});
  auto packages = RowsOf(
      tx,
      "SELECT provider_id, id, display_name, visits, price_minor, price_currency, valid_days,"
      " position, archived, version FROM packages"
      " WHERE provider_id = $1 AND (position, id) > ($2, $3) AND (archived = 0 OR $4 = 1)"
      " ORDER BY position, id LIMIT $5",
      {ToValue(provider), from.position, ToValue(from.id), ToValue(archived == Archived::kShow),
       limit},
      ReadPackage);
  AddOrLeaveOut(tx, packages, [&](core::Package& package) { ReadPackageParts(tx, package); });
  return packages;
}

int CountPackages(Transaction& tx, core::ProviderId provider) {
  return static_cast<int>(
      NumberOf(tx, "SELECT count(*) FROM packages WHERE provider_id = $1", {ToValue(provider)}));
}

}  // namespace kalends::storage
