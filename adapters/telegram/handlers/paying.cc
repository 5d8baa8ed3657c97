#include "adapters/telegram/handlers/paying.h"

#include <limits>

namespace kalends::telegram {
namespace {

std::int64_t EndOf(const v1::SoldPackage& package) {
  return package.has_expire_time() ? package.expire_time().seconds()
                                   : std::numeric_limits<std::int64_t>::max();
}

}  // namespace

absl::StatusOr<std::optional<v1::SoldPackage>> PackageFor(Turn& turn, const std::string& link,
                                                          const std::string& service,
                                                          Minute start) {
  if (service.empty()) return std::optional<v1::SoldPackage>();
  v1::ListSoldPackagesRequest request;
  request.set_parent(link);
  request.set_service(service);
  *request.mutable_start_time() = ToTimestamp(start);
  request.set_page_size(kListPageSize);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListSoldPackagesResponse>(request));
  std::optional<v1::SoldPackage> first;
  for (const v1::SoldPackage& package : answer.sold_packages()) {
    if (!first || EndOf(package) < EndOf(*first)) first = package;
  }
  return first;
}

absl::StatusOr<std::vector<v1::SoldPackage>> UsablePackages(Turn& turn, const std::string& link) {
  v1::ListSoldPackagesRequest request;
  request.set_parent(link);
  *request.mutable_start_time() = ToTimestamp(turn.now());
  request.set_page_size(kListPageSize);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListSoldPackagesResponse>(request));
  return std::vector<v1::SoldPackage>(answer.sold_packages().begin(), answer.sold_packages().end());
}

bool IsPackageRefusal(const absl::Status& status) {
  switch (ReasonOf(status)) {
    case v1::REASON_PACKAGE_CANCELLED:
    case v1::REASON_PACKAGE_NOT_COVERING:
    case v1::REASON_PACKAGE_EXPIRED:
    case v1::REASON_PACKAGE_USED_UP:
      return true;
    default:
      return false;
  }
}

void KeepPackage(Turn& turn, const ProviderId& provider, const SoldPackageId& package) {
  turn.session().pays = {provider.text, turn.nonce(), package.text};
}

SoldPackageId KeptPackage(Turn& turn, const ProviderId& provider, Nonce nonce) {
  const PayingPackage& pays = turn.session().pays;
  const bool known =
      pays.provider == provider.text && pays.nonce == nonce && pays.package != kNoPackage;
  return SoldPackageId{known ? pays.package : ""};
}

void DeclinePackage(Turn& turn, const ProviderId& provider) {
  turn.session().pays = {provider.text, Nonce{}, std::string(kNoPackage)};
}

bool DeclinesPackage(Turn& turn, const ProviderId& provider) {
  const PayingPackage& pays = turn.session().pays;
  return pays.provider == provider.text && pays.package == kNoPackage;
}

}  // namespace kalends::telegram
