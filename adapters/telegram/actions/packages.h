// Packages (SPEC 3.4): what a provider offers and sells, and what a customer has left.
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

enum class PackagePrice { kReduced, kFull, kFree, kTyped, kMaxValue = kTyped };

// clang-format off
struct ShowPackages { int page = 0; KALENDS_ACTION("ql", page) };
struct ShowPackage { PackageId package; KALENDS_ACTION("qo", package) };
// The dialogue for a new one: of which service, how many visits, for how much.
struct NewPackage { KALENDS_ACTION("qn") };
struct ChoosePackageService { ServiceId service; KALENDS_ACTION("qs", service) };  // Empty: all.
struct ChoosePackageVisits {
  ServiceId service;
  int visits = 0;
  KALENDS_ACTION("qv", service, visits)
};
// For a price that the same screen shows, which is in the session.
struct CreatePackage {
  ServiceId service;
  int visits = 0;
  PackagePrice price = PackagePrice::kFree;
  Nonce nonce;
  KALENDS_ACTION("qc", service, visits, price, nonce)
};
struct AskPackageName { PackageId package; KALENDS_ACTION("qm", package) };
struct AskPackagePriceAnew { PackageId package; KALENDS_ACTION("qi", package) };
struct MakePackageFree { PackageId package; Nonce nonce; KALENDS_ACTION("qf", package, nonce) };
struct AskPackageValidity { PackageId package; KALENDS_ACTION("qd", package) };
struct SetPackageValidity {
  PackageId package;
  int days = 0;  // 0: without end.
  Nonce nonce;
  KALENDS_ACTION("qe", package, days, nonce)
};
struct AskArchivePackage { PackageId package; KALENDS_ACTION("qa", package) };
struct ArchivePackage { PackageId package; Nonce nonce; KALENDS_ACTION("qx", package, nonce) };
// Once more what is sold to whom, before it is.
struct ReviewSale { PackageId package; AccountId customer; KALENDS_ACTION("qr", package, customer) };
struct ConfirmSale {
  PackageId package;
  AccountId customer;
  Nonce nonce;
  KALENDS_ACTION("qk", package, customer, nonce)
};
struct ShowCustomerPackages {
  AccountId customer;
  int page = 0;
  KALENDS_ACTION("qp", customer, page)
};
struct ShowSoldPackage {
  AccountId customer;
  SoldPackageId package;
  KALENDS_ACTION("qt", customer, package)
};
struct AskCancelSale {
  AccountId customer;
  SoldPackageId package;
  KALENDS_ACTION("qy", customer, package)
};
struct CancelSale {
  AccountId customer;
  SoldPackageId package;
  Nonce nonce;
  KALENDS_ACTION("qz", customer, package, nonce)
};
// The customer's own with a provider.
struct ShowOwnPackages { ProviderId provider; KALENDS_ACTION("qw", provider) };
// clang-format on

using PackagesActions =
    Actions<ShowPackages, ShowPackage, NewPackage, ChoosePackageService, ChoosePackageVisits,
            CreatePackage, AskPackageName, AskPackagePriceAnew, MakePackageFree, AskPackageValidity,
            SetPackageValidity, AskArchivePackage, ArchivePackage, ReviewSale, ConfirmSale,
            ShowCustomerPackages, ShowSoldPackage, AskCancelSale, CancelSale, ShowOwnPackages>;

}  // namespace kalends::telegram
