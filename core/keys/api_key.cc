#include "core/keys/api_key.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"

namespace kalends::core {
namespace {

// An admin key that is in force until somebody revokes it.
bool IsLastingAdmin(const ApiKey& key) {
  return key.scopes.Has(Scope::kAdmin) && !key.revoked && !key.expires;
}

}  // namespace

KeyState StateOf(const ApiKey& key, Instant now) {
  if (key.revoked) return KeyState::kRevoked;
  return key.expires && *key.expires <= now ? KeyState::kExpired : KeyState::kActive;
}

absl::Status CheckInForce(const ApiKey& key, Instant now) {
  switch (StateOf(key, now)) {
    case KeyState::kActive:
      return absl::OkStatus();
    case KeyState::kExpired:
      return Error(Reason::kExpiredKey);
    case KeyState::kRevoked:
      break;
  }
  return Error(Reason::kUnknownKey);
}

int CallsPerSecondOf(const ApiKey& key) {
  return key.calls_per_second_max == 0 ? kKeyCallsPerSecondDefault : key.calls_per_second_max;
}

int StreamsOf(const ApiKey& key) {
  return key.streams_max == 0 ? kKeyStreamsDefault : key.streams_max;
}

absl::Status CheckNewKey(const ApiKey& key, Instant now) {
  RETURN_IF_ERROR(CheckText("api_key.display_name", key.label, 1, kLabelCharsMax));
  if (key.scopes.empty()) return InvalidField("api_key.scopes", "must be at least one");
  if (key.expires && *key.expires <= now) {
    return InvalidField("api_key.expire_time", "must lie in the future");
  }
  if (key.calls_per_second_max < 0 || key.calls_per_second_max > kKeyCallsPerSecondMax) {
    return InvalidField("api_key.max_calls_per_second", "must be 0 to 1000000");
  }
  if (key.streams_max < 0 || key.streams_max > kKeyStreamsMax) {
    return InvalidField("api_key.max_streams", "must be 0 to 10000");
  }
  return absl::OkStatus();
}

absl::Status CheckMayRevoke(const ApiKey& key, std::span<const ApiKey> keys) {
  if (!IsLastingAdmin(key)) return absl::OkStatus();
  const bool another = std::any_of(keys.begin(), keys.end(), [&](const ApiKey& other) {
    return other.id != key.id && IsLastingAdmin(other);
  });
  return another ? absl::OkStatus() : Error(Reason::kLastAdminKey);
}

bool IsUseToKeep(std::optional<Instant> kept, Instant used) {
  return !kept || used < *kept || used - *kept >= kLastUseExact;
}

}  // namespace kalends::core
