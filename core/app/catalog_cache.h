// Catalogs in memory: what a provider offers, and who keeps it.
#pragma once

#include <vector>

#include "core/app/view_cache.h"
#include "core/booking/offer.h"
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

// As core::MakeOffer says.
absl::StatusOr<core::Offer> OfferFrom(const Catalog& catalog, const core::OfferInput& input);
// The same from the database.
absl::StatusOr<core::Offer> LoadOffer(storage::Transaction& tx, const core::Provider& provider,
                                      const core::OfferInput& input);

}  // namespace kalends::app
