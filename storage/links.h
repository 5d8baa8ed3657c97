// Links of customers to providers. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <vector>

#include "core/links/link.h"
#include "storage/database.h"

namespace kalends::storage {

void InsertLink(Transaction& tx, core::ProviderId provider, core::AccountId customer,
                core::Instant now);
// The link, whatever became of it.
std::optional<core::Link> FindLink(Transaction& tx, core::ProviderId provider,
                                   core::AccountId customer);
void UpdateLink(Transaction& tx, const core::Link& link);  // Writes `removed` and `blocked`.
// Of a customer or of a provider, by the id of the other side, from above `after`.
std::vector<core::Link> LinksOf(Transaction& tx, core::AccountId customer, core::ProviderId after,
                                int limit);
std::vector<core::Link> LinksOf(Transaction& tx, core::ProviderId provider, core::AccountId after,
                                int limit);
// Whether the provider is on the customer's list: a blocked one is, a removed one is not.
bool HasLink(Transaction& tx, core::ProviderId provider, core::AccountId customer);

}  // namespace kalends::storage
