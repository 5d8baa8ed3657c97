#include "storage/people.h"

#include "storage/values.h"

namespace kalends::storage {
namespace {

core::Account ReadAccount(const Row& row) {
  core::Account account;
  account.id = IdAt<core::AccountId>(row, 0);
  account.display_name = row.Text(1);
  account.language = ParsedAt(row, 2, core::ParseLanguage);
  account.time_zone = row.Text(3);
  account.created = InstantAt(row, 4);
  account.version = row.Int(5);
  account.erased = OptionalInstantAt(row, 6);
  return account;
}

IdentityRow ReadIdentity(const Row& row) {
  return {{row.Text(0), row.Text(1)}, IdAt<core::AccountId>(row, 2), FlagAt(row, 3)};
}

std::string RemindersText(const core::Provider& provider) {
  std::vector<std::int64_t> minutes;
  for (const core::Minutes before : provider.reminders) minutes.push_back(before.count());
  return JoinNumbers(minutes);
}

core::Provider ReadProvider(const Row& row) {
  core::Provider provider;
  provider.id = IdAt<core::ProviderId>(row, 0);
  provider.account = IdAt<core::AccountId>(row, 1);
  provider.kind = ParsedAt(row, 2, core::ParseProviderKind);
  provider.display_name = row.Text(3);
  provider.default_duration = MinutesAt(row, 4);
  provider.reminders.clear();
  for (const std::int64_t before : SplitNumbers(row.Text(5))) {
    provider.reminders.emplace_back(before);
  }
  provider.created = InstantAt(row, 6);
  provider.version = row.Int(7);
  provider.erased = OptionalInstantAt(row, 8);
  return provider;
}

// Brings the lines of the outbox in line with whether the account can be reached.
void ParkOrBringBack(Transaction& tx, core::AccountId account) {
  const bool reachable = HasRow(
      tx, "SELECT 1 FROM identities WHERE account_id = $1 AND reachable = 1", {ToValue(account)});
  tx.Execute("UPDATE notifications SET parked = $2 WHERE recipient_id = $1",
             {ToValue(account), ToValue(!reachable)});
}

core::Link ReadLink(const Row& row) {
  return {IdAt<core::ProviderId>(row, 0), IdAt<core::AccountId>(row, 1), InstantAt(row, 2),
          OptionalInstantAt(row, 3), OptionalInstantAt(row, 4)};
}

}  // namespace

void InsertAccount(Transaction& tx, const core::Account& account) {
  tx.Execute(
      "INSERT INTO accounts (id, display_name, language, time_zone, created_s, version, erased_s)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {ToValue(account.id), account.display_name, core::CodeOf(account.language), account.time_zone,
       ToValue(account.created), account.version, ToValue(account.erased)});
}

void UpdateAccount(Transaction& tx, const core::Account& account) {
  tx.Execute(
      "UPDATE accounts SET display_name = $2, language = $3, time_zone = $4, version = $5,"
      " erased_s = $6 WHERE id = $1",
      {ToValue(account.id), account.display_name, core::CodeOf(account.language), account.time_zone,
       account.version, ToValue(account.erased)});
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

void InsertProvider(Transaction& tx, const core::Provider& provider) {
  tx.Execute(
      "INSERT INTO providers (id, account_id, kind, display_name, default_duration_min,"
      " reminders_min, created_s, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {ToValue(provider.id), ToValue(provider.account), core::NameOf(provider.kind),
       provider.display_name, ToValue(provider.default_duration), RemindersText(provider),
       ToValue(provider.created), provider.version});
}

void UpdateProvider(Transaction& tx, const core::Provider& provider) {
  tx.Execute(
      "UPDATE providers SET display_name = $2, default_duration_min = $3, reminders_min = $4,"
      " version = $5, erased_s = $6 WHERE id = $1",
      {ToValue(provider.id), provider.display_name, ToValue(provider.default_duration),
       RemindersText(provider), provider.version, ToValue(provider.erased)});
}

std::optional<core::Provider> FindProvider(Transaction& tx, core::ProviderId id) {
  return RowOf(tx,
               "SELECT id, account_id, kind, display_name, default_duration_min, reminders_min,"
               " created_s, version, erased_s FROM providers WHERE id = $1",
               {ToValue(id)}, ReadProvider);
}

