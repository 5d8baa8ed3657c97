// Packages: offers by a short dialogue, sales, and what is left (SPEC 3.4).
#include "adapters/telegram/screens/packages.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "adapters/telegram/handlers/catalog.h"
#include "adapters/telegram/handlers/customers.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/kept_price.h"
#include "adapters/telegram/html.h"
#include "kalends/v1/package_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr int kReducedPercent = 90;      // Of what the visits cost one by one.
constexpr int kPackageVisitsMax = 1000;  // The core's limit.
constexpr int kServicesOfferedMax = 7;   // As buttons; a package of others is one of all.
constexpr std::size_t kOffersBelow = 3;  // Below what a customer has.
constexpr std::size_t kOwnPackagesShown = 6;

absl::StatusOr<v1::Package> GetPackage(Turn& turn, const PackageId& id) {
  v1::GetPackageRequest request;
  request.set_name(NameOf(OwnProvider(turn), id));
  return turn.Call<v1::Package>(request);
}

absl::StatusOr<v1::SoldPackage> GetSold(Turn& turn, const AccountId& customer,
                                        const SoldPackageId& id) {
  v1::GetSoldPackageRequest request;
  request.set_name(SoldNameOf(OwnProvider(turn), customer, id));
  return turn.Call<v1::SoldPackage>(request);
}

absl::StatusOr<std::vector<v1::Package>> ReadOffers(Turn& turn) {
  v1::ListPackagesRequest request;
  request.set_parent(NameOf(OwnProvider(turn)));
  request.set_page_size(kListPageSize);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListPackagesResponse>(request));
  return std::vector<v1::Package>(answer.packages().begin(), answer.packages().end());
}

absl::Status ShowOffer(Turn& turn, v1::Package package, const std::string& heading) {
  KALENDS_ASSIGN_OR_RETURN(const auto services, ListAllServices(turn, NameOf(OwnProvider(turn))));
  PackageView view{.package = std::move(package), .services = {}, .heading = heading};
  for (const v1::Service& service : services) {
    const auto& of = view.package.services();
    if (std::find(of.begin(), of.end(), service.name()) == of.end()) continue;
    view.services.push_back(ServiceName(turn.reader(), service));
  }
  turn.Show(PackageScreen(turn.reader(), view));
  return absl::OkStatus();
}

// What a package is of: one service, or all there are now.
struct Covered {
  std::vector<v1::Service> services;
  std::string name;  // Empty: all.
};
absl::StatusOr<Covered> ReadCovered(Turn& turn, const ServiceId& id) {
  Covered covered;
  KALENDS_ASSIGN_OR_RETURN(covered.services, ListAllServices(turn, NameOf(OwnProvider(turn))));
  if (id.empty()) return covered;
  std::erase_if(covered.services,
                [&](const auto& service) { return ServiceId::Of(service.name()) != id; });
  if (!covered.services.empty()) covered.name = ServiceName(turn.reader(), covered.services[0]);
  return covered;
}

// What so many visits cost one by one, where that is one price.
Price FullPrice(const Covered& covered, int visits) {
  if (covered.services.empty() || !covered.services[0].has_price()) return {};
  const v1::Money& one = covered.services[0].price();
  for (const v1::Service& service : covered.services) {
    if (service.price().minor_units() != one.minor_units() ||
        service.price().currency_code() != one.currency_code()) {
      return {};
    }
  }
  return {one.currency_code(), one.minor_units() * visits};
}
Price ReducedPrice(const Price& full) {
  return {full.currency, full.minor_units * kReducedPercent / 100};
}

absl::Status AskPackagePrice(Turn& turn, const ServiceId& id, int visits,
                             const std::string& heading) {
  KALENDS_ASSIGN_OR_RETURN(const Covered covered, ReadCovered(turn, id));
  const Price full = FullPrice(covered, visits);
  if (full.minor_units > 0) turn.KeepShown(PriceToKeep(full));
  turn.session().dialogue = TypesPackagePrice{id.text, visits};
  turn.Show(PackagePriceScreen(turn.reader(), {.id = id,
                                               .service = covered.name,
                                               .visits = visits,
                                               .reduced = ReducedPrice(full),
                                               .full = full,
                                               .nonce = turn.nonce(),
                                               .heading = heading}));
  return absl::OkStatus();
}

