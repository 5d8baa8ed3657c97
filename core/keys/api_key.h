// API keys: how long they are in force, how much they may call, and which of them must stay.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "core/access/access.h"
#include "core/base/id.h"
#include "core/base/time.h"

namespace kalends::core {

struct ApiKey {
  ApiKeyId id;
  std::string hash;  // Of the secret; 32 bytes.
  std::string label;
  ScopeSet scopes;
  Instant created;
  std::optional<Instant> revoked = std::nullopt;
  std::optional<Instant> expires = std::nullopt;    // It is of no use from then on.
  std::optional<Instant> last_used = std::nullopt;  // As it was last written down.
  int calls_per_second_max = 0;                     // 0: the default. As many may come at once.
  int streams_max = 0;                              // 0: the default. Open at a time.
};

// What a tool or an operator changed (SPEC 7.10).
struct AuditLine {
  Instant when;
  ApiKeyId key;
  std::optional<AccountId> account;  // For whom; nullopt: for nobody.
  std::string method;                // "PaymentService.CreatePayment".
  std::string resource;              // Its name, of ids; empty: it has none.
  std::int64_t number = 0;           // Its place in their order, given when it is written.
};

enum class KeyState { kActive, kExpired, kRevoked };
KeyState StateOf(const ApiKey& key, Instant now);
// UNKNOWN_KEY: it is revoked. EXPIRED_KEY.
absl::Status CheckInForce(const ApiKey& key, Instant now);

// With the defaults filled in.
int CallsPerSecondOf(const ApiKey& key);
int StreamsOf(const ApiKey& key);

// Whether a key may be made so: INVALID_FIELD.
absl::Status CheckNewKey(const ApiKey& key, Instant now);
// Whether `key` may be revoked, where `keys` are all that are not: LAST_ADMIN_KEY if no other admin
// key would be left that stays in force by itself. One that expires does not count: one day it
// would be the last.
absl::Status CheckMayRevoke(const ApiKey& key, std::span<const ApiKey> keys);

// Whether a use is to be written down: the first one, and at most one each kLastUseExact. Also one
// from before what is written down, which came from a clock that was ahead.
bool IsUseToKeep(std::optional<Instant> kept, Instant used);

}  // namespace kalends::core
