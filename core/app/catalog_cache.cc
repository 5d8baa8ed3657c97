#include "core/app/catalog_cache.h"

#include <algorithm>

#include "core/base/limits.h"
#include "storage/catalog.h"
#include "storage/providers.h"
#include "storage/unreadable.h"

namespace kalends::app {
namespace {

std::optional<Catalog> LoadCatalog(storage::Transaction& tx, core::ProviderId id) {
  auto provider = storage::FindProvider(tx, id);
  if (!provider) return std::nullopt;
  Catalog catalog;
  catalog.provider = *std::move(provider);
  // Without a damaged one there are all others to be booked.
  const storage::LeaveOut left_out(tx);
  catalog.services = storage::ListServices(tx, id, storage::Archived::kShow, std::nullopt,
                                           core::kServicesPerProviderMax);
  std::sort(catalog.services.begin(), catalog.services.end(),
            [](const core::Service& a, const core::Service& b) { return a.id < b.id; });
  catalog.staff = storage::StaffOf(tx, id);
  return catalog;
}

std::int64_t BytesOfCatalog(const Catalog& catalog) {
  std::size_t bytes = sizeof(catalog) + catalog.staff.capacity() * sizeof(core::ProviderId);
  for (const core::Service& service : catalog.services) {
    bytes += sizeof(service) + service.name.size() + service.description.size() +
             service.place.size() + service.payment_link.size();
    for (const auto& [language, text] : service.translations) {
      bytes += sizeof(text) + language.size() + text.name.size() + text.description.size();
    }
  }
  return static_cast<std::int64_t>(bytes);
}

}  // namespace

CatalogCache MakeCatalogCache(storage::Database& database, std::int64_t bytes_max) {
  return CatalogCache(
      "catalogs", database, bytes_max,
      [](storage::Transaction& tx, core::ProviderId id, core::Instant) {
        return LoadCatalog(tx, id);
      },
      BytesOfCatalog);
}

absl::StatusOr<core::Offer> OfferFrom(const Catalog& catalog, const core::OfferInput& input) {
  const core::Service* service = nullptr;
  if (input.service) {
    const auto found =
        std::lower_bound(catalog.services.begin(), catalog.services.end(), *input.service,
                         [](const core::Service& one, core::ServiceId id) { return one.id < id; });
    if (found != catalog.services.end() && found->id == *input.service) service = &*found;
  }
  return core::MakeOffer(catalog.provider, service, catalog.staff, input);
}

absl::StatusOr<core::Offer> LoadOffer(storage::Transaction& tx, const core::Provider& provider,
                                      const core::OfferInput& input) {
  const auto service =
      input.service ? storage::FindService(tx, provider.id, *input.service) : std::nullopt;
  std::vector<core::ProviderId> staff;
  if (provider.kind == core::ProviderKind::kOrganization) staff = storage::StaffOf(tx, provider.id);
  return core::MakeOffer(provider, service ? &*service : nullptr, staff, input);
}

}  // namespace kalends::app
