// What an API key is made with, and what it may until when.
#include <gtest/gtest.h>

#include <atomic>

#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Admin = v1::AdminService::Stub;
using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::seconds;

v1::ApiKey KeyOf(v1::Scope scope) {
  v1::ApiKey key;
  key.add_scopes(scope);
  return key;
}

class ApiKeysTest : public testing::Test {
 protected:
  std::string TryStats(const std::string& secret) {
    return Client(server_, secret).Try(&Admin::GetServerStats, v1::GetServerStatsRequest());
  }
  std::string TryCreate(const v1::ApiKey& key, std::string* field = nullptr) {
    v1::CreateApiKeyRequest request;
    *request.mutable_api_key() = key;
    request.mutable_api_key()->set_display_name("test");
    v1::CreateApiKeyResponse response;
    const grpc::Status status = AsAdmin().Call(&Admin::CreateApiKey, request, &response);
    if (field != nullptr) *field = FieldOf(status);
    return ReasonOf(status);
  }
  std::string TryRevoke(const std::string& secret, const std::string& name) {
    v1::RevokeApiKeyRequest request;
    request.set_name(name);
    return Client(server_, secret).Try(&Admin::RevokeApiKey, request);
  }
  Client AsAdmin() { return {server_, server_.admin_key()}; }
  v1::ListApiKeysResponse List() {
    v1::ListApiKeysRequest request;
    request.set_page_size(200);
    return AsAdmin().Must(&Admin::ListApiKeys, request);
  }
  v1::ApiKey Listed(const std::string& name) {
    const v1::ListApiKeysResponse list = List();
    for (const v1::ApiKey& key : list.api_keys()) {
      if (key.name() == name) return key;
    }
    ADD_FAILURE() << name << " is not listed";
    return {};
  }
  v1::ApiKey Until(v1::Scope scope, core::Instant end) {
    v1::ApiKey key = KeyOf(scope);
    key.mutable_expire_time()->set_seconds(core::ToUnixSeconds(end));
    return key;
  }

  const storage::TemporaryFile file_;
  std::atomic<core::Ticks> ticks_{core::Ticks(0)};
  TestServer server_{file_.path(), [this](server::ServerOptions& options) {
                       options.ticks = [this] { return ticks_.load(); };
                     }};
};

