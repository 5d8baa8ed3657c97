// Packages on offer, what was sold and what it was used for. Call only inside Database::Read or
// Submit.
#pragma once

#include <optional>
#include <vector>

#include "core/links/link.h"
#include "core/packages/package.h"
#include "core/payments/payment.h"
#include "storage/catalog.h"
#include "storage/database.h"

namespace kalends::storage {

void InsertPackage(Transaction& tx, const core::Package& package);
void UpdatePackage(Transaction& tx, const core::Package& package);  // All, its parts too.
std::optional<core::Package> FindPackage(Transaction& tx, core::ProviderId provider,
                                         core::PackageId id);
struct PackageCursor {
  int position = 0;
  core::PackageId id;
};
// By (position, id).
std::vector<core::Package> ListPackages(Transaction& tx, core::ProviderId provider,
                                        Archived archived,
                                        const std::optional<PackageCursor>& after, int limit);
int CountPackages(Transaction& tx, core::ProviderId provider);

void InsertSoldPackage(Transaction& tx, const core::SoldPackage& package);
std::optional<core::SoldPackage> FindSoldPackage(Transaction& tx, core::ProviderId provider,
                                                 core::SoldPackageId id);
int CountSoldPackages(Transaction& tx, const core::LinkKey& link);
void SetPackageCancelled(Transaction& tx, const core::SoldPackage& package);  // Writes `cancelled`.
// Of an offer, but for sales that were taken back: how many, and what is left of those that have
// not ended at `now`.
struct PackageSales {
  int sold = 0;
  int remaining_visits = 0;
};
PackageSales SalesOf(Transaction& tx, core::ProviderId provider, core::PackageId offer,
                     core::Instant now);

// Only those with a visit left of the service, and for a start.
struct UsableFor {
  std::optional<core::ServiceId> service;
  std::optional<core::Instant> start;
};
// Of a customer with a provider, or of all its customers, by id; those above `after` if given.
std::vector<core::SoldPackage> SoldPackagesOf(Transaction& tx, const core::LinkKey& link,
                                              const UsableFor& usable,
                                              const std::optional<core::SoldPackageId>& after,
                                              int limit);
std::vector<core::SoldPackage> SoldPackagesOf(Transaction& tx, core::ProviderId provider,
                                              const UsableFor& usable,
                                              const std::optional<core::SoldPackageId>& after,
                                              int limit);
struct SoldPackageCursor {
  core::ProviderId provider;
  core::SoldPackageId id;
};
// Of a customer with whatever provider, by (provider, id).
std::vector<core::SoldPackage> SoldPackagesOf(Transaction& tx, core::AccountId customer,
                                              const std::optional<SoldPackageCursor>& after,
                                              int limit);

// Adds the next line, which counts: what is used never falls below 0 nor rises above what was sold.
// Its number is not looked at.
void InsertPackageUse(Transaction& tx, const core::PackageUse& use);
// By number, those above `after`.
std::vector<core::PackageUse> UsesOf(Transaction& tx, core::ProviderId provider,
                                     core::SoldPackageId package, int after, int limit);
// The package that pays for an appointment; nullopt: none does, or the visit was given back.
std::optional<core::SoldPackageId> PackagePayingFor(Transaction& tx,
                                                    core::AppointmentId appointment);

// Adds a line; lines are never changed. `payment.package` says of which package.
void InsertPackagePayment(Transaction& tx, const core::Payment& payment);
// All of a package (at most kPaymentsPerAppointmentMax), by id.
std::vector<core::Payment> PackagePaymentsOf(Transaction& tx, core::ProviderId provider,
                                             core::SoldPackageId package);

}  // namespace kalends::storage
