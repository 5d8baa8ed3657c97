#include "storage/requests.h"

#include "storage/values.h"

namespace kalends::storage {
namespace {

constexpr std::string_view kSelectKey =
    "SELECT id, hash, label, scopes, created_s, revoked_s, expires_s, last_used_s,"
    " calls_per_second_max, streams_max FROM api_keys";

core::ApiKey ReadApiKey(const Row& row) {
  core::ApiKey key;
  key.id = IdAt<core::ApiKeyId>(row, 0);
  key.hash = row.Text(1);
  key.label = row.Text(2);
  key.scopes = ParsedAt(row, 3, core::ScopeSet::Parse);
  key.created = InstantAt(row, 4);
  key.revoked = OptionalInstantAt(row, 5);
  key.expires = OptionalInstantAt(row, 6);
  key.last_used = OptionalInstantAt(row, 7);
  key.calls_per_second_max = NumberAt(row, 8);
  key.streams_max = NumberAt(row, 9);
  return key;
}

}  // namespace

std::optional<FirstAnswer> FindRequest(Transaction& tx, const RequestKey& key) {
  return RowOf(tx, "SELECT digest, response FROM requests WHERE scope = $1 AND request_id = $2",
               {key.scope, key.request_id},
               [](const Row& row) { return FirstAnswer{row.Text(0), row.Text(1)}; });
}

void InsertRequest(Transaction& tx, const RequestKey& key, const FirstAnswer& answer,
                   core::Instant now) {
  tx.Execute(
      "INSERT INTO requests (scope, request_id, digest, response, created_s)"
      " VALUES ($1, $2, $3, $4, $5)",
      {key.scope, key.request_id, Blob{answer.digest}, Blob{answer.response}, ToValue(now)});
}

std::int64_t PurgeRequests(Transaction& tx, core::Instant before, int limit) {
  return tx.Execute(
      "DELETE FROM requests WHERE (created_s, scope, request_id) IN"
      " (SELECT created_s, scope, request_id FROM requests WHERE created_s < $1"
      " ORDER BY created_s, scope, request_id LIMIT $2)",
      {ToValue(before), limit});
}

std::optional<SessionRow> FindSession(Transaction& tx, std::string_view name) {
  return RowOf(
      tx, "SELECT data, version, written_s FROM sessions WHERE name = $1", {name},
      [](const Row& row) { return SessionRow{row.Text(0), row.Int(1), InstantAt(row, 2)}; });
}

void PutSession(Transaction& tx, std::string_view name, const SessionRow& row) {
  tx.Execute(
      "INSERT INTO sessions (name, data, version, written_s) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (name) DO UPDATE SET data = excluded.data, version = excluded.version,"
      " written_s = excluded.written_s",
      {name, Blob{row.data}, row.version, ToValue(row.written)});
}

std::int64_t PurgeSessions(Transaction& tx, core::Instant before, int limit) {
  return tx.Execute(
      "DELETE FROM sessions WHERE name IN"
      " (SELECT name FROM sessions WHERE written_s < $1 ORDER BY written_s LIMIT $2)",
      {ToValue(before), limit});
}

bool HasExpired(Transaction& tx, core::Instant requests_before, core::Instant sessions_before) {
  return NumberOf(tx,
                  "SELECT CASE WHEN EXISTS (SELECT 1 FROM requests WHERE created_s < $1)"
                  " OR EXISTS (SELECT 1 FROM sessions WHERE written_s < $2) THEN 1 ELSE 0 END",
                  {ToValue(requests_before), ToValue(sessions_before)}) == 1;
}

void InsertApiKey(Transaction& tx, const core::ApiKey& key) {
  tx.Execute(
      "INSERT INTO api_keys (id, hash, label, scopes, created_s, revoked_s, expires_s,"
      " last_used_s, calls_per_second_max, streams_max)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {ToValue(key.id), Blob{key.hash}, key.label, key.scopes.ToString(), ToValue(key.created),
       ToValue(key.revoked), ToValue(key.expires), ToValue(key.last_used),
       ToValue(key.calls_per_second_max), ToValue(key.streams_max)});
}

void RevokeApiKey(Transaction& tx, core::ApiKeyId id, core::Instant now) {
  tx.Execute("UPDATE api_keys SET revoked_s = $2 WHERE id = $1", {ToValue(id), ToValue(now)});
}

void PutLastUse(Transaction& tx, core::ApiKeyId id, core::Instant used) {
  tx.Execute("UPDATE api_keys SET last_used_s = $2 WHERE id = $1 AND revoked_s IS NULL",
             {ToValue(id), ToValue(used)});
}

std::optional<core::ApiKey> FindApiKey(Transaction& tx, core::ApiKeyId id) {
  return RowOf(tx, std::string(kSelectKey) + " WHERE id = $1", {ToValue(id)}, ReadApiKey);
}

std::vector<core::ApiKey> ListApiKeys(Transaction& tx, std::optional<core::ApiKeyId> after,
                                      int limit) {
  return RowsOf(tx, std::string(kSelectKey) + " WHERE id > $1 ORDER BY id LIMIT $2",
                {ToValue(after.value_or(core::ApiKeyId{-1})), limit}, ReadApiKey);
}

std::vector<core::ApiKey> KeysNotRevoked(Transaction& tx) {
  return RowsOf(tx, std::string(kSelectKey) + " WHERE revoked_s IS NULL ORDER BY id", {},
                ReadApiKey);
}

}  // namespace kalends::storage
