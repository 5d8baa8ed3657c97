#include "core/app/packages.h"

#include "core/app/links.h"
#include "core/app/notifications.h"
#include "core/app/providers.h"
#include "core/app/readable.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/timezone/time_zone.h"
#include "storage/accounts.h"
#include "storage/catalog.h"
#include "storage/providers.h"

namespace kalends::app {
namespace {

absl::Status NoPackage(core::ProviderId provider, core::PackageId id) {
  return core::NotFound("providers/*/packages/*", provider, id);
}
absl::Status NoSoldPackage(const SoldPackageRef& ref) {
  return core::NotFound("providers/*/links/*/soldPackages/*", ref.link.provider, ref.link.customer,
                        ref.id);
}

// Archived ones, too: what a package is of stays what it was.
absl::Status CheckOffered(const ReadContext& cx, const core::Package& package) {
  std::vector<core::ServiceId> known;
  for (const core::ServiceId service : package.services) {
    if (storage::FindService(cx.tx, package.provider, service)) known.push_back(service);
  }
  return core::CheckPackage(package, known);
}

// The package, if the caller is on one of its sides. It outlives the link.
absl::StatusOr<core::SoldPackage> FindSold(const ReadContext& cx, const SoldPackageRef& ref,
                                           core::Side* side = nullptr) {
  const auto provider = storage::FindProvider(cx.tx, ref.link.provider);
  if (!provider) return NoSoldPackage(ref);
  const auto callers = core::SideOf(cx.caller, ref.link, provider->account);
  auto package = storage::FindSoldPackage(cx.tx, ref.link.provider, ref.id);
  if (!callers || !package || package->customer != ref.link.customer) return NoSoldPackage(ref);
  if (side != nullptr) *side = *callers;
  return *std::move(package);
}

// A sale that was taken back is paid back as a cancelled appointment is.
core::AppointmentStatus StatusOf(const core::SoldPackage& package) {
  return package.cancelled ? core::AppointmentStatus::kCancelled
                           : core::AppointmentStatus::kAccepted;
}

// A package that was renamed since goes by what was sold.
std::string ShownName(const ReadContext& cx, const core::SoldPackage& sold) {
  if (!cx.caller.account) return sold.name;
  const auto offer = storage::FindPackage(cx.tx, sold.provider, sold.package);
  const auto reader = storage::FindAccount(cx.tx, *cx.caller.account);
  if (!offer || !reader || offer->name != sold.name) return sold.name;
  return core::NameIn(*offer, core::CodeOf(reader->language));
}

absl::StatusOr<std::vector<SoldPackageView>> ViewAll(const ReadContext& cx,
                                                     std::vector<core::SoldPackage> packages) {
  return EachReadable(cx.tx, std::move(packages), [&](core::SoldPackage& package) {
    return ViewSoldPackage(cx, std::move(package));
  });
}

}  // namespace

absl::StatusOr<core::Package> CreatePackage(WriteContext& cx, core::Package package) {
  ASSIGN_OR_RETURN(const core::Provider provider, ManagedProvider(cx.AsRead(), package.provider));
  RETURN_IF_ERROR(CheckOffered(cx.AsRead(), package));
  if (storage::CountPackages(cx.tx, provider.id) >= core::kPackagesPerProviderMax) {
    return core::LimitReached("packages", core::kPackagesPerProviderMax,
                              "There are too many packages.");
  }
  package.id = cx.ids.Next<core::PackageId>(cx.now);
  package.version = 1;
  package.archived = false;
  storage::InsertPackage(cx.tx, package);
  return package;
}

absl::StatusOr<core::Package> GetPackage(const ReadContext& cx, core::ProviderId provider,
                                         core::PackageId id) {
  RETURN_IF_ERROR(VisibleProvider(cx, provider).status());
  auto package = storage::FindPackage(cx.tx, provider, id);
  if (!package) return NoPackage(provider, id);
  return *std::move(package);
}

absl::StatusOr<std::vector<core::Package>> ListPackages(
    const ReadContext& cx, core::ProviderId provider, storage::Archived archived,
    const std::optional<storage::PackageCursor>& after, int limit) {
  if (archived == storage::Archived::kShow) {
    RETURN_IF_ERROR(ManagedProvider(cx, provider).status());
  } else {
    RETURN_IF_ERROR(VisibleProvider(cx, provider).status());
  }
  return storage::ListPackages(cx.tx, provider, archived, after, limit);
}

absl::StatusOr<core::Package> UpdatePackage(WriteContext& cx, core::ProviderId provider,
                                            core::PackageId id, std::string_view etag,
                                            const std::function<void(core::Package&)>& change) {
  RETURN_IF_ERROR(ManagedProvider(cx.AsRead(), provider).status());
  auto package = storage::FindPackage(cx.tx, provider, id);
  if (!package) return NoPackage(provider, id);
  RETURN_IF_ERROR(CheckEtag(etag, package->version));
  change(*package);
  RETURN_IF_ERROR(CheckOffered(cx.AsRead(), *package));
  ++package->version;
  storage::UpdatePackage(cx.tx, *package);
  return *std::move(package);
}

absl::StatusOr<core::Package> ArchivePackage(WriteContext& cx, core::ProviderId provider,
                                             core::PackageId id) {
  RETURN_IF_ERROR(ManagedProvider(cx.AsRead(), provider).status());
  auto package = storage::FindPackage(cx.tx, provider, id);
  if (!package) return NoPackage(provider, id);
  if (!package->archived) {
    package->archived = true;
    ++package->version;
    storage::UpdatePackage(cx.tx, *package);
  }
  return *std::move(package);
}

absl::StatusOr<SoldPackageView> SellPackage(WriteContext& cx, const core::LinkKey& key,
                                            core::PackageId id) {
  ASSIGN_OR_RETURN(const LinkSide link, FindLinkSide(cx.AsRead(), key));
  if (link.side != core::Side::kProvider) return core::Error(core::Reason::kProviderOnly);
  RETURN_IF_ERROR(core::CheckLink(link.link));
  const auto offer = storage::FindPackage(cx.tx, key.provider, id);
  if (!offer) return NoPackage(key.provider, id);
  RETURN_IF_ERROR(core::CheckSale(*offer, storage::CountSoldPackages(cx.tx, key)));
  const auto zone = core::TimeZone::Find(TimeZoneOf(cx.tx, link.provider));
  if (!zone) return core::Error(core::Reason::kTimeZoneUnknown);
  core::SoldPackage sold;
  sold.id = cx.ids.Next<core::SoldPackageId>(cx.now);
  sold.provider = key.provider;
  sold.customer = key.customer;
  sold.package = offer->id;
  sold.name = offer->name;
  sold.services = offer->services;
  sold.visits = offer->visits;
  sold.price = offer->price;
  sold.sold = cx.now;
  sold.expires = core::ExpiryOf(offer->valid_days, *zone, cx.now);
  storage::InsertSoldPackage(cx.tx, sold);
  NotifySale(cx, sold, core::NotificationKind::kPackageSold);
  return ViewSoldPackage(cx.AsRead(), std::move(sold));
}

absl::StatusOr<SoldPackageView> CancelSoldPackage(WriteContext& cx, const SoldPackageRef& ref) {
  core::Side side = core::Side::kCustomer;
  ASSIGN_OR_RETURN(core::SoldPackage package, FindSold(cx.AsRead(), ref, &side));
  if (side != core::Side::kProvider) return core::Error(core::Reason::kProviderOnly);
  if (!package.cancelled) {
    RETURN_IF_ERROR(core::CheckCancellable(package));
    package.cancelled = cx.now;
    storage::SetPackageCancelled(cx.tx, package);
    NotifySale(cx, package, core::NotificationKind::kPackageSaleCancelled);
  }
  return ViewSoldPackage(cx.AsRead(), std::move(package));
}

absl::StatusOr<storage::PackageSales> SalesOf(const ReadContext& cx, const core::Package& package) {
  RETURN_IF_ERROR(ManagedProvider(cx, package.provider).status());
  return storage::SalesOf(cx.tx, package.provider, package.id, cx.now);
}

absl::StatusOr<SoldPackageView> ViewSoldPackage(const ReadContext& cx, core::SoldPackage package) {
  const auto customer = storage::FindAccount(cx.tx, package.customer);
  if (!customer) return core::Error(core::Reason::kInternal);
  SoldPackageView view;
  view.name = ShownName(cx, package);
  view.customer_name = customer->display_name;
  view.balance =
      core::BalanceOf(package.price, StatusOf(package),
                      storage::PackagePaymentsOf(cx.tx, package.provider, package.id), 0);
  view.package = std::move(package);
  return view;
}

absl::StatusOr<SoldPackageView> GetSoldPackage(const ReadContext& cx, const SoldPackageRef& ref) {
  ASSIGN_OR_RETURN(core::SoldPackage package, FindSold(cx, ref));
  return ViewSoldPackage(cx, std::move(package));
}

absl::StatusOr<std::vector<SoldPackageView>> ListSoldPackages(
    const ReadContext& cx, const core::LinkKey& link, const storage::UsableFor& usable,
    const std::optional<core::SoldPackageId>& after, int limit) {
  RETURN_IF_ERROR(FindLinkSide(cx, link).status());
  return ViewAll(cx, storage::SoldPackagesOf(cx.tx, link, usable, after, limit));
}

absl::StatusOr<std::vector<SoldPackageView>> ListSoldPackages(
    const ReadContext& cx, core::ProviderId provider, const storage::UsableFor& usable,
    const std::optional<core::SoldPackageId>& after, int limit) {
  RETURN_IF_ERROR(ManagedProvider(cx, provider).status());
  return ViewAll(cx, storage::SoldPackagesOf(cx.tx, provider, usable, after, limit));
}

absl::StatusOr<std::vector<core::PackageUse>> ListPackageUses(const ReadContext& cx,
                                                              const SoldPackageRef& ref, int after,
                                                              int limit) {
  RETURN_IF_ERROR(FindSold(cx, ref).status());
  return storage::UsesOf(cx.tx, ref.link.provider, ref.id, after, limit);
}

absl::Status UsePackage(WriteContext& cx, const core::Appointment& appointment,
                        core::SoldPackageId id) {
  const auto package = storage::FindSoldPackage(cx.tx, appointment.provider, id);
  if (!package || package->customer != appointment.customer) {
    return NoSoldPackage({{appointment.provider, appointment.customer}, id});
  }
  RETURN_IF_ERROR(core::CheckUsable(*package, appointment.service, appointment.interval.start));
  storage::InsertPackageUse(cx.tx, {package->provider, package->id, 0, appointment.id,
                                    core::PackageUseKind::kUsed, cx.now});
  return absl::OkStatus();
}

void SettlePackage(WriteContext& cx, const core::Appointment& appointment,
                   core::AppointmentStatus from, core::Actor actor) {
  const auto package = storage::PackagePayingFor(cx.tx, appointment.id);
  if (!package) return;
  core::Transition transition;
  transition.from = from;
  transition.to = appointment.status;
  transition.actor = actor;
  transition.interval = appointment.interval;
  transition.now = cx.now;
  const auto service = storage::FindService(cx.tx, appointment.provider, *appointment.service);
  if (service) transition.cancellation_deadline = service->rules.cancellation_deadline;
  if (!core::GivesBack(transition)) return;
  storage::InsertPackageUse(cx.tx, {appointment.provider, *package, 0, appointment.id,
                                    core::PackageUseKind::kGivenBack, cx.now});
}

absl::StatusOr<core::Payment> CreatePackagePayment(WriteContext& cx, const SoldPackageRef& ref,
                                                   const PaymentInput& input) {
  core::Side side = core::Side::kCustomer;
  ASSIGN_OR_RETURN(const core::SoldPackage package, FindSold(cx.AsRead(), ref, &side));
  if (side != core::Side::kProvider) return core::Error(core::Reason::kProviderOnly);
  core::Payment payment;
  payment.id = cx.ids.Next<core::PaymentId>(cx.now);
  payment.provider = package.provider;
  payment.package = package.id;
  payment.kind = input.kind;
  payment.amount = input.amount;
  payment.note = input.note;
  payment.received = input.received.value_or(cx.now);
  payment.created = cx.now;
  payment.account = cx.caller.account;
  RETURN_IF_ERROR(
      core::CheckPayment(payment, package.price, StatusOf(package),
                         storage::PackagePaymentsOf(cx.tx, package.provider, package.id), cx.now));
  storage::InsertPackagePayment(cx.tx, payment);
  return payment;
}

absl::StatusOr<std::vector<core::Payment>> ListPackagePayments(const ReadContext& cx,
                                                               const SoldPackageRef& ref,
                                                               std::optional<core::PaymentId> after,
                                                               std::size_t limit) {
  core::Side side = core::Side::kCustomer;
  ASSIGN_OR_RETURN(const core::SoldPackage package, FindSold(cx, ref, &side));
  auto payments = storage::PackagePaymentsOf(cx.tx, package.provider, package.id);
  std::erase_if(payments,
                [&](const core::Payment& payment) { return after && payment.id <= *after; });
  if (payments.size() > limit) payments.resize(limit);
  if (side != core::Side::kProvider) {
    for (core::Payment& payment : payments) payment.note.clear();
  }
  return payments;
}

}  // namespace kalends::app