std::optional<core::Provider> FindProviderOfAccount(Transaction& tx, core::AccountId account) {
  return RowOf(tx,
               "SELECT id, account_id, kind, display_name, default_duration_min, reminders_min,"
               " created_s, version, erased_s FROM providers WHERE account_id = $1",
               {ToValue(account)}, ReadProvider);
}

void InsertStaff(Transaction& tx, core::ProviderId organization, core::ProviderId specialist,
                 core::Instant now) {
  tx.Execute("INSERT INTO staff (organization_id, specialist_id, created_s) VALUES ($1, $2, $3)",
             {ToValue(organization), ToValue(specialist), ToValue(now)});
}

std::vector<core::ProviderId> StaffOf(Transaction& tx, core::ProviderId organization) {
  return RowsOf(tx,
                "SELECT specialist_id FROM staff WHERE organization_id = $1"
                " ORDER BY specialist_id",
                {ToValue(organization)},
                [](const Row& row) { return IdAt<core::ProviderId>(row, 0); });
}

bool IsStaff(Transaction& tx, core::ProviderId organization, core::ProviderId specialist) {
  return HasRow(tx, "SELECT 1 FROM staff WHERE organization_id = $1 AND specialist_id = $2",
                {ToValue(organization), ToValue(specialist)});
}

void InsertLink(Transaction& tx, core::ProviderId provider, core::AccountId customer,
                core::Instant now) {
  tx.Execute("INSERT INTO links (provider_id, customer_id, created_s) VALUES ($1, $2, $3)",
             {ToValue(provider), ToValue(customer), ToValue(now)});
}

std::optional<core::Link> FindLink(Transaction& tx, core::ProviderId provider,
                                   core::AccountId customer) {
  return RowOf(tx,
               "SELECT provider_id, customer_id, created_s, removed_s, blocked_s FROM links"
               " WHERE provider_id = $1 AND customer_id = $2",
               {ToValue(provider), ToValue(customer)}, ReadLink);
}

std::vector<core::Link> LinksOf(Transaction& tx, core::AccountId customer, core::ProviderId after,
                                int limit) {
  return RowsOf(tx,
                "SELECT provider_id, customer_id, created_s, removed_s, blocked_s FROM links"
                " WHERE customer_id = $1 AND provider_id > $2 ORDER BY provider_id LIMIT $3",
                {ToValue(customer), ToValue(after), limit}, ReadLink);
}

std::vector<core::Link> LinksOf(Transaction& tx, core::ProviderId provider, core::AccountId after,
                                int limit) {
  return RowsOf(tx,
                "SELECT provider_id, customer_id, created_s, removed_s, blocked_s FROM links"
                " WHERE provider_id = $1 AND customer_id > $2 ORDER BY customer_id LIMIT $3",
                {ToValue(provider), ToValue(after), limit}, ReadLink);
}

void UpdateLink(Transaction& tx, const core::Link& link) {
  tx.Execute(
      "UPDATE links SET removed_s = $3, blocked_s = $4 WHERE provider_id = $1 AND customer_id = $2",
      {ToValue(link.provider), ToValue(link.customer), ToValue(link.removed),
       ToValue(link.blocked)});
}

bool HasLink(Transaction& tx, core::ProviderId provider, core::AccountId customer) {
  return HasRow(tx,
                "SELECT 1 FROM links WHERE provider_id = $1 AND customer_id = $2"
                " AND removed_s IS NULL",
                {ToValue(provider), ToValue(customer)});
}

std::vector<core::Provider> LinkedProviders(Transaction& tx, core::AccountId customer,
                                            const std::optional<ProviderCursor>& after, int limit) {
  // No name is empty, so ("", 0) comes before all.
  const ProviderCursor from = after.value_or(ProviderCursor{});
  return RowsOf(
      tx,
      "SELECT p.id, p.account_id, p.kind, p.display_name, p.default_duration_min,"
      " p.reminders_min, p.created_s, p.version, p.erased_s"
      " FROM links AS l JOIN providers AS p ON p.id = l.provider_id"
      " WHERE l.customer_id = $1 AND l.removed_s IS NULL AND (p.display_name, p.id) > ($2, $3)"
      " ORDER BY p.display_name, p.id LIMIT $4",
      {ToValue(customer), from.display_name, ToValue(from.id), limit}, ReadProvider);
}

}  // namespace kalends::storage