TEST_F(ApiKeysTest, AKeyIsGoodUntilItExpires) {
  const auto key = server_.MakeKey(Until(v1::SCOPE_ADMIN, server_.now() + days(90)));
  EXPECT_EQ(key.api_key().state(), v1::ApiKey::STATE_ACTIVE);
  EXPECT_EQ(key.api_key().expire_time().seconds(), core::ToUnixSeconds(server_.now() + days(90)));
  server_.Advance(days(90) - seconds(1));
  EXPECT_EQ(TryStats(key.secret()), "OK");
  server_.Advance(seconds(1));
  v1::ServerStats stats;
  const grpc::Status expired =
      Client(server_, key.secret())
          .Call(&Admin::GetServerStats, v1::GetServerStatsRequest(), &stats);
  EXPECT_EQ(expired.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(ReasonOf(expired), "EXPIRED_KEY");
  EXPECT_EQ(Listed(key.api_key().name()).state(), v1::ApiKey::STATE_EXPIRED);
  server_.Restart();
  EXPECT_EQ(TryStats(key.secret()), "EXPIRED_KEY");
  server_.RevokeKey(key.api_key().name());
  EXPECT_EQ(TryStats(key.secret()), "UNKNOWN_KEY");
  EXPECT_EQ(Listed(key.api_key().name()).state(), v1::ApiKey::STATE_REVOKED);
}

TEST_F(ApiKeysTest, AKeyIsMadeWithAnEndAheadAndLimitsInRange) {
  const auto with = [](void (*change)(v1::ApiKey&)) {
    v1::ApiKey key = KeyOf(v1::SCOPE_WEB);
    change(key);
    return key;
  };
  const struct {
    v1::ApiKey key;
    const char* field;
  } kCases[] = {
      {Until(v1::SCOPE_WEB, server_.now()), "api_key.expire_time"},
      {Until(v1::SCOPE_WEB, core::Instant()), "api_key.expire_time"},
      {with([](v1::ApiKey& key) { key.mutable_expire_time()->set_seconds(INT64_MAX); }),
       "api_key.expire_time"},
      {with([](v1::ApiKey& key) { key.mutable_expire_time()->set_seconds(INT64_MIN); }),
       "api_key.expire_time"},
      {with([](v1::ApiKey& key) { key.mutable_expire_time()->set_nanos(1); }),
       "api_key.expire_time"},
      {with([](v1::ApiKey& key) { key.set_max_calls_per_second(INT32_MIN); }),
       "api_key.max_calls_per_second"},
      {with([](v1::ApiKey& key) { key.set_max_calls_per_second(INT32_MAX); }),
       "api_key.max_calls_per_second"},
      {with([](v1::ApiKey& key) { key.set_max_streams(-1); }), "api_key.max_streams"},
      {with([](v1::ApiKey& key) { key.set_max_streams(INT32_MAX); }), "api_key.max_streams"},
      {with([](v1::ApiKey& key) { key.clear_scopes(); }), "api_key.scopes"},
  };
  for (const auto& c : kCases) {
    std::string field;
    EXPECT_EQ(TryCreate(c.key, &field), "INVALID_FIELD");
    EXPECT_EQ(field, c.field);
  }
  EXPECT_EQ(List().api_keys_size(), 1);
}

TEST_F(ApiKeysTest, ItSaysWhenItWasLastUsedAcrossARestart) {
  const auto key = server_.MakeKey(KeyOf(v1::SCOPE_TOOL_READ));
  const std::string name = key.api_key().name();
  EXPECT_FALSE(key.api_key().has_last_use_time());
  EXPECT_FALSE(Listed(name).has_last_use_time());
  server_.Advance(days(1));
  const core::Instant used = server_.now();
  // Refused for its scope, but it was the key.
  EXPECT_EQ(TryStats(key.secret()), "SCOPE_MISSING");
  server_.Advance(seconds(30));
  EXPECT_EQ(TryStats(key.secret() + "x"), "UNKNOWN_KEY");
  EXPECT_EQ(Listed(name).last_use_time().seconds(), core::ToUnixSeconds(used));
  server_.Restart();
  EXPECT_EQ(Listed(name).last_use_time().seconds(), core::ToUnixSeconds(used));
  server_.RevokeKey(name);
  EXPECT_EQ(Listed(name).last_use_time().seconds(), core::ToUnixSeconds(used));
}

TEST_F(ApiKeysTest, TheLastAdminKeyThatDoesNotExpireCannotBeRevoked) {
  const std::string first = List().api_keys(0).name();
  const auto brief = server_.MakeKey(Until(v1::SCOPE_ADMIN, server_.now() + days(3650)));
  server_.MakeKey(KeyOf(v1::SCOPE_TOOL_WRITE));
  v1::RevokeApiKeyRequest request;
  request.set_name(first);
  v1::ApiKey revoked;
  const grpc::Status refused = AsAdmin().Call(&Admin::RevokeApiKey, request, &revoked);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(refused), "LAST_ADMIN_KEY");
  EXPECT_NE(refused.error_message().find("create another one first"), std::string::npos);
  EXPECT_EQ(TryStats(server_.admin_key()), "OK");
  // Nor by another key, which would be left alone with it.
  EXPECT_EQ(TryRevoke(brief.secret(), first), "LAST_ADMIN_KEY");
  EXPECT_EQ(TryRevoke(server_.admin_key(), brief.api_key().name()), "OK");
  const auto second = server_.MakeKey(KeyOf(v1::SCOPE_ADMIN));
  // By itself, too: the call is answered, the next one is not.
  EXPECT_EQ(TryRevoke(server_.admin_key(), first), "OK");
  EXPECT_EQ(TryStats(server_.admin_key()), "UNKNOWN_KEY");
  EXPECT_EQ(TryRevoke(second.secret(), second.api_key().name()), "LAST_ADMIN_KEY");
  EXPECT_EQ(TryRevoke(second.secret(), first), "OK");
}

TEST_F(ApiKeysTest, KeysThatAreNotRevokedAreLimited) {
  constexpr int kMax = 200;
  std::vector<std::string> names;
  for (int i = 1; i < kMax; ++i) {
    names.push_back(server_.MakeKey(KeyOf(v1::SCOPE_WEB)).api_key().name());
  }
  EXPECT_EQ(TryCreate(KeyOf(v1::SCOPE_WEB)), "LIMIT_REACHED");
  server_.RevokeKey(names[0]);
  EXPECT_EQ(TryCreate(KeyOf(v1::SCOPE_WEB)), "OK");
  EXPECT_EQ(TryCreate(KeyOf(v1::SCOPE_WEB)), "LIMIT_REACHED");
}

TEST_F(ApiKeysTest, CallsBeyondItsRateAreToldWhenToGoOn) {
  v1::ApiKey slow = KeyOf(v1::SCOPE_ADMIN);
  slow.set_max_calls_per_second(3);
  const std::string secret = server_.MakeKey(slow).secret();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(TryStats(secret), "OK");
  v1::ServerStats stats;
  const grpc::Status refused =
      Client(server_, secret).Call(&Admin::GetServerStats, v1::GetServerStatsRequest(), &stats);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ReasonOf(refused), "RATE_LIMITED");
  EXPECT_EQ(RetryDelayOf(refused), seconds(1));
  // Streams are calls, other keys are others, and the clock of the wall is another one.
  v1::ExportAccountRequest request;
  request.set_name("accounts/me");
  v1::PrivacyService::Stub privacy(server_.channel());
  grpc::ClientContext context;
  Client(server_, secret).Prepare(context);
  EXPECT_EQ(ReasonOf(privacy.ExportAccount(&context, request)->Finish()), "RATE_LIMITED");
  EXPECT_EQ(TryStats(server_.admin_key()), "OK");
  server_.Advance(days(1));
  EXPECT_EQ(TryStats(secret), "RATE_LIMITED");
  ticks_ = milliseconds(334);
  EXPECT_EQ(TryStats(secret), "OK");
  EXPECT_EQ(TryStats(secret), "RATE_LIMITED");
}

}  // namespace
}  // namespace kalends::test
