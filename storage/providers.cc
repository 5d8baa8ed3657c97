#include "storage/providers.h"

#include <algorithm>

#include "storage/privacy.h"
#include "storage/sealed.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

std::string RemindersText(const core::Provider& provider) {
  std::vector<std::int64_t> minutes;
  minutes.reserve(provider.reminders.size());
  for (const core::Minutes before : provider.reminders) minutes.push_back(before.count());
  return JoinNumbers(minutes);
}

Place ReminderTextPlace(core::ProviderId id) { return Place("providers.reminder_text", id); }

// As if it were not set, where it is none: what is booked does not hang on it.
std::string CurrencyAt(const Row& row, int column) {
  std::string code = row.IsSound(column) ? row.Text(column) : "?";
  const bool is_code = code.size() == 3 && std::all_of(code.begin(), code.end(), [](char letter) {
                         return letter >= 'A' && letter <= 'Z';
                       });
  if (code.empty() || is_code) return code;
  row.NoteDamage(column, "it is no currency");
  return "";
}

core::Provider ReadProvider(const Row& row) {
  core::Provider provider;
  provider.id = IdAt<core::ProviderId>(row, 0);
  provider.account = IdAt<core::AccountId>(row, 1);
  provider.kind = ParsedAt(row, 2, core::ParseProviderKind);
  provider.display_name = WordsAt(row, 3);
  provider.default_duration = MinutesAt(row, 4);
  provider.reminders.clear();
  for (const std::int64_t before : NumbersAt(row, 5)) {
    provider.reminders.emplace_back(before);
  }
  provider.created = InstantAt(row, 6);
  provider.version = row.Int(7);
  provider.erased = OptionalInstantAt(row, 8);
  provider.currency = CurrencyAt(row, 9);
  provider.asks_before_moving = FlagAt(row, 10);
  return provider;
}

}  // namespace

void InsertProvider(Transaction& tx, const core::Provider& provider) {
  tx.Execute(
      "INSERT INTO providers (id, account_id, kind, display_name, default_duration_min,"
      " reminders_min, created_s, version, currency, asks_before_moving)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {ToValue(provider.id), ToValue(provider.account), core::NameOf(provider.kind),
       provider.display_name, ToValue(provider.default_duration), RemindersText(provider),
       ToValue(provider.created), provider.version, provider.currency,
       ToValue(provider.asks_before_moving)});
}

void UpdateProvider(Transaction& tx, const core::Provider& provider) {
  const std::optional<core::Provider> kept = FindProvider(tx, provider.id);
  tx.Execute(
      "UPDATE providers SET display_name = CASE $2 WHEN '\uFFFD' THEN display_name ELSE $2 END,"
      " default_duration_min = $3, reminders_min = $4,"
      " version = $5, erased_s = $6, asks_before_moving = $7 WHERE id = $1",
      {ToValue(provider.id), provider.display_name, ToValue(provider.default_duration),
       RemindersText(provider), provider.version, ToValue(provider.erased),
       ToValue(provider.asks_before_moving)});
  // Apart, and only what somebody has set: a damaged one stays as it is kept.
  if (kept && kept->currency != provider.currency) {
    tx.Execute("UPDATE providers SET currency = $2 WHERE id = $1",
               {ToValue(provider.id), provider.currency});
  }
}

std::string ReminderTextOf(Transaction& tx, core::ProviderId id) {
  const auto text = RowOf(tx, "SELECT reminder_text FROM providers WHERE id = $1", {ToValue(id)},
                          [&](const Row& row) { return OpenedAt(row, 0, ReminderTextPlace(id)); });
  return text.value_or("");
}

void SetReminderText(Transaction& tx, core::ProviderId id, std::string_view text) {
  tx.Execute("UPDATE providers SET reminder_text = $2 WHERE id = $1",
             {ToValue(id), Sealed(tx, text, ReminderTextPlace(id))});
}

std::optional<core::Provider> FindProvider(Transaction& tx, core::ProviderId id) {
  return RowOf(
      tx,
      "SELECT id, account_id, kind, display_name, default_duration_min, reminders_min,"
      " created_s, version, erased_s, currency, asks_before_moving FROM providers WHERE id = $1",
      {ToValue(id)}, ReadProvider);
}

std::optional<core::Provider> FindProviderOfAccount(Transaction& tx, core::AccountId account) {
  return RowOf(tx,
               "SELECT id, account_id, kind, display_name, default_duration_min, reminders_min,"
               " created_s, version, erased_s, currency, asks_before_moving FROM providers WHERE "
               "account_id = $1",
               {ToValue(account)}, ReadProvider);
}

