// API keys. Call only inside Database::Read or Submit.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/keys/api_key.h"
#include "storage/database.h"

namespace kalends::storage {

void InsertApiKey(Transaction& tx, const core::ApiKey& key);
void RevokeApiKey(Transaction& tx, core::ApiKeyId id, core::Instant now);
// Of a key that is not revoked: what is known of one that is stays.
void PutLastUse(Transaction& tx, core::ApiKeyId id, core::Instant used);
std::optional<core::ApiKey> FindApiKey(Transaction& tx, core::ApiKeyId id);
// By id, from above `after`.
std::vector<core::ApiKey> ListApiKeys(Transaction& tx, std::optional<core::ApiKeyId> after,
                                      int limit);
// Whether there is one, revoked or damaged.
bool HasApiKeys(Transaction& tx);
// All of them, expired ones too, by id.
std::vector<core::ApiKey> KeysNotRevoked(Transaction& tx);

// Lines are never changed.
void InsertAuditLine(Transaction& tx, const core::AuditLine& line);
// In their order, from above number `after`.
std::vector<core::AuditLine> ListAuditLines(Transaction& tx, std::int64_t after, int limit);

}  // namespace kalends::storage
