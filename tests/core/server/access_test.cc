// Who may call what, and what bad input gets.
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "core/server/names.h"
#include "storage/database.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Accounts = v1::AccountService::Stub;
using Admin = v1::AdminService::Stub;

class AccessTest : public testing::Test {
 protected:
  TestServer server_;
  Practice practice_{server_};
};

TEST_F(AccessTest, CallsWithoutOrWithAWrongKeyAreUnauthenticated) {
  v1::GetServerStatsRequest request;
  v1::ServerStats stats;
  const grpc::Status missing = Client(server_, "").Call(&Admin::GetServerStats, request, &stats);
  EXPECT_EQ(missing.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(ReasonOf(missing), "MISSING_KEY");
  const grpc::Status wrong =
      Client(server_, "kal_guess").Call(&Admin::GetServerStats, request, &stats);
  EXPECT_EQ(wrong.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(ReasonOf(wrong), "UNKNOWN_KEY");
}

TEST_F(AccessTest, AKeyDoesWhatItsScopesSay) {
  const Client reader(server_, server_.MakeKey({v1::SCOPE_TOOL_READ}));
  const Client writer(server_, server_.MakeKey({v1::SCOPE_TOOL_WRITE}));
  const Client adapter(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  v1::GetProviderRequest get;
  get.set_name(practice_.provider);
  EXPECT_EQ(reader.Try(&v1::ProviderService::Stub::GetProvider, get), "OK");
  EXPECT_EQ(writer.Try(&v1::ProviderService::Stub::GetProvider, get), "OK");
  EXPECT_EQ(adapter.Try(&v1::ProviderService::Stub::GetProvider, get), "NOT_FOUND");
  v1::EnsureAccountRequest ensure;
  ensure.set_identity("telegram:1");
  ensure.set_display_name("A");
  EXPECT_EQ(reader.Try(&Accounts::EnsureAccount, ensure), "SCOPE_MISSING");
  EXPECT_EQ(writer.Try(&Accounts::EnsureAccount, ensure), "OK");
  EXPECT_EQ(writer.Try(&Admin::GetServerStats, v1::GetServerStatsRequest()), "SCOPE_MISSING");
}

TEST_F(AccessTest, ARevokedKeyIsUselessAtOnce) {
  v1::CreateApiKeyRequest create;
  create.mutable_api_key()->set_display_name("tool");
  create.mutable_api_key()->add_scopes(v1::SCOPE_TOOL_READ);
  create.set_request_id("make-key");
  const auto created = practice_.admin.Must(&Admin::CreateApiKey, create);
  // The secret is not kept: a repeat has the key without it.
  const auto repeated = practice_.admin.Must(&Admin::CreateApiKey, create);
  EXPECT_EQ(repeated.api_key().name(), created.api_key().name());
  EXPECT_EQ(repeated.secret(), "");
  const Client tool(server_, created.secret());
  v1::GetProviderRequest get;
  get.set_name(practice_.provider);
  EXPECT_EQ(tool.Try(&v1::ProviderService::Stub::GetProvider, get), "OK");
  v1::RevokeApiKeyRequest revoke;
  revoke.set_name(created.api_key().name());
  practice_.admin.Must(&Admin::RevokeApiKey, revoke);
  EXPECT_EQ(tool.Try(&v1::ProviderService::Stub::GetProvider, get), "UNKNOWN_KEY");
}

TEST_F(AccessTest, APlaceToGoOnRewrappingKeysThatIsNoneIsRefused) {
  const std::string provider = practice_.provider.substr(practice_.provider.find('/') + 1);
  const auto answer = [&](const std::string& master_key_id, const std::string& place) {
    v1::RewrapDocumentKeysRequest request;
    request.set_page_token(
        server::EncodePageToken("RewrapDocumentKeys", {master_key_id, place, "blob"}));
    return practice_.admin.Try(&Admin::RewrapDocumentKeys, request);
  };
  EXPECT_EQ(answer(absl::WebSafeBase64Escape(std::string("\0\x1f\xff\x80", 4)), provider), "OK");
  EXPECT_EQ(answer("no=bytes", provider), "INVALID_PAGE_TOKEN");
  EXPECT_EQ(answer("", "nobody"), "INVALID_PAGE_TOKEN");
}

TEST_F(AccessTest, AnAccountThatDoesNotExistIsToldSo) {
  const Client nobody(server_, server_.admin_key(), "telegram:404");
  v1::GetAccountRequest get;
  get.set_name("accounts/me");
  EXPECT_EQ(nobody.Try(&Accounts::GetAccount, get), "ACCOUNT_UNKNOWN");
}

// Taken for none, it would let a tool act with all its rights.
TEST_F(AccessTest, AnAccountThatIsNamedButEmptyOrTwiceIsNobody) {
  const auto answer = [&](const std::vector<std::string>& accounts, const std::string& key) {
    grpc::ClientContext context;
    Client(server_, key).Prepare(context);
    for (const std::string& account : accounts) context.AddMetadata("kalends-account", account);
    v1::GetProviderRequest get;
    get.set_name(practice_.provider);
    v1::Provider provider;
    return ReasonOf(
        v1::ProviderService::Stub(server_.channel()).GetProvider(&context, get, &provider));
  };
  for (const std::string& key : {server_.admin_key(), server_.MakeKey({v1::SCOPE_ADAPTER})}) {
    EXPECT_EQ(answer({"telegram:1001"}, key), "OK");
    EXPECT_EQ(answer({""}, key), "ACCOUNT_UNKNOWN");
    EXPECT_EQ(answer({"telegram:1001", "telegram:2001"}, key), "ACCOUNT_UNKNOWN");
    EXPECT_EQ(answer({"telegram:1001", ""}, key), "ACCOUNT_UNKNOWN");
  }
  EXPECT_EQ(answer({}, server_.admin_key()), "OK");
}

TEST_F(AccessTest, AnAccountIsASpecialistOrAnOrganizationNeverBoth) {
  v1::RegisterProviderRequest request;
  request.set_display_name("Weber GmbH");
  request.set_kind(v1::PROVIDER_KIND_ORGANIZATION);
  EXPECT_EQ(practice_.specialist.Try(&Accounts::RegisterProvider, request), "PROVIDER_KIND_FIXED");
  request.set_kind(v1::PROVIDER_KIND_SPECIALIST);
  EXPECT_EQ(practice_.specialist.Try(&Accounts::RegisterProvider, request), "ALREADY_PROVIDER");
}

TEST_F(AccessTest, AnInvitationSaysWhatIsWrongWithIt) {
  const auto redeem = [&](const std::string& code) {
    v1::RedeemInvitationRequest request;
    request.set_code(code);
    return practice_.customer.Try(&v1::InvitationService::Stub::RedeemInvitation, request);
  };
  const auto create = [&](int max_uses, std::int64_t expires_in) {
    v1::CreateInvitationRequest request;
    request.set_parent("providers/me");
    request.mutable_invitation()->set_max_uses(max_uses);
    if (expires_in > 0) {
      request.mutable_invitation()->mutable_expire_time()->set_seconds(
          core::ToUnixSeconds(server_.now()) + expires_in);
    }
    return practice_.specialist.Must(&v1::InvitationService::Stub::CreateInvitation, request);
  };
  EXPECT_EQ(redeem("nonsense"), "INVITATION_UNKNOWN");
  EXPECT_EQ(redeem("' OR 1=1 --"), "INVITATION_UNKNOWN");
  // One who is linked already is told so whatever became of the invitation.
  EXPECT_EQ(redeem(create(0, 60).code()), "OK");
  v1::EnsureAccountRequest stranger;
  stranger.set_identity("telegram:5005");
  stranger.set_display_name("Boris");
  practice_.admin.Must(&Accounts::EnsureAccount, stranger);
  const Client fresh(server_, server_.admin_key(), "telegram:5005");
  const auto redeem_fresh = [&](const std::string& code) {
    v1::RedeemInvitationRequest request;
    request.set_code(code);
    return fresh.Try(&v1::InvitationService::Stub::RedeemInvitation, request);
  };
  const auto expiring = create(0, 60);
  const auto revoked = create(0, 0);
  v1::RevokeInvitationRequest revoke;
  revoke.set_name(revoked.name());
  practice_.specialist.Must(&v1::InvitationService::Stub::RevokeInvitation, revoke);
  const auto single = create(1, 0);
  v1::EnsureAccountRequest other;
  other.set_identity("telegram:5006");
  other.set_display_name("Clara");
  practice_.admin.Must(&Accounts::EnsureAccount, other);
  v1::RedeemInvitationRequest use;
  use.set_code(single.code());
  Client(server_, server_.admin_key(), "telegram:5006")
      .Must(&v1::InvitationService::Stub::RedeemInvitation, use);
  server_.Advance(std::chrono::seconds(60));
  EXPECT_EQ(redeem_fresh(expiring.code()), "INVITATION_EXPIRED");
  EXPECT_EQ(redeem_fresh(revoked.code()), "INVITATION_REVOKED");
  EXPECT_EQ(redeem_fresh(single.code()), "INVITATION_USED_UP");
}

TEST_F(AccessTest, BadInputNamesTheFieldAndChangesNothing) {
  const auto service = [&](const std::function<void(v1::Service&)>& change) {
    v1::CreateServiceRequest request;
    request.set_parent(practice_.provider);
    request.mutable_service()->set_display_name("x");
    request.mutable_service()->mutable_duration()->set_seconds(3600);
    change(*request.mutable_service());
    return practice_.specialist.Try(&v1::CatalogService::Stub::CreateService, request);
  };
  const struct {
    const char* name;
    std::function<void(v1::Service&)> change;
  } kCases[] = {
      {"no name", [](v1::Service& s) { s.clear_display_name(); }},
      {"a name with a control character", [](v1::Service& s) { s.set_display_name("a\x01"); }},
      {"a name of 101 characters",
       [](v1::Service& s) { s.set_display_name(std::string(101, 'x')); }},
      {"no duration", [](v1::Service& s) { s.clear_duration(); }},
      {"a duration of seconds", [](v1::Service& s) { s.mutable_duration()->set_seconds(61); }},
      {"a negative duration", [](v1::Service& s) { s.mutable_duration()->set_seconds(-3600); }},
      {"an endless duration",
       [](v1::Service& s) { s.mutable_duration()->set_seconds(INT64_MAX / 60 * 60); }},
      {"a negative price", [](v1::Service& s) { s.mutable_price()->set_minor_units(-1); }},
      {"no such currency", [](v1::Service& s) { s.mutable_price()->set_currency_code("euro"); }},
      {"a negative capacity", [](v1::Service& s) { s.set_capacity(-1); }},
      {"a payment link without TLS", [](v1::Service& s) { s.set_payment_link("http://x"); }},
      {"an unknown language",
       [](v1::Service& s) { (*s.mutable_translations())["tlh"].set_display_name("x"); }},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(service(c.change), "INVALID_FIELD");
  }
  v1::ListServicesRequest list;
  list.set_parent(practice_.provider);
  EXPECT_EQ(practice_.customer.Must(&v1::CatalogService::Stub::ListServices, list).services_size(),
            1);
  list.set_page_size(-1);
  EXPECT_EQ(practice_.customer.Try(&v1::CatalogService::Stub::ListServices, list), "INVALID_FIELD");
}

TEST_F(AccessTest, ASessionIsWrittenOnceItsEtagIsPresent) {
  const Client adapter(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  using Sessions = v1::SessionService::Stub;
  v1::UpdateSessionRequest write;
  write.mutable_session()->set_name("sessions/telegram:2001");
  write.mutable_session()->set_data(std::string("\x00\xff", 2));
  const auto first = adapter.Must(&Sessions::UpdateSession, write);
  write.mutable_session()->set_etag("\"9\"");
  EXPECT_EQ(adapter.Try(&Sessions::UpdateSession, write), "STALE_ETAG");
  v1::GetSessionRequest read;
  read.set_name("sessions/telegram:2001");
  EXPECT_EQ(adapter.Must(&Sessions::GetSession, read).data(), write.session().data());
  server_.Advance(std::chrono::days(31));
  EXPECT_EQ(adapter.Must(&Sessions::GetSession, read).data(), "");
}

TEST(Sessions, WhatWasWrittenIsNotKeptForRepeats) {
  constexpr std::size_t kBytes = 4096;
  const storage::TemporaryFile file;
  TestServer server(file.path());
  const Client adapter(server, server.MakeKey({v1::SCOPE_ADAPTER}));
  v1::UpdateSessionRequest write;
  write.mutable_session()->set_name("sessions/telegram:2001");
  write.mutable_session()->set_data(std::string(kBytes, 'x'));
  write.set_request_id("once");
  const auto first = adapter.Must(&v1::SessionService::Stub::UpdateSession, write);
  const auto repeat = adapter.Must(&v1::SessionService::Stub::UpdateSession, write);
  EXPECT_EQ(first.SerializeAsString(), repeat.SerializeAsString());
  EXPECT_EQ(repeat.data(), write.session().data());
  ASSERT_TRUE(server.home()
                  .Write([&](storage::Transaction& tx) {
                    tx.Query("SELECT response FROM requests", {}, [&](const storage::Row& row) {
                      EXPECT_LT(row.Text(0).size(), kBytes);
                    });
                    return absl::OkStatus();
                  })
                  .ok());
}

}  // namespace
}  // namespace kalends::test
