// Use cases of packages: what is offered, sold, used and paid.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/context.h"
#include "core/app/payments.h"
#include "core/links/link.h"
#include "core/packages/package.h"
#include "core/payments/payment.h"
#include "storage/packages.h"

namespace kalends::app {

// `package` without id and version; all else is checked here.
absl::StatusOr<core::Package> CreatePackage(WriteContext& cx, core::Package package);
absl::StatusOr<core::Package> GetPackage(const ReadContext& cx, core::ProviderId provider,
                                         core::PackageId id);
absl::StatusOr<std::vector<core::Package>> ListPackages(
    const ReadContext& cx, core::ProviderId provider, storage::Archived archived,
    const std::optional<storage::PackageCursor>& after, int limit);
// `change` alters what the caller's mask names.
absl::StatusOr<core::Package> UpdatePackage(WriteContext& cx, core::ProviderId provider,
                                            core::PackageId id, std::string_view etag,
                                            const std::function<void(core::Package&)>& change);
absl::StatusOr<core::Package> ArchivePackage(WriteContext& cx, core::ProviderId provider,
                                             core::PackageId id);

// What became of an offer, to the provider: NOT_FOUND, to others.
absl::StatusOr<storage::PackageSales> SalesOf(const ReadContext& cx, const core::Package& package);

// What was sold, with what is shown of it.
struct SoldPackageView {
  core::SoldPackage package;
  std::string name;  // In the reader's language.
  std::string customer_name;
  core::Balance balance;
};
// By the provider: PROVIDER_ONLY. LINK_REMOVED, LINK_BLOCKED; otherwise as core::CheckSale says.
absl::StatusOr<SoldPackageView> SellPackage(WriteContext& cx, const core::LinkKey& link,
                                            core::PackageId package);

struct SoldPackageRef {
  core::LinkKey link;
  core::SoldPackageId id;
};
// Takes a sale back, by the provider: PROVIDER_ONLY. Otherwise as core::CheckCancellable says.
absl::StatusOr<SoldPackageView> CancelSoldPackage(WriteContext& cx, const SoldPackageRef& ref);
// To both sides of the link, also after it was removed or blocked: NOT_FOUND.
absl::StatusOr<SoldPackageView> GetSoldPackage(const ReadContext& cx, const SoldPackageRef& ref);
absl::StatusOr<std::vector<SoldPackageView>> ListSoldPackages(
    const ReadContext& cx, const core::LinkKey& link, const storage::UsableFor& usable,
    const std::optional<core::SoldPackageId>& after, int limit);
// Of all customers, to the provider.
absl::StatusOr<std::vector<SoldPackageView>> ListSoldPackages(
    const ReadContext& cx, core::ProviderId provider, const storage::UsableFor& usable,
    const std::optional<core::SoldPackageId>& after, int limit);
// What is shown of one that the caller may see.
absl::StatusOr<SoldPackageView> ViewSoldPackage(const ReadContext& cx, core::SoldPackage package);

// By number, those above `after`. NOT_FOUND.
absl::StatusOr<std::vector<core::PackageUse>> ListPackageUses(const ReadContext& cx,
                                                              const SoldPackageRef& ref, int after,
                                                              int limit);

// Takes a visit for an appointment that was just requested, and is stored. NOT_FOUND: the customer
// has no such package of the provider; otherwise as core::CheckUsable says.
absl::Status UsePackage(WriteContext& cx, const core::Appointment& appointment,
                        core::SoldPackageId id);
// Gives the visit of an appointment back, if it has one, where `actor` took it from `from` to the
// status that it has, and core::GivesBack says so.
void SettlePackage(WriteContext& cx, const core::Appointment& appointment,
                   core::AppointmentStatus from, core::Actor actor);

// Of a package, as those of payments.h. `input.ref` is not looked at.
absl::StatusOr<core::Payment> CreatePackagePayment(WriteContext& cx, const SoldPackageRef& ref,
                                                   const PaymentInput& input);
absl::StatusOr<std::vector<core::Payment>> ListPackagePayments(const ReadContext& cx,
                                                               const SoldPackageRef& ref,
                                                               std::optional<core::PaymentId> after,
                                                               std::size_t limit);

}  // namespace kalends::app
