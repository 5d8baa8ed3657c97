#include "storage/keys.h"

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
  key.label = WordsAt(row, 2);
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
  static const std::string sql = std::string(kSelectKey) + " WHERE id = $1";
  return RowOf(tx, sql, {ToValue(id)}, ReadApiKey);
}

std::vector<core::ApiKey> ListApiKeys(Transaction& tx, std::optional<core::ApiKeyId> after,
                                      int limit) {
  static const std::string sql = std::string(kSelectKey) + " WHERE id > $1 ORDER BY id LIMIT $2";
  return RowsOf(tx, sql, {ToValue(after.value_or(core::ApiKeyId{-1})), limit}, ReadApiKey);
}

bool HasApiKeys(Transaction& tx) {
  return HasRow(tx, "SELECT 1 FROM api_keys WHERE id > -1 LIMIT 1", {});
}

std::vector<core::ApiKey> KeysNotRevoked(Transaction& tx) {
  static const std::string sql = std::string(kSelectKey) + " WHERE revoked_s IS NULL ORDER BY id";
  return RowsOf(tx, sql, {}, ReadApiKey);
}

void InsertAuditLine(Transaction& tx, const core::AuditLine& line) {
  tx.Execute(
      "INSERT INTO audit_lines (number, when_s, key_id, account_id, method, resource)"
      " SELECT coalesce(max(number), 0) + 1, $1, $2, $3, $4, $5 FROM audit_lines",
      {ToValue(line.when), ToValue(line.key), ToValue(line.account), line.method, line.resource});
}

std::vector<core::AuditLine> ListAuditLines(Transaction& tx, std::int64_t after, int limit) {
  return RowsOf(tx,
                "SELECT when_s, key_id, account_id, method, resource, number FROM audit_lines"
                " WHERE number > $1 ORDER BY number LIMIT $2",
                {after, limit}, [](const Row& row) {
                  return core::AuditLine{InstantAt(row, 0),
                                         IdAt<core::ApiKeyId>(row, 1),
                                         OptionalIdAt<core::AccountId>(row, 2),
                                         row.Text(3),
                                         row.Text(4),
                                         row.Int(5)};
                });
}

}  // namespace kalends::storage