// nullopt: the screen that showed it is gone.
std::optional<Price> ChosenPrice(Turn& turn, const CreatePackage& action) {
  if (action.price == PackagePrice::kFree) return Price{};
  const std::string* kept = turn.ShownWith(action.nonce);
  if (kept == nullptr) return std::nullopt;
  const Price price = KeptPrice(*kept);
  return action.price == PackagePrice::kReduced ? ReducedPrice(price) : price;
}

// "10× Beratung".
std::string NewName(Turn& turn, const Covered& covered, int visits) {
  const std::string of =
      covered.name.empty() ? turn.texts().Plain("packages.all_services") : covered.name;
  return Shorten(std::to_string(visits) + "× " + of, kNameCharsMax);
}

absl::Status UpdateOffer(Turn& turn, v1::Package package, const char* path,
                         const std::string& request_id) {
  v1::UpdatePackageRequest request;
  *request.mutable_package() = std::move(package);
  request.mutable_update_mask()->add_paths(path);
  request.set_request_id(request_id);
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::Package>(request).status());
  KALENDS_ASSIGN_OR_RETURN(auto changed, GetPackage(turn, PackageId::Of(request.package().name())));
  return ShowOffer(turn, std::move(changed), turn.texts().Html("packages.changed"));
}

// What an update sends to have `price`; 0 is free of charge, and has no currency.
v1::Package PackageFor(Turn& turn, const PackageId& id, const Price& price) {
  v1::Package package;
  package.set_name(NameOf(OwnProvider(turn), id));
  if (price.minor_units > 0) {
    package.mutable_price()->set_currency_code(price.currency);
    package.mutable_price()->set_minor_units(price.minor_units);
  }
  return package;
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowPackages& action) {
  KALENDS_ASSIGN_OR_RETURN(auto offers, ReadOffers(turn));
  turn.Show(
      PackagesScreen(turn.reader(), PageOf(std::move(offers), action.page, kPackagesPerPage)));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowPackage& action) {
  KALENDS_ASSIGN_OR_RETURN(auto package, GetPackage(turn, action.package));
  return ShowOffer(turn, std::move(package), "");
}

absl::Status Handle(Turn& turn, const NewPackage&) {
  KALENDS_ASSIGN_OR_RETURN(auto services, ListAllServices(turn, NameOf(OwnProvider(turn))));
  if (services.size() == 1) {
    const ServiceId only = ServiceId::Of(services[0].name());
    turn.session().dialogue = TypesPackageVisits{only.text};
    turn.Show(PackageVisitsScreen(turn.reader(), only, ServiceName(turn.reader(), services[0])));
    return absl::OkStatus();
  }
  if (services.size() > kServicesOfferedMax) services.resize(kServicesOfferedMax);
  turn.Show(PackageServicesScreen(turn.reader(), services));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ChoosePackageService& action) {
  KALENDS_ASSIGN_OR_RETURN(const Covered covered, ReadCovered(turn, action.service));
  turn.session().dialogue = TypesPackageVisits{action.service.text};
  turn.Show(PackageVisitsScreen(turn.reader(), action.service, covered.name));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesPackageVisits& dialogue, const std::string& text) {
  int visits = 0;
  const char* const end = text.data() + text.size();
  const bool read = std::from_chars(text.data(), end, visits).ec == std::errc();
  if (read && visits >= 1 && visits <= kPackageVisitsMax) {
    return AskPackagePrice(turn, ServiceId{dialogue.service}, visits, "");
  }
  turn.FrameNext({.text = turn.texts().Html("packages.bad_visits"), .rows = {}});
  return Handle(turn, ChoosePackageService{{dialogue.service}});
}

absl::Status Handle(Turn& turn, const ChoosePackageVisits& action) {
  return AskPackagePrice(turn, action.service, action.visits, "");
}

