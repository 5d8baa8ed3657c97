// Accounts, identities, providers, staff, links. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/people/people.h"
#include "storage/database.h"

namespace kalends::storage {

void InsertAccount(Transaction& tx, const core::Account& account);
void UpdateAccount(Transaction& tx, const core::Account& account);  // All but id and created.
std::optional<core::Account> FindAccount(Transaction& tx, core::AccountId id);

struct IdentityRow {
  core::Identity identity;
  core::AccountId account;
  bool reachable = true;
};
void InsertIdentity(Transaction& tx, const IdentityRow& row);
std::optional<IdentityRow> FindIdentity(Transaction& tx, const core::Identity& identity);
// Parks what waits to be told to an account that cannot be reached over any identity now, and
// brings it back for one that can.
void SetReachable(Transaction& tx, const core::Identity& identity, bool reachable);
std::vector<IdentityRow> IdentitiesOf(Transaction& tx, core::AccountId account);

void InsertProvider(Transaction& tx, const core::Provider& provider);
void UpdateProvider(Transaction& tx, const core::Provider& provider);
std::optional<core::Provider> FindProvider(Transaction& tx, core::ProviderId id);
std::optional<core::Provider> FindProviderOfAccount(Transaction& tx, core::AccountId account);

// Specialists of an organization, by id; and back.
void InsertStaff(Transaction& tx, core::ProviderId organization, core::ProviderId specialist,
                 core::Instant now);
std::vector<core::ProviderId> StaffOf(Transaction& tx, core::ProviderId organization);
bool IsStaff(Transaction& tx, core::ProviderId organization, core::ProviderId specialist);

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

// Where a page of providers ends: the next one starts after this name and id.
struct ProviderCursor {
  std::string display_name;
  core::ProviderId id;
};
// The providers on a customer's list, by (display name, id).
std::vector<core::Provider> LinkedProviders(Transaction& tx, core::AccountId customer,
                                            const std::optional<ProviderCursor>& after, int limit);

}  // namespace kalends::storage
