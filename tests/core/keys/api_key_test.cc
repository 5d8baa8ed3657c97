#include "core/keys/api_key.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/base/detail.h"
#include "core/base/error.h"
#include "core/base/limits.h"

namespace kalends::core {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr Instant kNow(seconds(1'800'000'000));

ApiKey Key(std::int64_t id, ScopeSet scopes) { return {{id}, "hash", "label", scopes, kNow}; }
ApiKey Expiring(ApiKey key, Instant at) {
  key.expires = at;
  return key;
}
ApiKey Revoked(ApiKey key) {
  key.revoked = kNow;
  return key;
}

TEST(ApiKey, IsInForceUntilItExpiresOrIsRevoked) {
  const ApiKey key = Key(1, {Scope::kWeb});
  const struct {
    const char* name;
    ApiKey key;
    KeyState state;
    std::string_view reason;
  } kCases[] = {
      {"no end", key, KeyState::kActive, ""},
      {"a second before its end", Expiring(key, kNow + seconds(1)), KeyState::kActive, ""},
      {"at its end", Expiring(key, kNow), KeyState::kExpired, "EXPIRED_KEY"},
      {"long after", Expiring(key, kNow - hours(9000)), KeyState::kExpired, "EXPIRED_KEY"},
      {"revoked", Revoked(key), KeyState::kRevoked, "UNKNOWN_KEY"},
      {"revoked, and past its end", Revoked(Expiring(key, kNow)), KeyState::kRevoked,
       "UNKNOWN_KEY"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(StateOf(c.key, kNow), c.state);
    EXPECT_EQ(ReasonName(CheckInForce(c.key, kNow)), c.reason);
  }
}

TEST(ApiKey, HasTheDefaultLimitsWhereItHasNoneOfItsOwn) {
  ApiKey key = Key(1, {Scope::kWeb});
  EXPECT_EQ(CallsPerSecondOf(key), kKeyCallsPerSecondDefault);
  EXPECT_EQ(StreamsOf(key), kKeyStreamsDefault);
  key.calls_per_second_max = 1;
  key.streams_max = 2;
  EXPECT_EQ(CallsPerSecondOf(key), 1);
  EXPECT_EQ(StreamsOf(key), 2);
}

TEST(CheckNewKey, NamesTheFieldThatIsWrong) {
  const ApiKey good = Key(1, {Scope::kWeb});
  const struct {
    const char* field;
    void (*change)(ApiKey&);
  } kCases[] = {
      {"", [](ApiKey&) {}},
      {"", [](ApiKey& key) { key.expires = kNow + seconds(1); }},
      {"", [](ApiKey& key) { key.calls_per_second_max = kKeyCallsPerSecondMax; }},
      {"", [](ApiKey& key) { key.streams_max = kKeyStreamsMax; }},
      {"api_key.display_name", [](ApiKey& key) { key.label = ""; }},
      {"api_key.display_name",
       [](ApiKey& key) { key.label = std::string(kLabelCharsMax + 1, 'a'); }},
      {"api_key.scopes", [](ApiKey& key) { key.scopes = {}; }},
      {"api_key.expire_time", [](ApiKey& key) { key.expires = kNow; }},
      {"api_key.expire_time", [](ApiKey& key) { key.expires = Instant(); }},
      {"api_key.max_calls_per_second", [](ApiKey& key) { key.calls_per_second_max = -1; }},
      {"api_key.max_calls_per_second",
       [](ApiKey& key) { key.calls_per_second_max = kKeyCallsPerSecondMax + 1; }},
      {"api_key.max_streams", [](ApiKey& key) { key.streams_max = -1; }},
      {"api_key.max_streams", [](ApiKey& key) { key.streams_max = kKeyStreamsMax + 1; }},
  };
  for (const auto& c : kCases) {
    ApiKey key = good;
    c.change(key);
    const absl::Status status = CheckNewKey(key, kNow);
    EXPECT_EQ(status.ok() ? "" : DetailOf<FieldViolation>(status).value().field, c.field);
  }
}

TEST(CheckMayRevoke, AnAdminKeyWithoutAnExpiryStays) {
  const ApiKey admin = Key(1, {Scope::kAdmin});
  const ApiKey other = Key(2, {Scope::kAdapter, Scope::kAdmin});
  const ApiKey tool = Key(3, {Scope::kToolWrite});
  const ApiKey brief = Expiring(Key(4, {Scope::kAdmin}), kNow + hours(1'000'000));
  const struct {
    const char* name;
    ApiKey key;
    std::vector<ApiKey> keys;
    std::string_view reason;
  } kCases[] = {
      {"the only key", admin, {admin}, "LAST_ADMIN_KEY"},
      {"beside one that is no admin", admin, {admin, tool}, "LAST_ADMIN_KEY"},
      {"beside an admin that expires, however late", admin, {admin, brief}, "LAST_ADMIN_KEY"},
      {"one of two", admin, {admin, other}, ""},
      {"the other of two", other, {admin, other}, ""},
      {"an admin that expires", brief, {admin, brief}, ""},
      {"no admin", tool, {admin, tool}, ""},
      {"one that is revoked already", Revoked(admin), {other}, ""},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(ReasonName(CheckMayRevoke(c.key, c.keys)), c.reason);
  }
}

TEST(IsUseToKeep, IsTheFirstAndThenOneAMinute) {
  EXPECT_TRUE(IsUseToKeep(std::nullopt, kNow));
  EXPECT_FALSE(IsUseToKeep(kNow, kNow + seconds(59)));
  EXPECT_TRUE(IsUseToKeep(kNow, kNow + seconds(60)));
  // A clock that was ahead left one that nobody reaches for long.
  EXPECT_TRUE(IsUseToKeep(kNow + hours(9600), kNow));
}

}  // namespace
}  // namespace kalends::core