absl::Status Handle(Turn& turn, const TypesPackagePrice& dialogue, const std::string& text) {
  const ServiceId id{dialogue.service};
  KALENDS_ASSIGN_OR_RETURN(const std::string likely, LikelyCurrencyOf(turn));
  const auto price = ParsePrice(text, likely);
  if (!price) {
    return AskPackagePrice(turn, id, dialogue.visits, turn.texts().Html("catalog.bad_price"));
  }
  KALENDS_ASSIGN_OR_RETURN(const Covered covered, ReadCovered(turn, id));
  turn.session().dialogue = dialogue;  // Another price may follow.
  turn.KeepShown(PriceToKeep(*price));
  turn.Show(ReviewPackageScreen(turn.reader(),
                                {.id = id,
                                 .service = covered.name,
                                 .visits = dialogue.visits,
                                 .reduced = {},
                                 .full = {},
                                 .nonce = turn.nonce()},
                                *price));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const CreatePackage& action) {
  const auto price = ChosenPrice(turn, action);
  if (!price) return AskPackagePrice(turn, action.service, action.visits, "");
  KALENDS_ASSIGN_OR_RETURN(const Covered covered, ReadCovered(turn, action.service));
  v1::CreatePackageRequest request;
  request.set_parent(NameOf(OwnProvider(turn)));
  v1::Package& package = *request.mutable_package();
  package.set_display_name(NewName(turn, covered, action.visits));
  for (const v1::Service& service : covered.services) package.add_services(service.name());
  package.set_visits(action.visits);
  package.set_valid_days(kPackageValidDays);
  if (price->minor_units > 0) {
    package.mutable_price()->set_currency_code(price->currency);
    package.mutable_price()->set_minor_units(price->minor_units);
  }
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_ASSIGN_OR_RETURN(auto created, turn.Call<v1::Package>(request));
  return ShowOffer(turn, std::move(created), turn.texts().Html("packages.created"));
}

absl::Status Handle(Turn& turn, const AskPackageName& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto package, GetPackage(turn, action.package));
  turn.session().dialogue = TypesPackageName{action.package.text};
  turn.Show(AskPackageNameScreen(turn.reader(), package));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesPackageName& dialogue, const std::string& text) {
  v1::Package package;
  package.set_name(NameOf(OwnProvider(turn), PackageId{dialogue.package}));
  package.set_display_name(Shorten(text, kNameCharsMax));
  return UpdateOffer(turn, std::move(package), "display_name", turn.NextRequestId());
}

