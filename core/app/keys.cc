#include "core/app/keys.h"

#include <sodium.h>

#include <cassert>

#include "absl/strings/escaping.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "storage/requests.h"

namespace kalends::app {
namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::string_view kSecretPrefix = "kal_";

}  // namespace

std::string HashSecret(std::string_view secret) {
  std::string hash(crypto_generichash_BYTES, '\0');
  const int failed = crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                                        reinterpret_cast<const unsigned char*>(secret.data()),
                                        secret.size(), nullptr, 0);
  assert(failed == 0);
  static_cast<void>(failed);
  return hash;
}

absl::Status KeyRing::Load(storage::Database& database) {
  return database.Read([&](storage::Transaction& tx) {
    for (const core::ApiKey& key : storage::ListApiKeys(tx, std::nullopt, core::kApiKeysMax)) {
      if (!key.revoked) Add(key);
    }
    return absl::OkStatus();
  });
}

std::optional<core::ApiKey> KeyRing::Find(std::string_view secret) const {
  const std::string hash = HashSecret(secret);
  const std::shared_lock lock(mutex_);
  const auto found = by_hash_.find(hash);
  return found == by_hash_.end() ? std::nullopt : std::optional(found->second);
}

void KeyRing::Add(const core::ApiKey& key) {
  const std::unique_lock lock(mutex_);
  by_hash_.insert_or_assign(key.hash, key);
}

void KeyRing::Remove(const core::ApiKey& key) {
  const std::unique_lock lock(mutex_);
  by_hash_.erase(key.hash);
}

absl::StatusOr<NewKey> CreateApiKey(WriteContext& cx, KeyRing& ring, const std::string& label,
                                    core::ScopeSet scopes) {
  RETURN_IF_ERROR(CheckText("api_key.display_name", label, 1, core::kLabelCharsMax));
  if (scopes.empty()) return core::InvalidField("api_key.scopes", "must be at least one");
  if (storage::ListApiKeys(cx.tx, std::nullopt, core::kApiKeysMax).size() >= core::kApiKeysMax) {
    return core::Error(core::Reason::kLimitReached, "There are too many API keys.");
  }
  const std::string bytes = cx.random(kSecretBytes);
  std::string text;
  absl::WebSafeBase64Escape(bytes, &text);
  NewKey created;
  created.secret = std::string(kSecretPrefix) + text;
  created.key.id = cx.ids.Next<core::ApiKeyId>(cx.now);
  created.key.hash = HashSecret(created.secret);
  created.key.label = label;
  created.key.scopes = scopes;
  created.key.created = cx.now;
  storage::InsertApiKey(cx.tx, created.key);
  cx.after_commit.push_back([&ring, key = created.key] { ring.Add(key); });
  return created;
}

absl::StatusOr<core::ApiKey> RevokeApiKey(WriteContext& cx, KeyRing& ring, core::ApiKeyId id) {
  auto key = storage::FindApiKey(cx.tx, id);
  if (!key) return core::Error(core::Reason::kNotFound);
  if (!key->revoked) {
    key->revoked = cx.now;
    storage::RevokeApiKey(cx.tx, id, cx.now);
  }
  cx.after_commit.push_back([&ring, key = *key] { ring.Remove(key); });
  return *std::move(key);
}

std::vector<core::ApiKey> ListApiKeys(const ReadContext& cx, std::optional<core::ApiKeyId> after,
                                      int limit) {
  return storage::ListApiKeys(cx.tx, after, limit);
}

}  // namespace kalends::app
