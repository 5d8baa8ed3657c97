#include "core/app/catalog_cache.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "storage/catalog.h"
#include "storage/providers.h"

namespace kalends::app {
namespace {

std::optional<Catalog> LoadCatalog(storage::Transaction& tx, core::ProviderId id) {
  auto provider = storage::FindProvider(tx, id);
  if (!provider) return std::nullopt;
  Catalog catalog;
  catalog.provider = *std::move(provider);
  catalog.services = storage::ListServices(tx, id, storage::Archived::kShow, std::nullopt,
                                           core::kServicesPerProviderMax);
  std::sort(catalog.services.begin(), catalog.services.end(),
            [](const core::Service& a, const core::Service& b) { return a.id < b.id; });
  catalog.staff = storage::StaffOf(tx, id);
  return catalog;
}

std::int64_t BytesOf(const Catalog& catalog) {
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

absl::StatusOr<std::vector<core::ProviderId>> Specialists(
    const Catalog& catalog, const std::optional<core::Service>& service, const OfferInput& input) {
  const core::Provider& provider = catalog.provider;
  if (provider.kind == core::ProviderKind::kSpecialist) {
    if (input.specialist && *input.specialist != provider.id) {
      return core::Error(core::Reason::kSpecialistNotOffering);
    }
    return std::vector{provider.id};
  }
  std::vector<core::ProviderId> offering = catalog.staff;
  if (service && !service->specialists.empty()) {
    std::erase_if(offering, [&](core::ProviderId id) {
      return std::find(service->specialists.begin(), service->specialists.end(), id) ==
             service->specialists.end();
    });
  }
  if (!input.specialist) return offering;
  if (std::find(offering.begin(), offering.end(), *input.specialist) == offering.end()) {
    return core::Error(core::Reason::kSpecialistNotOffering);
  }
  return std::vector{*input.specialist};
}

}  // namespace

CatalogCache MakeCatalogCache(storage::Database& database, std::int64_t bytes_max) {
  return CatalogCache(
      database, bytes_max,
      [](storage::Transaction& tx, core::ProviderId id, core::Instant) {
        return LoadCatalog(tx, id);
      },
      BytesOf);
}

absl::StatusOr<Offer> OfferFrom(const Catalog& catalog, const OfferInput& input) {
  Offer offer;
  if (input.service) {
    const auto found = std::lower_bound(
        catalog.services.begin(), catalog.services.end(), *input.service,
        [](const core::Service& service, core::ServiceId id) { return service.id < id; });
    if (found == catalog.services.end() || found->id != *input.service) {
      return core::Error(core::Reason::kNotFound);
    }
    if (found->archived) return core::Error(core::Reason::kServiceArchived);
    offer.service = *found;
    offer.wanted.rules = found->rules;
    offer.wanted.service = input.service;
  } else {
    offer.wanted.rules.duration = catalog.provider.default_duration;
  }
  ASSIGN_OR_RETURN(offer.specialists, Specialists(catalog, offer.service, input));
  offer.provider = catalog.provider;
  return offer;
}

std::chrono::seconds LengthRank(const Offer& offer, const core::Interval& interval) {
  const std::chrono::seconds length = interval.end - interval.start;
  return length == offer.wanted.rules.duration ? std::chrono::seconds{0} : length;
}

absl::StatusOr<Offer> LoadOffer(storage::Transaction& tx, core::Provider provider,
                                const OfferInput& input) {
  Catalog catalog;
  if (input.service) {
    if (auto service = storage::FindService(tx, provider.id, *input.service)) {
      catalog.services.push_back(*std::move(service));
    }
  }
  if (provider.kind == core::ProviderKind::kOrganization)
    catalog.staff = storage::StaffOf(tx, provider.id);
  catalog.provider = std::move(provider);
  return OfferFrom(catalog, input);
}

}  // namespace kalends::app