absl::Status Handle(Turn& turn, const AskPackagePriceAnew& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto package, GetPackage(turn, action.package));
  turn.session().dialogue = TypesPackagePriceAnew{action.package.text};
  turn.Show(AskPackagePriceScreen(turn.reader(), package, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesPackagePriceAnew& dialogue, const std::string& text) {
  const PackageId id{dialogue.package};
  KALENDS_ASSIGN_OR_RETURN(auto package, GetPackage(turn, id));
  std::string likely = package.price().currency_code();
  if (likely.empty()) {
    KALENDS_ASSIGN_OR_RETURN(likely, LikelyCurrencyOf(turn));
  }
  const auto price = ParsePrice(text, likely);
  if (!price) {
    turn.FrameNext({.text = turn.texts().Html("catalog.bad_price"), .rows = {}});
    return Handle(turn, AskPackagePriceAnew{id});
  }
  return UpdateOffer(turn, PackageFor(turn, id, *price), "price", turn.NextRequestId());
}

absl::Status Handle(Turn& turn, const MakePackageFree& action) {
  return UpdateOffer(turn, PackageFor(turn, action.package, {}), "price",
                     turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const AskPackageValidity& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto package, GetPackage(turn, action.package));
  turn.Show(PackageValidityScreen(turn.reader(), package, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SetPackageValidity& action) {
  v1::Package package;
  package.set_name(NameOf(OwnProvider(turn), action.package));
  package.set_valid_days(action.days);
  return UpdateOffer(turn, std::move(package), "valid_days",
                     turn.RequestIdOf(action, action.nonce) + ":" + std::to_string(action.days));
}

absl::Status Handle(Turn& turn, const AskArchivePackage& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto package, GetPackage(turn, action.package));
  turn.Show(AskArchivePackageScreen(turn.reader(), package, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ArchivePackage& action) {
  v1::ArchivePackageRequest request;
  request.set_name(NameOf(OwnProvider(turn), action.package));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::Package>(request).status());
  return Handle(turn, ShowPackage{action.package});
}

absl::Status Handle(Turn& turn, const ReviewSale& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto package, GetPackage(turn, action.package));
  KALENDS_ASSIGN_OR_RETURN(const auto link, GetCustomer(turn, action.customer));
  turn.Show(ReviewSaleScreen(turn.reader(), package, link, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ConfirmSale& action) {
  const ProviderId own = OwnProvider(turn);
  v1::SellPackageRequest request;
  request.set_parent(LinkNameOf(own, action.customer));
  request.set_package(NameOf(own, action.package));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_ASSIGN_OR_RETURN(const auto sold, turn.Call<v1::SoldPackage>(request));
  // A repeat gets the first answer, and a visit may have been used since.
  KALENDS_ASSIGN_OR_RETURN(const auto now,
                           GetSold(turn, action.customer, SoldPackageId::Of(sold.name())));
  turn.Show(SoldPackageScreen(turn.reader(), now, turn.texts().Html("packages.was_sold")));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowCustomerPackages& action) {
  CustomerPackagesView view;
  KALENDS_ASSIGN_OR_RETURN(view.link, GetCustomer(turn, action.customer));
  KALENDS_ASSIGN_OR_RETURN(view.offers, ReadOffers(turn));
  if (view.offers.size() > kOffersBelow) view.offers.resize(kOffersBelow);
  v1::ListSoldPackagesRequest request;
  request.set_parent(view.link.name());
  request.set_page_size(kListPageSize);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListSoldPackagesResponse>(request));
  // The last one is most likely the one in use.
  std::vector<v1::SoldPackage> sold(answer.sold_packages().rbegin(), answer.sold_packages().rend());
  view.sold = PageOf(std::move(sold), action.page, kSoldPackagesPerPage);
  turn.Show(CustomerPackagesScreen(turn.reader(), view));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowSoldPackage& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto sold, GetSold(turn, action.customer, action.package));
  turn.Show(SoldPackageScreen(turn.reader(), sold, ""));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskCancelSale& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto sold, GetSold(turn, action.customer, action.package));
  turn.Show(AskCancelSaleScreen(turn.reader(), sold, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const CancelSale& action) {
  v1::CancelSoldPackageRequest request;
  request.set_name(SoldNameOf(OwnProvider(turn), action.customer, action.package));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_ASSIGN_OR_RETURN(const auto sold, turn.Call<v1::SoldPackage>(request));
  turn.Show(SoldPackageScreen(turn.reader(), sold, turn.texts().Html("packages.sale_cancelled")));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowOwnPackages& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, NameOf(action.provider)));
  v1::ListSoldPackagesRequest request;
  request.set_parent(LinkNameOf(action.provider, AccountId::Of(turn.account().name())));
  request.set_page_size(kListPageSize);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListSoldPackagesResponse>(request));
  std::vector<v1::SoldPackage> packages(answer.sold_packages().begin(),
                                        answer.sold_packages().end());
  std::erase_if(packages, [](const auto& package) { return package.has_cancel_time(); });
  // What is still good for something, the last ones first.
  std::reverse(packages.begin(), packages.end());
  std::stable_partition(packages.begin(), packages.end(), [&](const v1::SoldPackage& package) {
    return package.remaining_visits() > 0 &&
           (!package.has_expire_time() || InstantOf(package.expire_time()) > turn.now());
  });
  if (packages.size() > kOwnPackagesShown) packages.resize(kOwnPackagesShown);
  turn.Show(OwnPackagesScreen(turn.reader(), provider, packages));
  return absl::OkStatus();
}

Handlers PackagesHandlers() {
  return HandlersOf<TypesPackageVisits, TypesPackagePrice, TypesPackageName, TypesPackagePriceAnew>(
      PackagesActions{});
}

}  // namespace kalends::telegram
