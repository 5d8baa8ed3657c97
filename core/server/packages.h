// Packages and their messages.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/app/packages.h"
#include "core/server/listing.h"
#include "kalends/v1/package_service.pb.h"

namespace kalends::server {

inline constexpr std::string_view kSoldPackagePattern = "providers/*/links/*/soldPackages/*";

// "providers/{provider}/packages/{package}".
std::string PackageName(core::ProviderId provider, core::PackageId id);
// "providers/{provider}/links/{link}/soldPackages/{sold_package}".
std::string SoldPackageName(const app::SoldPackageRef& ref);
// The same; `me` stands for the account in the metadata.
absl::StatusOr<app::SoldPackageRef> DecodeSoldPackageRef(const app::ReadContext& cx,
                                                         std::string_view field,
                                                         std::string_view name);

void Encode(const core::Package& package, v1::Package* message);
// The same, and to the provider what became of the offer.
void EncodeWithSales(const app::ReadContext& cx, const core::Package& package,
                     v1::Package* message);
void Encode(const app::SoldPackageView& view, v1::SoldPackage* message);
// INVALID_FIELD.
absl::StatusOr<core::Package> DecodePackage(core::ProviderId provider, const v1::Package& message);

// By position.
Listing<core::Package, storage::PackageCursor, v1::Package> PackagesOf(core::ProviderId provider,
                                                                       storage::Archived archived);

// By what was sold first.
using SoldPackageListing = Listing<app::SoldPackageView, core::SoldPackageId, v1::SoldPackage>;
SoldPackageListing SoldPackagesOf(core::LinkKey link, storage::UsableFor usable);
SoldPackageListing SoldPackagesOf(core::ProviderId provider, storage::UsableFor usable);
// By number.
Listing<core::PackageUse, int, v1::PackageUse> UsesOf(app::SoldPackageRef ref);

}  // namespace kalends::server
