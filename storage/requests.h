// First answers by request_id (SPEC 4.4), opaque sessions of adapters, API keys.
// Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/access/api_key.h"
#include "core/base/time.h"
#include "storage/database.h"

namespace kalends::storage {

// `scope` is who asked: "account:<id>" or "key:<id>".
struct RequestKey {
  std::string scope;
  std::string request_id;  // Or what stands for it.
};
struct FirstAnswer {
  std::string digest;    // Keyed hash of method and content; differs: the id was reused.
  std::string response;  // Serialized and sealed.
};
std::optional<FirstAnswer> FindRequest(Transaction& tx, const RequestKey& key);
void InsertRequest(Transaction& tx, const RequestKey& key, const FirstAnswer& answer,
                   core::Instant now);
// Removes at most `limit` answers from before `before`; returns how many.
std::int64_t PurgeRequests(Transaction& tx, core::Instant before, int limit);

struct SessionRow {
  std::string data;
  std::int64_t version = 0;
  core::Instant written;
};
std::optional<SessionRow> FindSession(Transaction& tx, std::string_view name);
void PutSession(Transaction& tx, std::string_view name, const SessionRow& row);
std::int64_t PurgeSessions(Transaction& tx, core::Instant before, int limit);

// Whether anything is old enough for PurgeRequests or PurgeSessions.
bool HasExpired(Transaction& tx, core::Instant requests_before, core::Instant sessions_before);

void InsertApiKey(Transaction& tx, const core::ApiKey& key);
void RevokeApiKey(Transaction& tx, core::ApiKeyId id, core::Instant now);
// Of a key that is not revoked: what is known of one that is stays.
void PutLastUse(Transaction& tx, core::ApiKeyId id, core::Instant used);
std::optional<core::ApiKey> FindApiKey(Transaction& tx, core::ApiKeyId id);
// By id, from above `after`.
std::vector<core::ApiKey> ListApiKeys(Transaction& tx, std::optional<core::ApiKeyId> after,
                                      int limit);
// All of them, expired ones too, by id.
std::vector<core::ApiKey> KeysNotRevoked(Transaction& tx);

}  // namespace kalends::storage
