#include "storage/keys.h"

#include "storage/accounts.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

using std::chrono::hours;

TEST(ApiKeys, AKeyComesBackAsItWasWrittenAndCanBeRevoked) {
  Store store;
  core::ApiKey key{{100}, std::string(32, '\xfe'),
                   "bot", {core::Scope::kAdapter, core::Scope::kToolRead},
                   kNow,  std::nullopt};
  key.expires = kNow + hours(5);
  key.calls_per_second_max = 7;
  key.streams_max = 8;
  store.Write([&](Transaction& tx) { InsertApiKey(tx, key); });
  auto found = store.Read([](Transaction& tx) { return FindApiKey(tx, {100}); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->hash, key.hash);
  EXPECT_EQ(found->label, "bot");
  EXPECT_EQ(found->scopes, key.scopes);
  EXPECT_EQ(found->created, kNow);
  EXPECT_FALSE(found->revoked);
  EXPECT_EQ(found->expires, key.expires);
  EXPECT_EQ(found->calls_per_second_max, 7);
  EXPECT_EQ(found->streams_max, 8);
  EXPECT_FALSE(found->last_used);
  store.Write([](Transaction& tx) {
    PutLastUse(tx, {100}, kNow);
    RevokeApiKey(tx, {100}, kNow + hours(1));
    PutLastUse(tx, {100}, kNow + hours(2));
  });
  found = store.Read([](Transaction& tx) { return FindApiKey(tx, {100}); });
  EXPECT_EQ(found->revoked, kNow + hours(1));
  EXPECT_EQ(found->last_used, kNow);
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindApiKey(tx, {101}); }));
}

TEST(ApiKeys, ThoseThatAreNotRevokedAreFoundAmongAll) {
  Store store;
  store.Write([](Transaction& tx) {
    for (const std::int64_t id : {103, 101, 102}) {
      InsertApiKey(tx, {{id}, "hash" + std::to_string(id), "", {core::Scope::kWeb}, kNow});
    }
    core::ApiKey expired{{104}, "hash", "", {core::Scope::kWeb}, kNow - hours(2)};
    expired.expires = kNow - hours(1);
    InsertApiKey(tx, expired);
    RevokeApiKey(tx, {102}, kNow);
  });
  EXPECT_EQ(IdsOf(store.Read([](Transaction& tx) { return KeysNotRevoked(tx); })),
            (std::vector<std::int64_t>{101, 103, 104}));
}

TEST(ApiKeys, AreListedByIdInPagesOfAnySize) {
  Store store;
  store.Write([](Transaction& tx) {
    for (const std::int64_t id : {103, 101, 0, 102}) {
      InsertApiKey(tx, {{id}, "hash" + std::to_string(id), "", {core::Scope::kWeb}, kNow, {}});
    }
  });
  for (int limit = 1; limit <= 5; ++limit) {
    std::vector<std::int64_t> ids;
    std::optional<core::ApiKeyId> after;
    while (true) {
      const auto page = store.Read([&](Transaction& tx) { return ListApiKeys(tx, after, limit); });
      for (const std::int64_t id : IdsOf(page)) ids.push_back(id);
      if (page.size() < static_cast<std::size_t>(limit)) break;
      after = page.back().id;
    }
    EXPECT_EQ(ids, (std::vector<std::int64_t>{0, 101, 102, 103}));
  }
}

TEST(AuditLines, AreInTheirOrderForGood) {
  Store store;
  store.Write([](Transaction& tx) {
    core::ApiKey key;
    key.id = {100};
    key.hash = std::string(32, '\xfe');
    key.label = "tool";
    key.scopes = {core::Scope::kToolWrite};
    key.created = kNow;
    InsertApiKey(tx, key);
    InsertAccount(tx, SampleAccount({7}));
    InsertAuditLine(tx, {kNow + hours(1),
                         {100},
                         core::AccountId{7},
                         "PaymentService.CreatePayment",
                         "providers/1"});
    InsertAuditLine(tx, {kNow, {100}, {}, "AdminService.RotateMasterKey", ""});
  });
  const auto lines = store.Read([](Transaction& tx) { return ListAuditLines(tx, 0, 9); });
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].method, "PaymentService.CreatePayment");
  EXPECT_EQ(lines[0].resource, "providers/1");
  EXPECT_EQ(lines[0].when, kNow + hours(1));
  EXPECT_EQ(lines[0].key, core::ApiKeyId{100});
  EXPECT_EQ(lines[0].account, core::AccountId{7});
  EXPECT_EQ(lines[1].account, std::nullopt);
  EXPECT_EQ(store.Read([](Transaction& tx) { return ListAuditLines(tx, 1, 9); }).size(), 1U);
  for (const std::string_view sql :
       {"UPDATE audit_lines SET resource = ''", "DELETE FROM audit_lines"}) {
    EXPECT_FALSE(store.TryWrite([&](Transaction& tx) { tx.Execute(sql); }).ok()) << sql;
  }
}

}  // namespace
}  // namespace kalends::storage
