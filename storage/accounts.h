// Accounts and their identities. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <vector>

#include "core/accounts/account.h"
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

}  // namespace kalends::storage