void InsertStaff(Transaction& tx, core::ProviderId organization, core::ProviderId specialist,
                 core::Instant now) {
  tx.Execute(
      "INSERT INTO staff (organization_id, specialist_id, created_s) VALUES ($1, $2, $3)"
      " ON CONFLICT (organization_id, specialist_id) DO UPDATE SET created_s = $3,"
      " ended_s = NULL",
      {ToValue(organization), ToValue(specialist), ToValue(now)});
}

std::vector<core::ProviderId> StaffOf(Transaction& tx, core::ProviderId organization) {
  return RowsOf(tx,
                "SELECT specialist_id FROM staff WHERE organization_id = $1"
                " AND ended_s IS NULL ORDER BY specialist_id",
                {ToValue(organization)},
                [](const Row& row) { return IdAt<core::ProviderId>(row, 0); });
}

std::vector<core::ProviderId> OrganizationsOf(Transaction& tx, core::ProviderId specialist) {
  return RowsOf(tx,
                "SELECT organization_id FROM staff WHERE specialist_id = $1"
                " AND ended_s IS NULL ORDER BY organization_id",
                {ToValue(specialist)},
                [](const Row& row) { return IdAt<core::ProviderId>(row, 0); });
}

bool IsStaff(Transaction& tx, core::ProviderId organization, core::ProviderId specialist) {
  return HasRow(tx,
                "SELECT 1 FROM staff WHERE organization_id = $1 AND specialist_id = $2"
                " AND ended_s IS NULL",
                {ToValue(organization), ToValue(specialist)});
}

void EndStaff(Transaction& tx, core::ProviderId organization, core::ProviderId specialist,
              core::Instant now) {
  tx.Execute("UPDATE staff SET ended_s = $3 WHERE organization_id = $1 AND specialist_id = $2",
             {ToValue(organization), ToValue(specialist), ToValue(now)});
}

bool IsFormerStaff(Transaction& tx, core::ProviderId organization, core::ProviderId specialist) {
  return HasRow(tx,
                "SELECT 1 FROM staff WHERE organization_id = $1 AND specialist_id = $2"
                " AND ended_s IS NOT NULL",
                {ToValue(organization), ToValue(specialist)});
}

std::vector<core::Provider> LinkedProviders(Transaction& tx, core::AccountId customer,
                                            const std::optional<ProviderCursor>& after, int limit) {
  // No name is empty, so ("", 0) comes before all.
  const ProviderCursor from = after.value_or(ProviderCursor{});
  return RowsOf(tx,
                "SELECT p.id, p.account_id, p.kind, p.display_name, p.default_duration_min,"
                " p.reminders_min, p.created_s, p.version, p.erased_s, p.currency,"
                " p.asks_before_moving"
                " FROM links AS l JOIN providers AS p ON p.id = l.provider_id"
                " WHERE l.customer_id = $1 AND l.removed_s IS NULL AND (p.display_name, p.id) > "
                "(CASE $2 WHEN '\uFFFD' THEN"
                " (SELECT display_name FROM providers WHERE id = $3) ELSE $2 END, $3)"
                " ORDER BY p.display_name, p.id LIMIT $4",
                {ToValue(customer), from.display_name, ToValue(from.id), limit}, ReadProvider);
}

namespace {

constexpr std::string_view kErasedTables[] = {"staff"};
constexpr KeptTable kKeptTables[] = {
    {"providers", "The books of customers refer to it; the use case takes its name."}};

constexpr Trace kTraces[] = {
    {core::Side::kProvider, "specialists",
     [](Transaction& tx, const Leaver& leaver) -> int {
       return CountOf(tx,
                      "SELECT count(*) FROM staff WHERE organization_id = $1 AND ended_s IS NULL",
                      {ToValue(*leaver.provider)});
     }},
    {core::Side::kProvider, "organizations", [](Transaction& tx, const Leaver& leaver) -> int {
       return CountOf(tx, "SELECT count(*) FROM staff WHERE specialist_id = $1 AND ended_s IS NULL",
                      {ToValue(*leaver.provider)});
     }}};

UnusedBlobs EraseOfProvider(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(tx,
                    {"DELETE FROM staff WHERE organization_id = $1",
                     "DELETE FROM staff WHERE specialist_id = $1"},
                    {ToValue(*leaver.provider)});
}

}  // namespace

extern constinit const Erasure kProvidersErasure{.subject = "providers",
                                                 .tables = kErasedTables,
                                                 .kept = kKeptTables,
                                                 .traces = kTraces,
                                                 .of_provider = EraseOfProvider};

}  // namespace kalends::storage
