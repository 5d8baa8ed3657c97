#include "storage/requests.h"

#include "storage/privacy.h"
#include "storage/values.h"

namespace kalends::storage {

std::optional<FirstAnswer> FindRequest(Transaction& tx, const RequestKey& key) {
  return RowOf(tx, "SELECT digest, response FROM requests WHERE scope = $1 AND request_id = $2",
               {key.scope, key.request_id},
               [](const Row& row) { return FirstAnswer{row.Text(0), row.Text(1)}; });
}

void InsertRequest(Transaction& tx, const RequestKey& key, const FirstAnswer& answer,
                   const std::set<core::AccountId>& people, core::Instant now) {
  const std::int64_t number = NumberOf(
      tx,
      "INSERT INTO requests (scope, request_id, digest, response, created_s)"
      " VALUES ($1, $2, $3, $4, $5) RETURNING number",
      {key.scope, key.request_id, Blob{answer.digest}, Blob{answer.response}, ToValue(now)});
  for (const core::AccountId account : people) {
    tx.Execute("INSERT INTO request_people (number, account_id) VALUES ($1, $2)",
               {number, ToValue(account)});
  }
}

std::set<core::AccountId> PeopleBehind(Transaction& tx, const NamedInAnswer& named) {
  std::set<core::AccountId> people;
  const auto add = [&](std::string_view sql, const auto& ids) {
    for (const auto id : ids) {
      tx.Query(sql, {ToValue(id)},
               [&](const Row& row) { people.insert(IdAt<core::AccountId>(row, 0)); });
    }
  };
  std::set<core::ProviderId> providers = named.providers;
  for (const core::AppointmentId id : named.appointments) {
    tx.Query("SELECT customer_id, provider_id, specialist_id FROM appointments WHERE id = $1",
             {ToValue(id)}, [&](const Row& row) {
               people.insert(IdAt<core::AccountId>(row, 0));
               providers.insert(IdAt<core::ProviderId>(row, 1));
               providers.insert(IdAt<core::ProviderId>(row, 2));
             });
  }
  add("SELECT id FROM accounts WHERE id = $1", named.accounts);
  add("SELECT account_id FROM providers WHERE id = $1", providers);
  add("SELECT account_id FROM tickets WHERE id = $1", named.tickets);
  return people;
}

std::int64_t PurgeRequests(Transaction& tx, core::Instant before, int limit) {
  return tx.Execute(
      "DELETE FROM requests WHERE number IN"
      " (SELECT number FROM requests WHERE created_s < $1 ORDER BY created_s, number LIMIT $2)",
      {ToValue(before), limit});
}

bool HasOldRequests(Transaction& tx, core::Instant before) {
  return HasRow(tx, "SELECT 1 FROM requests WHERE created_s < $1 LIMIT 1", {ToValue(before)});
}

namespace {

constexpr std::string_view kErasedTables[] = {"requests", "request_people"};

// Of others' answers with words of the leaver the mark stays that what was asked is done.
UnusedBlobs EraseOfCustomer(Transaction& tx, const Leaver& leaver) {
  ExecuteAll(tx, {"DELETE FROM requests WHERE scope = $1"}, {leaver.request_scope});
  tx.Execute(
      "UPDATE requests SET response = $2 WHERE number IN"
      " (SELECT number FROM request_people WHERE account_id = $1)",
      {ToValue(leaver.account), Blob{}});
  return ExecuteAll(tx, {"DELETE FROM request_people WHERE account_id = $1"},
                    {ToValue(leaver.account)});
}

}  // namespace

extern constinit const Erasure kRequestsErasure{
    .subject = "requests", .tables = kErasedTables, .of_customer = EraseOfCustomer};

}  // namespace kalends::storage
