// Packages (SPEC 3.4): offers, sales, and what is left.
#pragma once

#include <string>
#include <vector>

#include "adapters/telegram/actions/packages.h"
#include "adapters/telegram/screens/catalog.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/link_service.pb.h"
#include "kalends/v1/package_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {

inline constexpr int kPackagesPerPage = 6;
inline constexpr int kSoldPackagesPerPage = 3;  // Of a customer, above what could be sold.
inline constexpr int kPackageValidDays = 365;   // Of a new one.

// "12 Monate", "30 Tage", "unbegrenzt"; plain.
std::string ValidityText(const Reader& reader, int days);
// What a package pays, and what is left of it then. HTML.
std::string PaysText(const Reader& reader, const v1::SoldPackage& package);

Screen PackagesScreen(const Reader& reader, const Page<v1::Package>& packages);
struct PackageView {
  v1::Package package;
  std::vector<std::string> services;  // Their names.
  std::string heading = {};           // HTML; may be empty.
};
Screen PackageScreen(const Reader& reader, const PackageView& view);
Screen PackageServicesScreen(const Reader& reader, const std::vector<v1::Service>& services);
// `service`: its name; empty: all.
Screen PackageVisitsScreen(const Reader& reader, const ServiceId& id, const std::string& service);
struct PackagePriceView {
  ServiceId id;
  std::string service;  // Its name; empty: all.
  int visits = 0;
  Price reduced;  // 0: the services have no price, and it is to be typed.
  Price full;
  Nonce nonce;
  std::string heading = {};  // HTML; may be empty.
};
Screen PackagePriceScreen(const Reader& reader, const PackagePriceView& view);
// The price as it was understood.
Screen ReviewPackageScreen(const Reader& reader, const PackagePriceView& view, const Price& price);
Screen AskPackageNameScreen(const Reader& reader, const v1::Package& package);
// What is sold already keeps its price.
Screen AskPackagePriceScreen(const Reader& reader, const v1::Package& package, Nonce nonce);
Screen PackageValidityScreen(const Reader& reader, const v1::Package& package, Nonce nonce);
Screen AskArchivePackageScreen(const Reader& reader, const v1::Package& package, Nonce nonce);
Screen ReviewSaleScreen(const Reader& reader, const v1::Package& package, const v1::Link& link,
                        Nonce nonce);

struct CustomerPackagesView {
  v1::Link link;
  Page<v1::SoldPackage> sold;
  std::vector<v1::Package> offers;
};
Screen CustomerPackagesScreen(const Reader& reader, const CustomerPackagesView& view);
// To the provider. `heading`: HTML; may be empty.
Screen SoldPackageScreen(const Reader& reader, const v1::SoldPackage& package,
                         const std::string& heading);
Screen AskCancelSaleScreen(const Reader& reader, const v1::SoldPackage& package, Nonce nonce);
// To the customer.
Screen OwnPackagesScreen(const Reader& reader, const v1::Provider& provider,
                         const std::vector<v1::SoldPackage>& packages);
// News for the customer: sold, or taken back.
Screen SaleNotice(const Reader& reader, const v1::Provider& provider,
                  const v1::SoldPackage& package, const char* key);

}  // namespace kalends::telegram
