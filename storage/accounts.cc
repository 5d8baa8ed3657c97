#include "storage/accounts.h"

#include "storage/privacy.h"
#include "storage/sealed.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

Place AccountNamePlace(core::AccountId id) { return Place("accounts.display_name", id); }

// What people set, and can set again, keeps nobody out: it is as if it were not set.
core::Language LanguageAt(const Row& row, int column) {
  const auto language = row.IsSound(column) ? core::ParseLanguage(row.Text(column)) : std::nullopt;
  if (!language) row.NoteDamage(column, "it is no language");
  return language.value_or(core::Account().language);
}

// A name that no file is for any more is a name.
std::string ZoneAt(const Row& row, int column) {
  if (row.IsSound(column)) return row.Text(column);
  row.NoteDamage(column, "it is no text in UTF-8");
  return "";
}

core::Account ReadAccount(const Row& row) {
  core::Account account;
  account.id = IdAt<core::AccountId>(row, 0);
  account.display_name = OpenedAt(row, 1, AccountNamePlace(account.id));
  account.language = LanguageAt(row, 2);
  account.time_zone = ZoneAt(row, 3);
  account.created = InstantAt(row, 4);
  account.version = row.Int(5);
  account.erased = OptionalInstantAt(row, 6);
  return account;
}

IdentityRow ReadIdentity(const Row& row) {
  return {{row.Text(0), row.Text(1)}, IdAt<core::AccountId>(row, 2), FlagAt(row, 3)};
}

// Brings the lines of the outbox in line with whether the account can be reached.
void ParkOrBringBack(Transaction& tx, core::AccountId account) {
  const bool reachable = HasRow(
      tx, "SELECT 1 FROM identities WHERE account_id = $1 AND reachable = 1", {ToValue(account)});
  tx.Execute("UPDATE notifications SET parked = $2 WHERE recipient_id = $1",
             {ToValue(account), ToValue(!reachable)});
}

}  // namespace

void InsertAccount(Transaction& tx, const core::Account& account) {
  tx.Execute(
      "INSERT INTO accounts (id, display_name, language, time_zone, created_s, version, erased_s)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {ToValue(account.id), Sealed(tx, account.display_name, AccountNamePlace(account.id)),
       core::CodeOf(account.language), account.time_zone, ToValue(account.created), account.version,
       ToValue(account.erased)});
}

void UpdateAccount(Transaction& tx, const core::Account& account) {
  const std::optional<core::Account> kept = FindAccount(tx, account.id);
  tx.Execute("UPDATE accounts SET display_name = $2, version = $3, erased_s = $4 WHERE id = $1",
             {ToValue(account.id), Sealed(tx, account.display_name, AccountNamePlace(account.id)),
              account.version, ToValue(account.erased)});
  // Apart, and only what somebody has set: a damaged one stays as it is kept.
  const core::Account before = kept.value_or(account);
  if (account.language != before.language) {
    tx.Execute("UPDATE accounts SET language = $2 WHERE id = $1",
               {ToValue(account.id), core::CodeOf(account.language)});
  }
  if (account.time_zone != before.time_zone) {
    tx.Execute("UPDATE accounts SET time_zone = $2 WHERE id = $1",
               {ToValue(account.id), account.time_zone});
  }
}

std::optional<core::Account> FindAccount(Transaction& tx, core::AccountId id) {
  return RowOf(tx,
               "SELECT id, display_name, language, time_zone, created_s, version, erased_s"
               " FROM accounts WHERE id = $1",
               {ToValue(id)}, ReadAccount);
}

void InsertIdentity(Transaction& tx, const IdentityRow& row) {
  tx.Execute(
      "INSERT INTO identities (channel, address, account_id, reachable) VALUES ($1, $2, $3, $4)",
      {row.identity.channel, row.identity.address, ToValue(row.account), ToValue(row.reachable)});
  ParkOrBringBack(tx, row.account);
}

std::optional<IdentityRow> FindIdentity(Transaction& tx, const core::Identity& identity) {
  return RowOf(tx,
               "SELECT channel, address, account_id, reachable FROM identities"
               " WHERE channel = $1 AND address = $2",
               {identity.channel, identity.address}, ReadIdentity);
}

void SetReachable(Transaction& tx, const core::Identity& identity, bool reachable) {
  tx.Execute("UPDATE identities SET reachable = $3 WHERE channel = $1 AND address = $2",
             {identity.channel, identity.address, ToValue(reachable)});
  const auto row = FindIdentity(tx, identity);
  if (row) ParkOrBringBack(tx, row->account);
}

std::vector<IdentityRow> IdentitiesOf(Transaction& tx, core::AccountId account) {
  return RowsOf(tx,
                "SELECT channel, address, account_id, reachable FROM identities"
                " WHERE account_id = $1 ORDER BY channel, address",
                {ToValue(account)}, ReadIdentity);
}

namespace {

constexpr std::string_view kErasedTables[] = {"identities"};
constexpr KeptTable kKeptTables[] = {
    {"accounts", "The books of others refer to it; the use case takes its name."},
    {"audit_lines", "Whoever was acted for: what operators and tools did is never changed."}};

UnusedBlobs EraseOfCustomer(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(tx, {"DELETE FROM identities WHERE account_id = $1"},
                    {ToValue(leaver.account)});
}

}  // namespace

extern constinit const Erasure kAccountsErasure{.subject = "accounts",
                                                .tables = kErasedTables,
                                                .kept = kKeptTables,
                                                .of_customer = EraseOfCustomer};

}  // namespace kalends::storage
