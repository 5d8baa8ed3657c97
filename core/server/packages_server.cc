#include <iterator>

#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/catalog.h"
#include "core/server/decode.h"
#include "core/server/packages.h"
#include "core/server/rpcs.h"
#include "core/server/services.h"

namespace kalends::server {
namespace {

absl::StatusOr<ChildName<core::PackageId>> DecodePackageName(std::string_view field,
                                                             std::string_view name) {
  return DecodeChild<core::PackageId>(field, "providers/*/packages/*", name);
}

absl::Status CreatePackage(app::WriteContext& cx, const v1::CreatePackageRequest& request,
                           v1::Package* response) {
  ASSIGN_OR_RETURN(const auto provider, DecodeProvider(cx.AsRead(), "parent", request.parent()));
  ASSIGN_OR_RETURN(auto package, DecodePackage(provider, request.package()));
  ASSIGN_OR_RETURN(package, app::CreatePackage(cx, std::move(package)));
  Encode(package, response);
  return absl::OkStatus();
}

absl::Status GetPackage(const app::ReadContext& cx, const v1::GetPackageRequest& request,
                        v1::Package* response) {
  ASSIGN_OR_RETURN(const auto name, DecodePackageName("name", request.name()));
  ASSIGN_OR_RETURN(const auto package, app::GetPackage(cx, name.provider, name.id));
  EncodeWithSales(cx, package, response);
  return absl::OkStatus();
}

absl::StatusOr<Listing<core::Package, storage::PackageCursor, v1::Package>> ListPackages(
    const app::ReadContext& cx, const v1::ListPackagesRequest& request) {
  ASSIGN_OR_RETURN(const core::ProviderId provider, DecodeProvider(cx, "parent", request.parent()));
  return PackagesOf(provider,
                    request.show_archived() ? storage::Archived::kShow : storage::Archived::kHide);
}

// Copies what the mask names.
void ApplyMask(const google::protobuf::FieldMask& mask, const core::Package& from,
               core::Package& to) {
  const auto copy = [&](std::string_view path, auto core::Package::* field) {
    if (Masks(mask, path)) to.*field = from.*field;
  };
  copy("display_name", &core::Package::name);
  copy("translations", &core::Package::translations);
  copy("services", &core::Package::services);
  copy("visits", &core::Package::visits);
  copy("price", &core::Package::price);
  copy("valid_days", &core::Package::valid_days);
  copy("position", &core::Package::position);
}

absl::Status UpdatePackage(app::WriteContext& cx, const v1::UpdatePackageRequest& request,
                           v1::Package* response) {
  RETURN_IF_ERROR(CheckMask(request.update_mask(), {"display_name", "translations", "services",
                                                    "visits", "price", "valid_days", "position"}));
  ASSIGN_OR_RETURN(const auto name, DecodePackageName("package.name", request.package().name()));
  ASSIGN_OR_RETURN(const core::Package wanted, DecodePackage(name.provider, request.package()));
  ASSIGN_OR_RETURN(const core::Package package,
                   app::UpdatePackage(cx, name.provider, name.id, request.package().etag(),
                                      [&](core::Package& present) {
                                        ApplyMask(request.update_mask(), wanted, present);
                                      }));
  Encode(package, response);
  return absl::OkStatus();
}

absl::Status ArchivePackage(app::WriteContext& cx, const v1::ArchivePackageRequest& request,
                            v1::Package* response) {
  ASSIGN_OR_RETURN(const auto name, DecodePackageName("name", request.name()));
  ASSIGN_OR_RETURN(const auto package, app::ArchivePackage(cx, name.provider, name.id));
  Encode(package, response);
  return absl::OkStatus();
}

absl::Status SellPackage(app::WriteContext& cx, const v1::SellPackageRequest& request,
                         v1::SoldPackage* response) {
  ASSIGN_OR_RETURN(const auto link, DecodeLink(cx.AsRead(), "parent", request.parent()));
  ASSIGN_OR_RETURN(const auto package, DecodePackageName("package", request.package()));
  if (package.provider != link.provider) {
    return core::InvalidField("package", "must be a package of the same provider");
  }
  ASSIGN_OR_RETURN(const auto view, app::SellPackage(cx, link, package.id));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status CancelSoldPackage(app::WriteContext& cx, const v1::CancelSoldPackageRequest& request,
                               v1::SoldPackage* response) {
  ASSIGN_OR_RETURN(const auto ref, DecodeSoldPackageRef(cx.AsRead(), "name", request.name()));
  ASSIGN_OR_RETURN(const auto view, app::CancelSoldPackage(cx, ref));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status GetSoldPackage(const app::ReadContext& cx, const v1::GetSoldPackageRequest& request,
                            v1::SoldPackage* response) {
  ASSIGN_OR_RETURN(const auto ref, DecodeSoldPackageRef(cx, "name", request.name()));
  ASSIGN_OR_RETURN(const auto view, app::GetSoldPackage(cx, ref));
  Encode(view, response);
  return absl::OkStatus();
}

absl::StatusOr<SoldPackageListing> ListSoldPackages(const app::ReadContext& cx,
                                                    const v1::ListSoldPackagesRequest& request) {
  storage::UsableFor usable;
  if (!request.service().empty()) {
    ASSIGN_OR_RETURN(const auto service, DecodeServiceName("service", request.service()));
    usable.service = service.id;
  }
  if (request.has_start_time()) {
    ASSIGN_OR_RETURN(usable.start, DecodeInstant("start_time", &request.start_time()));
  }
  if (MatchName("providers/*/links/*", request.parent())) {
    ASSIGN_OR_RETURN(const auto link, DecodeLink(cx, "parent", request.parent()));
    return SoldPackagesOf(link, usable);
  }
  ASSIGN_OR_RETURN(const auto provider, DecodeProvider(cx, "parent", request.parent()));
  return SoldPackagesOf(provider, usable);
}

absl::StatusOr<Listing<core::PackageUse, int, v1::PackageUse>> ListPackageUses(
    const app::ReadContext& cx, const v1::ListPackageUsesRequest& request) {
  ASSIGN_OR_RETURN(const auto ref, DecodeSoldPackageRef(cx, "parent", request.parent()));
  return UsesOf(ref);
}

}  // namespace

Served MakePackageService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.PackageService")
      .Write(CreatePackage)
      .Read(GetPackage)
      .List(ListPackages)
      .Write(UpdatePackage)
      .Write(ArchivePackage)
      .Write(SellPackage)
      .Write(CancelSoldPackage)
      .Read(GetSoldPackage)
      .List(ListSoldPackages)
      .List(ListPackageUses)
      .Build();
}

}  // namespace kalends::server
