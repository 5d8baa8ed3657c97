#include "core/server/packages.h"

#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/server/booking.h"
#include "core/server/catalog.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/links.h"
#include "core/server/payments.h"
#include "core/server/privacy_export_walks.h"

namespace kalends::server {
namespace {

app::SoldPackageRef RefOf(const core::SoldPackage& package) {
  return {{package.provider, package.customer}, package.id};
}

void EncodeUse(const core::PackageUse& use, const app::SoldPackageRef& ref,
               v1::PackageUse* message) {
  message->set_name(SoldPackageName(ref) + "/uses/" + std::to_string(use.number));
  message->set_kind(use.kind == core::PackageUseKind::kUsed ? v1::PackageUse::KIND_USED
                                                            : v1::PackageUse::KIND_GIVEN_BACK);
  message->set_appointment(AppointmentName(use.provider, use.appointment));
  *message->mutable_time() = EncodeInstant(use.when);
}

// All of a customer, with whatever provider.
Listing<app::SoldPackageView, storage::SoldPackageCursor, v1::SoldPackage> AllSoldTo(
    core::AccountId customer) {
  return {[=](const app::ReadContext& cx, const auto& after,
              int limit) -> absl::StatusOr<std::vector<app::SoldPackageView>> {
            std::vector<app::SoldPackageView> views;
            for (const auto& one : storage::SoldPackagesOf(cx.tx, customer, after, limit)) {
              ASSIGN_OR_RETURN(auto view, app::ViewSoldPackage(cx, one));
              views.push_back(std::move(view));
            }
            return views;
          },
          [](const app::SoldPackageView& view) {
            return storage::SoldPackageCursor{view.package.provider, view.package.id};
          },
          [](const app::ReadContext&, const app::SoldPackageView& view, v1::SoldPackage* message) {
            Encode(view, message);
          }};
}

// The three files about what `sold` lists, of one side.
template <typename SomeListing>
std::vector<ExportSection> SoldSections(const std::string& side, const SomeListing& sold) {
  const auto uses = [](const app::SoldPackageView& view) { return UsesOf(RefOf(view.package)); };
  const auto payments = [](const app::SoldPackageView& view) {
    return PaymentsOf(RefOf(view.package));
  };
  return {{side + "/sold_packages.json",
           "Packages that were sold, and what is left of them.",
           {"sold_packages", "sold_package_services"},
           Pages(sold)},
          {side + "/package_uses.json",
           "What they were used for.",
           {"package_uses"},
           Pages(Nested(sold, uses))},
          {side + "/package_payments.json",
           "What was paid for them.",
           {"package_payments"},
           Pages(Nested(sold, payments))}};
}

}  // namespace

std::string PackageName(core::ProviderId provider, core::PackageId id) {
  return ProviderName(provider) + "/packages/" + id.ToString();
}

std::string SoldPackageName(const app::SoldPackageRef& ref) {
  return LinkName(ref.link) + "/soldPackages/" + ref.id.ToString();
}

absl::StatusOr<app::SoldPackageRef> DecodeSoldPackageRef(const app::ReadContext& cx,
                                                         std::string_view field,
                                                         std::string_view name) {
  std::vector<std::string_view> rest;
  app::SoldPackageRef ref;
  ASSIGN_OR_RETURN(ref.link, DecodeLinkName(cx, field, kSoldPackagePattern, name, &rest));
  const auto id = core::SoldPackageId::Parse(rest[0]);
  if (!id) return BadName(field, kSoldPackagePattern);
  ref.id = *id;
  return ref;
}

void Encode(const core::Package& package, v1::Package* message) {
  message->set_name(PackageName(package.provider, package.id));
  message->set_display_name(package.name);
  for (const auto& [language, name] : package.translations) {
    (*message->mutable_translations())[language].set_display_name(name);
  }
  for (const core::ServiceId service : package.services) {
    message->add_services(ServiceName(package.provider, service));
  }
  message->set_visits(package.visits);
  EncodeMoney(package.price, message->mutable_price());
  message->set_valid_days(package.valid_days);
  message->set_position(package.position);
  message->set_archived(package.archived);
  message->set_etag(app::EtagOf(package.version));
}

void EncodeWithSales(const app::ReadContext& cx, const core::Package& package,
                     v1::Package* message) {
  Encode(package, message);
  const auto sales = app::SalesOf(cx, package);
  if (!sales.ok()) return;  // A customer.
  message->set_sold_count(sales->sold);
  message->set_remaining_visits(sales->remaining_visits);
}

void Encode(const app::SoldPackageView& view, v1::SoldPackage* message) {
  const core::SoldPackage& package = view.package;
  message->set_name(SoldPackageName(RefOf(package)));
  message->set_package(PackageName(package.provider, package.package));
  message->set_display_name(view.name);
  message->set_customer(AccountName(package.customer));
  message->set_customer_display_name(view.customer_name);
  for (const core::ServiceId service : package.services) {
    message->add_services(ServiceName(package.provider, service));
  }
  message->set_visits(package.visits);
  message->set_remaining_visits(core::Remaining(package));
  EncodeMoney(package.price, message->mutable_price());
  EncodeMoney(view.balance.paid, message->mutable_paid());
  EncodeMoney(view.balance.outstanding, message->mutable_outstanding());
  *message->mutable_create_time() = EncodeInstant(package.sold);
  if (package.expires) *message->mutable_expire_time() = EncodeInstant(*package.expires);
  if (package.cancelled) *message->mutable_cancel_time() = EncodeInstant(*package.cancelled);
}

absl::StatusOr<core::Package> DecodePackage(core::ProviderId provider, const v1::Package& message) {
  core::Package package;
  package.provider = provider;
  package.name = core::CleanLine(message.display_name());
  for (const auto& [language, text] : message.translations()) {
    package.translations[language] = core::CleanLine(text.display_name());
  }
  RETURN_IF_ERROR(core::CheckEach(
      "package.services", message.services(), [&](const std::string& name) -> absl::Status {
        ASSIGN_OR_RETURN(const auto service, DecodeServiceName("package.services", name));
        if (service.provider != provider) {
          return core::InvalidField("package.services", "must be a service of the provider");
        }
        package.services.push_back(service.id);
        return absl::OkStatus();
      }));
  package.visits = message.visits();
  package.price = {message.price().minor_units(), message.price().currency_code()};
  package.valid_days = message.valid_days();
  package.position = message.position();
  return package;
}

Listing<core::Package, storage::PackageCursor, v1::Package> PackagesOf(core::ProviderId provider,
                                                                       storage::Archived archived) {
  return {[=](const app::ReadContext& cx, const auto& after, int limit) {
            return app::ListPackages(cx, provider, archived, after, limit);
          },
          [](const core::Package& package) {
            return storage::PackageCursor{package.position, package.id};
          },
          EncodeWithSales};
}

SoldPackageListing SoldPackagesOf(core::LinkKey link, storage::UsableFor usable) {
  return {[=](const app::ReadContext& cx, const auto& after, int limit) {
            return app::ListSoldPackages(cx, link, usable, after, limit);
          },
          [](const app::SoldPackageView& view) { return view.package.id; },
          [](const app::ReadContext&, const app::SoldPackageView& view, v1::SoldPackage* message) {
            Encode(view, message);
          }};
}

SoldPackageListing SoldPackagesOf(core::ProviderId provider, storage::UsableFor usable) {
  SoldPackageListing listing = SoldPackagesOf(core::LinkKey(), {});
  listing.load = [=](const app::ReadContext& cx, const auto& after, int limit) {
    return app::ListSoldPackages(cx, provider, usable, after, limit);
  };
  return listing;
}

Listing<core::PackageUse, int, v1::PackageUse> UsesOf(app::SoldPackageRef ref) {
  return {[=](const app::ReadContext& cx, const auto& after, int limit) {
            return app::ListPackageUses(cx, ref, after.value_or(0), limit);
          },
          [](const core::PackageUse& use) { return use.number; },
          [=](const app::ReadContext&, const core::PackageUse& use, v1::PackageUse* message) {
            EncodeUse(use, ref, message);
          }};
}

extern constinit const SubjectExport kPackagesExport{
    .of_customer = [](core::AccountId customer) -> std::vector<ExportSection> {
      return SoldSections("customer", AllSoldTo(customer));
    },
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      std::vector<ExportSection> sections = {
          {"provider/packages.json",
           "Packages on offer, archived ones too.",
           {"packages", "package_translations", "package_services"},
           Pages(PackagesOf(provider.id, storage::Archived::kShow))}};
      for (ExportSection& section :
           SoldSections("provider", SoldPackagesOf(provider.id, storage::UsableFor()))) {
        sections.push_back(std::move(section));
      }
      return sections;
    }};

}  // namespace kalends::server
