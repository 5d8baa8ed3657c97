// API keys: only their hashes are kept; those that are not revoked are in memory.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/app/context.h"
#include "core/app/keys_reads.h"
#include "core/app/keys_streams.h"
#include "core/keys/api_key.h"
#include "core/keys/call_rate.h"
#include "core/operate/metrics.h"

namespace kalends::app {

// The hash by which a secret is known: BLAKE2b, 32 bytes. The secrets are random, so a fast hash
// without salt is enough.
std::string HashSecret(std::string_view secret);

// The keys that are not revoked. Thread-safe.
class KeyRing {
 public:
  KeyRing(core::Clock clock, core::MonotonicClock ticks);

  absl::Status Load(storage::Database& database);

  struct Admitted {
    core::ApiKeyId id;
    core::ScopeSet scopes;
  };
  // Lets a call with this secret in, and counts it: UNKNOWN_KEY, EXPIRED_KEY; RATE_LIMITED with
  // RetryInfo.
  absl::StatusOr<Admitted> Admit(std::string_view secret);
  // Whether the key is still in force, for what was let in before: UNKNOWN_KEY, EXPIRED_KEY.
  absl::Status Check(core::ApiKeyId id) const;

  // A place for a stream, to be held while it is open. Once the key is not in force any more, its
  // streams are told to end; the reason is that of Check. UNKNOWN_KEY, EXPIRED_KEY, LIMIT_REACHED.
  absl::StatusOr<std::unique_ptr<OpenStreams::Place>> OpenStream(core::ApiKeyId id,
                                                                 OpenStreams::Ends ends);

  void Add(const core::ApiKey& key);
  // Its streams have been told to end when this returns.
  void Remove(core::ApiKeyId id);
  // What time does: ends the streams of keys that have expired, and cuts off those that were told
  // to end and have not.
  void EndStreams();

  // It has been told to end when this returns, if it was still open.
  void EndStream(const OpenStreams::At& at, const absl::Status& why);
  // The account or the file is gone: its streams have been told to end when this returns.
  void EndStreamsOf(const std::string& what, const absl::Status& why);

  // The core is stopping: all streams are told to try the same again, and so are those to come.
  void StopStreams();

  // When the key was last used; nullopt: never, or it is revoked.
  std::optional<core::Instant> LastUse(core::ApiKeyId id) const;
  struct Use {
    core::ApiKeyId key;
    core::Instant at;
  };
  // The uses that are to be written down now (core::IsUseToKeep), or all that are not yet. They
  // count as written: what fails is left to the next use a minute later.
  enum class Uses { kDue, kAll };
  std::vector<Use> TakeUses(Uses which);

 private:
  struct Entry {
    core::ApiKey key;
    std::atomic<core::Ticks> full_at{core::Ticks(0)};  // See TakeCall.
    std::atomic<std::int64_t> used_s{kNever};          // Unix seconds.
    std::atomic<std::int64_t> kept_s{kNever};
  };
  static constexpr std::int64_t kNever = -1;

  absl::Status CountCall(Entry& entry);
  // Under the lock; nullptr: there is none.
  const Entry* Find(core::ApiKeyId id) const;

  const core::Clock clock_;
  const core::MonotonicClock ticks_;
  OpenStreams streams_;
  const operate::Sampled streams_open_{
      "kalends_core_streams_open", "Streams that are open, of all keys together.",
      [this] { return static_cast<double>(streams_.CountOpen()); }};
  // Through the turnstile to the other: whoever changes keys waits there for the calls that are in,
  // and the calls behind it wait for the change. On its own a shared mutex lets readers keep a
  // writer out for as long as they overlap, and a revocation must not wait for calls to become few.
  class Shared;
  class Unique;
  mutable std::mutex turnstile_;
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, std::unique_ptr<Entry>> by_hash_;
  std::unordered_map<core::ApiKeyId, Entry*> by_id_;
};

// What somebody asks of a key that is to be made.
struct KeyInput {
  std::string label;
  core::ScopeSet scopes;
  std::optional<core::Instant> expires = std::nullopt;
  int calls_per_second_max = 0;
  int streams_max = 0;
};
struct NewKey {
  core::ApiKey key;
  std::string secret;  // "kal_" and 43 characters; shown once.
};
// Leaves an audit line of a change that a tool or an operator made, in its transaction. What an
// adapter does stands with what it changed.
void Audit(WriteContext& cx, std::string_view method, std::string_view resource);
// The same of what was read.
void AuditReadingOf(WriteContext& cx, const ReadTrail::Reading& reading);
// In their order, from above number `after`.
std::vector<core::AuditLine> ListAuditLines(const ReadContext& cx, std::int64_t after, int limit);

absl::StatusOr<NewKey> CreateApiKey(WriteContext& cx, KeyRing& ring, const KeyInput& input);
absl::StatusOr<core::ApiKey> RevokeApiKey(WriteContext& cx, KeyRing& ring, core::ApiKeyId id);
// With their last uses as they are by now.
std::vector<core::ApiKey> ListApiKeys(const ReadContext& cx, const KeyRing& ring,
                                      std::optional<core::ApiKeyId> after, int limit);

}  // namespace kalends::app
