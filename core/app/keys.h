// API keys: only their hashes are kept; those in force are in memory.
#pragma once

#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/access/access.h"
#include "core/app/context.h"

namespace kalends::app {

// The hash by which a secret is known: BLAKE2b, 32 bytes. The secrets are random, so a fast hash
// without salt is enough.
std::string HashSecret(std::string_view secret);

// The keys in force. Thread-safe.
class KeyRing {
 public:
  absl::Status Load(storage::Database& database);
  // The key with this secret; nullopt: unknown or revoked.
  std::optional<core::ApiKey> Find(std::string_view secret) const;
  void Add(const core::ApiKey& key);
  void Remove(const core::ApiKey& key);

 private:
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, core::ApiKey> by_hash_;
};

struct NewKey {
  core::ApiKey key;
  std::string secret;  // "kal_" and 43 characters; shown once.
};
absl::StatusOr<NewKey> CreateApiKey(WriteContext& cx, KeyRing& ring, const std::string& label,
                                    core::ScopeSet scopes);
absl::StatusOr<core::ApiKey> RevokeApiKey(WriteContext& cx, KeyRing& ring, core::ApiKeyId id);
std::vector<core::ApiKey> ListApiKeys(const ReadContext& cx, std::optional<core::ApiKeyId> after,
                                      int limit);

}  // namespace kalends::app
