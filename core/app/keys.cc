#include "core/app/keys.h"

#include <sodium.h>

#include <cassert>

#include "absl/strings/escaping.h"
#include "core/app/duties.h"
#include "core/base/detail.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "storage/keys.h"
#include "storage/unreadable.h"

namespace kalends::app {
namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::string_view kSecretPrefix = "kal_";

// Those that are not revoked. A damaged one opens nothing any more, and keeps no other out.
std::vector<core::ApiKey> ReadableKeys(storage::Transaction& tx) {
  const storage::LeaveOut left_out(tx);
  return storage::KeysNotRevoked(tx);
}

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

class KeyRing::Shared {
 public:
  explicit Shared(const KeyRing& ring) {
    const std::lock_guard turn(ring.turnstile_);
    lock_ = std::shared_lock(ring.mutex_);
  }

 private:
  std::shared_lock<std::shared_mutex> lock_;
};

class KeyRing::Unique {
 public:
  explicit Unique(const KeyRing& ring) : turn_(ring.turnstile_), lock_(ring.mutex_) {}

 private:
  const std::lock_guard<std::mutex> turn_;
  const std::unique_lock<std::shared_mutex> lock_;
};

KeyRing::KeyRing(core::Clock clock, core::MonotonicClock ticks)
    : clock_(std::move(clock)), ticks_(std::move(ticks)), streams_(ticks_) {}

absl::Status KeyRing::Load(storage::Database& database) {
  return database.Read([&](storage::Transaction& tx) {
    for (const core::ApiKey& key : ReadableKeys(tx)) Add(key);
    return absl::OkStatus();
  });
}

absl::StatusOr<KeyRing::Admitted> KeyRing::Admit(std::string_view secret) {
  const std::string hash = HashSecret(secret);
  const Shared lock(*this);
  const auto found = by_hash_.find(hash);
  if (found == by_hash_.end()) return core::Error(core::Reason::kUnknownKey);
  Entry& entry = *found->second;
  const core::Instant now = clock_();
  RETURN_IF_ERROR(core::CheckInForce(entry.key, now));
  RETURN_IF_ERROR(CountCall(entry));
  const std::int64_t now_s = core::ToUnixSeconds(now);
  // Not written over and over: it would have all threads wait for each other.
  if (entry.used_s.load(std::memory_order_relaxed) != now_s) {
    entry.used_s.store(now_s, std::memory_order_relaxed);
  }
  return Admitted{entry.key.id, entry.key.scopes};
}

absl::Status KeyRing::CountCall(Entry& entry) {
  const int per_second = core::CallsPerSecondOf(entry.key);
  const core::Ticks now = ticks_();
  core::Ticks full_at = entry.full_at.load(std::memory_order_relaxed);
  while (true) {
    const core::TakenCall taken = core::TakeCall(per_second, full_at, now);
    if (taken.wait > core::Ticks(0)) {
      const auto seconds = std::chrono::ceil<std::chrono::seconds>(taken.wait);
      return core::WithDetail(core::Error(core::Reason::kRateLimited,
                                          "The API key is used for more calls than it may make "
                                          "in a second; try again a little later."),
                              core::RetryInfo{seconds});
    }
    if (entry.full_at.compare_exchange_weak(full_at, taken.full_at, std::memory_order_relaxed)) {
      return absl::OkStatus();
    }
  }
}

const KeyRing::Entry* KeyRing::Find(core::ApiKeyId id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

absl::Status KeyRing::Check(core::ApiKeyId id) const {
  const Shared lock(*this);
  const Entry* entry = Find(id);
  if (entry == nullptr) return core::Error(core::Reason::kUnknownKey);
  return core::CheckInForce(entry->key, clock_());
}

absl::StatusOr<std::unique_ptr<OpenStreams::Place>> KeyRing::OpenStream(core::ApiKeyId id,
                                                                        OpenStreams::Ends ends) {
  // Held over both: whoever removes the key finds the stream, or the stream finds no key.
  const Shared lock(*this);
  const Entry* entry = Find(id);
  if (entry == nullptr) return core::Error(core::Reason::kUnknownKey);
  RETURN_IF_ERROR(core::CheckInForce(entry->key, clock_()));
  return streams_.Open(id, core::StreamsOf(entry->key), std::move(ends));
}

void KeyRing::Add(const core::ApiKey& key) {
  auto entry = std::make_unique<Entry>();
  entry->key = key;
  if (key.last_used) {
    entry->used_s = core::ToUnixSeconds(*key.last_used);
    entry->kept_s = core::ToUnixSeconds(*key.last_used);
  }
  const Unique lock(*this);
  by_id_[key.id] = entry.get();
  by_hash_[key.hash] = std::move(entry);
}

void KeyRing::Remove(core::ApiKeyId id) {
  {
    const Unique lock(*this);
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return;
    by_hash_.erase(std::string(found->second->key.hash));
    by_id_.erase(id);
  }
  streams_.End(id, core::Error(core::Reason::kUnknownKey));
}

void KeyRing::EndStreams() {
  std::vector<core::ApiKeyId> expired;
  {
    const Shared lock(*this);
    const core::Instant now = clock_();
    for (const auto& [id, entry] : by_id_) {
      if (core::StateOf(entry->key, now) == core::KeyState::kExpired) expired.push_back(id);
    }
  }
  for (const core::ApiKeyId id : expired) {
    streams_.End(id, core::Error(core::Reason::kExpiredKey));
  }
  streams_.CutOff();
}

void KeyRing::EndStream(const OpenStreams::At& at, const absl::Status& why) {
  streams_.EndOne(at, why);
}

void KeyRing::EndStreamsOf(const std::string& what, const absl::Status& why) {
  streams_.EndWatching(what, why);
}

void KeyRing::StopStreams() {
  streams_.Stop(core::Error(core::Reason::kBusy, "The core is stopping; try the same again."));
}

std::optional<core::Instant> KeyRing::LastUse(core::ApiKeyId id) const {
  const Shared lock(*this);
  const Entry* entry = Find(id);
  if (entry == nullptr || entry->used_s == kNever) return std::nullopt;
  return core::FromUnixSeconds(entry->used_s);
}

std::vector<KeyRing::Use> KeyRing::TakeUses(Uses which) {
  std::vector<Use> uses;
  const Shared lock(*this);
  for (const auto& [id, entry] : by_id_) {
    const std::int64_t used_s = entry->used_s;
    const std::int64_t kept_s = entry->kept_s;
    if (used_s == kept_s) continue;
    const core::Instant used = core::FromUnixSeconds(used_s);
    const auto kept =
        kept_s == kNever ? std::nullopt : std::optional(core::FromUnixSeconds(kept_s));
    if (which == Uses::kDue && !core::IsUseToKeep(kept, used)) continue;
    entry->kept_s = used_s;
    uses.push_back({id, used});
  }
  return uses;
}

absl::StatusOr<NewKey> CreateApiKey(WriteContext& cx, KeyRing& ring, const KeyInput& input) {
  NewKey created;
  created.key.label = input.label;
  created.key.scopes = input.scopes;
  created.key.created = cx.now;
  created.key.expires = input.expires;
  created.key.calls_per_second_max = input.calls_per_second_max;
  created.key.streams_max = input.streams_max;
  RETURN_IF_ERROR(core::CheckNewKey(created.key, cx.now));
  if (ReadableKeys(cx.tx).size() >= core::kApiKeysMax) {
    return core::Error(core::Reason::kLimitReached,
                       "There are too many API keys; revoke some that are not needed any more.");
  }
  const std::string bytes = cx.random(kSecretBytes);
  std::string text;
  absl::WebSafeBase64Escape(bytes, &text);
  created.secret = std::string(kSecretPrefix) + text;
  created.key.id = cx.ids.Next<core::ApiKeyId>(cx.now);
  created.key.hash = HashSecret(created.secret);
  storage::InsertApiKey(cx.tx, created.key);
  cx.after_commit.push_back([&ring, key = created.key] { ring.Add(key); });
  return created;
}

absl::StatusOr<core::ApiKey> RevokeApiKey(WriteContext& cx, KeyRing& ring, core::ApiKeyId id) {
  auto key = storage::FindApiKey(cx.tx, id);
  if (!key) return core::NotFound("apiKeys/*", id);
  if (!key->revoked) {
    RETURN_IF_ERROR(core::CheckMayRevoke(*key, ReadableKeys(cx.tx)));
    key->revoked = cx.now;
    if (const auto used = ring.LastUse(id)) {
      key->last_used = used;
      storage::PutLastUse(cx.tx, id, *used);
    }
    storage::RevokeApiKey(cx.tx, id, cx.now);
  }
  cx.after_commit.push_back([&ring, id] { ring.Remove(id); });
  return *std::move(key);
}

std::vector<core::ApiKey> ListApiKeys(const ReadContext& cx, const KeyRing& ring,
                                      std::optional<core::ApiKeyId> after, int limit) {
  std::vector<core::ApiKey> keys = storage::ListApiKeys(cx.tx, after, limit);
  for (core::ApiKey& key : keys) {
    if (const auto used = ring.LastUse(key.id)) key.last_used = used;
  }
  return keys;
}

void Audit(WriteContext& cx, std::string_view method, std::string_view resource) {
  if (!core::IsTool(cx.caller)) return;
  storage::InsertAuditLine(cx.tx, {cx.now, cx.caller.key, cx.caller.account, std::string(method),
                                   std::string(resource)});
}

void AuditReadingOf(WriteContext& cx, const ReadTrail::Reading& reading) {
  storage::InsertAuditLine(
      cx.tx, {cx.now, reading.key, reading.account, reading.method, reading.resource});
}

std::vector<core::AuditLine> ListAuditLines(const ReadContext& cx, std::int64_t after, int limit) {
  return storage::ListAuditLines(cx.tx, after, limit);
}

extern constinit const Round kEndStreams{"ending the streams of expired keys", [](Engine& engine) {
                                           engine.keys().EndStreams();
                                           return absl::OkStatus();
                                         }};
extern constinit const Round kKeepKeyUses{"keeping the uses of keys", [](Engine& engine) {
                                            return engine.KeepKeyUses(KeyRing::Uses::kDue);
                                          }};

}  // namespace kalends::app
