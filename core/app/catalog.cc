#include "core/app/catalog.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/accounts/account.h"
#include "core/app/privacy.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/catalog/checks.h"
#include "core/payments/payment_link.h"
#include "core/providers/provider.h"
#include "storage/providers.h"

namespace kalends::app {
namespace {

// `known` are the specialists it had before.
absl::Status CheckService(const ReadContext& cx, const core::Provider& provider,
                          const core::Service& service,
                          const std::vector<core::ProviderId>& known) {
  RETURN_IF_ERROR(CheckText("service.display_name", service.name, 1, core::kNameCharsMax));
  RETURN_IF_ERROR(CheckText("service.description", service.description, 0,
                            core::kDescriptionCharsMax, Lines::kMany));
  for (const auto& [language, text] : service.translations) {
    const std::string field = fmt::format("service.translations[{}]", language);
    if (!core::ParseLanguage(language)) {
      return core::InvalidField("service.translations", "may be of de, en, fr, ru, uk, es");
    }
    RETURN_IF_ERROR(CheckText(field + ".display_name", text.name, 0, core::kNameCharsMax));
    RETURN_IF_ERROR(CheckText(field + ".description", text.description, 0,
                              core::kDescriptionCharsMax, Lines::kMany));
  }
  RETURN_IF_ERROR(core::CheckRules(service.rules));
  RETURN_IF_ERROR(core::CheckPrice(service.price));
  RETURN_IF_ERROR(CheckText("service.place", service.place, 0, core::kPlaceCharsMax, Lines::kMany));
  RETURN_IF_ERROR(core::CheckPaymentLink("service.payment_link", service.payment_link));
  for (const core::ProviderId specialist : service.specialists) {
    // One who left the staff stays named until the organization names others.
    const bool named = std::find(known.begin(), known.end(), specialist) != known.end();
    if (!named && !storage::IsStaff(cx.tx, provider.id, specialist)) {
      return core::InvalidField("service.specialists", "must be staff of the organization");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<core::Service> CreateService(WriteContext& cx, core::Service service) {
  ASSIGN_OR_RETURN(const core::Provider provider, ManagedProvider(cx.AsRead(), service.provider));
  RETURN_IF_ERROR(CheckService(cx.AsRead(), provider, service, {}));
  if (storage::CountServices(cx.tx, provider.id) >= core::kServicesPerProviderMax) {
    return core::Error(core::Reason::kLimitReached, "There are too many services.");
  }
  service.id = cx.ids.Next<core::ServiceId>(cx.now);
  service.version = 1;
  service.archived = false;
  cx.changed_catalogs.push_back(provider.id);
  storage::InsertService(cx.tx, service);
  return service;
}

absl::StatusOr<core::Service> GetService(const ReadContext& cx, core::ProviderId provider,
                                         core::ServiceId id) {
  RETURN_IF_ERROR(VisibleProvider(cx, provider).status());
  auto service = storage::FindService(cx.tx, provider, id);
  if (!service) return core::Error(core::Reason::kNotFound);
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
  ASSIGN_OR_RETURN(const core::Provider provider, ManagedProvider(cx.AsRead(), provider_id));
  auto service = storage::FindService(cx.tx, provider_id, id);
  if (!service) return core::Error(core::Reason::kNotFound);
  RETURN_IF_ERROR(CheckEtag(etag, service->version));
  const std::vector<core::ProviderId> known = service->specialists;
  change(*service);
  RETURN_IF_ERROR(CheckService(cx.AsRead(), provider, *service, known));
  ++service->version;
  cx.changed_catalogs.push_back(provider_id);
  storage::UpdateService(cx.tx, *service);
  return *std::move(service);
}

absl::StatusOr<core::Service> ArchiveService(WriteContext& cx, core::ProviderId provider,
                                             core::ServiceId id) {
  RETURN_IF_ERROR(ManagedProvider(cx.AsRead(), provider).status());
  auto service = storage::FindService(cx.tx, provider, id);
  if (!service) return core::Error(core::Reason::kNotFound);
  if (!service->archived) {
    service->archived = true;
    ++service->version;
    cx.changed_catalogs.push_back(provider);
    storage::UpdateService(cx.tx, *service);
  }
  return *std::move(service);
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
