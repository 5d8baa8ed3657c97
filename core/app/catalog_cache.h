// Catalogs in memory: what a provider offers, and who keeps it.
#pragma once

#include <optional>
#include <vector>

#include "core/app/view_cache.h"
#include "core/booking/availability.h"
#include "core/catalog/service.h"
#include "core/providers/provider.h"

namespace kalends::app {

struct Catalog {
  core::Provider provider;
  std::vector<core::Service> services;  // Archived ones too; by id.
  std::vector<core::ProviderId> staff;  // Of an organization, by id.
};
using CatalogCache = ViewCache<Catalog>;

// `database` must outlive the cache.
CatalogCache MakeCatalogCache(storage::Database& database, std::int64_t bytes_max);

// What is wanted, as facts: the service's rules (the provider's default length without one) and the
// specialists that could do it, by id.
struct Offer {
  core::Provider provider;
  std::optional<core::Service> service;
  core::Wanted wanted;
  std::vector<core::ProviderId> specialists;
};

// By which of several lengths that a start may have is the better: as the offer says, else shorter.
// What is listed of several specialists, and who of them is chosen, go by the same.
std::chrono::seconds LengthRank(const Offer& offer, const core::Interval& interval);

struct OfferInput {
  core::ProviderId provider;
  std::optional<core::ServiceId> service;
  std::optional<core::ProviderId> specialist;  // None: the provider itself, or any of its staff.
};

// SERVICE_ARCHIVED, SPECIALIST_NOT_OFFERING; NOT_FOUND: no such service.
absl::StatusOr<Offer> OfferFrom(const Catalog& catalog, const OfferInput& input);
// The same from the database.
absl::StatusOr<Offer> LoadOffer(storage::Transaction& tx, core::Provider provider,
                                const OfferInput& input);

}  // namespace kalends::app
