#include "core/app/catalog.h"

#include <map>

#include "core/app/privacy.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/catalog/checks.h"
#include "core/catalog/order.h"
#include "storage/providers.h"
#include "storage/sealed.h"

namespace kalends::app {
namespace {

// `known` are the specialists it had before.
absl::Status CheckService(const ReadContext& cx, const core::Service& service,
                          const std::vector<core::ProviderId>& known) {
  return core::CheckService(service, known, storage::StaffOf(cx.tx, service.provider));
}

// To be checked. A link that cannot be read, and stays as it is kept, is no link any more.
core::Service WithoutUnreadable(core::Service service, const core::Service& before) {
  const bool stays = service.payment_link == before.payment_link;
  if (stays && service.payment_link == storage::kUnreadableText) service.payment_link.clear();
  return service;
}

}  // namespace

absl::Status CheckNewService(const ReadContext& cx, const core::Service& service) {
  RETURN_IF_ERROR(ManagedProvider(cx, service.provider).status());
  RETURN_IF_ERROR(CheckService(cx, service, {}));
  if (storage::CountServices(cx.tx, service.provider) >= core::kServicesPerProviderMax) {
    return core::LimitReached("services", core::kServicesPerProviderMax,
                              "There are too many services.");
  }
  return absl::OkStatus();
}

absl::StatusOr<core::Service> CreateService(WriteContext& cx, core::Service service) {
  RETURN_IF_ERROR(CheckNewService(cx.AsRead(), service));
  service.id = cx.ids.Next<core::ServiceId>(cx.now);
  service.version = 1;
  service.archived = false;
  cx.changed_catalogs.push_back(service.provider);
  storage::InsertService(cx.tx, service);
  return service;
}

absl::StatusOr<core::Service> GetService(const ReadContext& cx, core::ProviderId provider,
                                         core::ServiceId id) {
  RETURN_IF_ERROR(VisibleProvider(cx, provider).status());
  auto service = storage::FindService(cx.tx, provider, id);
  if (!service) return core::NotFound("providers/*/services/*", provider, id);
  return *std::move(service);
}

absl::StatusOr<std::vector<core::Service>> ListServices(
    const ReadContext& cx, core::ProviderId provider, storage::Archived archived,
    const std::optional<storage::ServiceCursor>& after, int limit) {
  if (archived == storage::Archived::kShow) {
    RETURN_IF_ERROR(ManagedProvider(cx, provider).status());
  } else {
    RETURN_IF_ERROR(VisibleProvider(cx, provider).status());
  }
  return storage::ListServices(cx.tx, provider, archived, after, limit);
}

absl::StatusOr<core::Service> UpdateService(WriteContext& cx, core::ProviderId provider_id,
                                            core::ServiceId id, std::string_view etag,
                                            const std::function<void(core::Service&)>& change) {
  RETURN_IF_ERROR(ManagedProvider(cx.AsRead(), provider_id).status());
  auto service = storage::FindService(cx.tx, provider_id, id);
  if (!service) return core::NotFound("providers/*/services/*", provider_id, id);
  RETURN_IF_ERROR(CheckEtag(etag, service->version));
  const core::Service before = *service;
  change(*service);
  RETURN_IF_ERROR(
      CheckService(cx.AsRead(), WithoutUnreadable(*service, before), before.specialists));
  ++service->version;
  cx.changed_catalogs.push_back(provider_id);
  storage::UpdateService(cx.tx, *service);
  return *std::move(service);
}

absl::StatusOr<core::Service> SetOffering(WriteContext& cx, core::ProviderId provider,
                                          core::ServiceId id, Offering offering) {
  RETURN_IF_ERROR(ManagedProvider(cx.AsRead(), provider).status());
  auto service = storage::FindService(cx.tx, provider, id);
  if (!service) return core::NotFound("providers/*/services/*", provider, id);
  const bool archived = offering == Offering::kArchived;
  if (service->archived != archived) {
    service->archived = archived;
    ++service->version;
    cx.changed_catalogs.push_back(provider);
    storage::UpdateService(cx.tx, *service);
  }
  return *std::move(service);
}

absl::StatusOr<core::Service> SetServiceDeclined(WriteContext& cx, core::ProviderId organization,
                                                 core::ServiceId id, core::ProviderId specialist,
                                                 bool declined) {
  RETURN_IF_ERROR(ManagedProvider(cx.AsRead(), specialist).status());
  const auto missing = [&] { return core::NotFound("providers/*/services/*", organization, id); };
  if (!storage::IsStaff(cx.tx, organization, specialist)) return missing();
  auto service = storage::FindService(cx.tx, organization, id);
  if (!service) return missing();
  if (!storage::SetServiceDeclined(cx.tx, organization, id, specialist, declined)) return *service;
  cx.changed_catalogs.push_back(organization);
  return *storage::FindService(cx.tx, organization, id);
}

absl::StatusOr<core::Service> MoveService(WriteContext& cx, core::ProviderId provider,
                                          core::ServiceId id, int places) {
  RETURN_IF_ERROR(ManagedProvider(cx.AsRead(), provider).status());
  if (places == 0) return core::InvalidField("places", "must not be 0");
  const auto service = storage::FindService(cx.tx, provider, id);
  if (!service) return core::NotFound("providers/*/services/*", provider, id);
  if (service->archived) return core::Error(core::Reason::kServiceArchived);
  std::vector<core::PlacedService> catalog;
  std::map<core::ServiceId, int> positions;
  for (const core::Service& one :
       storage::ListServices(cx.tx, provider, storage::Archived::kShow, std::nullopt,
                             core::kServicesPerProviderMax)) {
    catalog.push_back({one.id, one.archived});
    positions[one.id] = one.position;
  }
  // The last one has 0, as have new ones, which then come behind it by their ids.
  int position = 1 - static_cast<int>(catalog.size());
  for (const core::ServiceId moved : core::MovedBy(catalog, id, places)) {
    if (positions[moved] != position) storage::SetServicePosition(cx.tx, provider, moved, position);
    ++position;
  }
  cx.changed_catalogs.push_back(provider);
  return *storage::FindService(cx.tx, provider, id);
}

// What the provider offers, and organizations by it.
extern constinit const Farewell kCatalogFarewell{
    .begin = [](WriteContext& cx, const Leaving& leaving) {
      if (!leaving.provider) return;
      cx.changed_catalogs.push_back(leaving.provider->id);
      for (const core::ProviderId id : storage::OrganizationsOf(cx.tx, leaving.provider->id)) {
        cx.changed_catalogs.push_back(id);
      }
    }};

}  // namespace kalends::app
