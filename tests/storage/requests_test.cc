#include "storage/requests.h"

#include "storage/keys.h"
#include "storage/sessions.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

using std::chrono::hours;

std::string Bytes(std::initializer_list<char> bytes) { return {bytes}; }

TEST(Requests, AFirstAnswerComesBackByteForByte) {
  Store store;
  const FirstAnswer answer{Bytes({'\0', '\xff', '\''}), Bytes({'\x80', '\0'})};
  const FirstAnswer empty{"digest", ""};
  store.Write([&](Transaction& tx) {
    InsertRequest(tx, {"account:1", "a"}, answer, kNow);
    InsertRequest(tx, {"account:2", "a"}, empty, kNow);
  });
  const auto found =
      store.Read([](Transaction& tx) { return FindRequest(tx, {"account:1", "a"}); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->digest, answer.digest);
  EXPECT_EQ(found->response, answer.response);
  EXPECT_EQ(
      store.Read([](Transaction& tx) { return FindRequest(tx, {"account:2", "a"}); })->response,
      "");
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindRequest(tx, {"account:1", "A"}); }));
}

TEST(Requests, AnIdIsUsedOnceWheneverItWas) {
  Store store;
  store.Write([](Transaction& tx) { InsertRequest(tx, {"account:1", "a"}, {}, kNow); });
  EXPECT_FALSE(store
                   .TryWrite([](Transaction& tx) {
                     InsertRequest(tx, {"account:1", "a"}, {}, kNow + hours(1));
                   })
                   .ok());
}

TEST(Requests, TheOldestArePurgedUpToTheLimit) {
  Store store;
  store.Write([](Transaction& tx) {
    for (int hour = 0; hour < 10; ++hour) {
      InsertRequest(tx, {"account:1", std::to_string(hour)}, {}, kNow - hours(hour));
    }
  });
  const auto expired = [&](int hour) {
    return store.Read([&](Transaction& tx) { return HasOldRequests(tx, kNow - hours(hour)); });
  };
  EXPECT_TRUE(expired(8));
  EXPECT_FALSE(expired(9));
  std::vector<std::int64_t> purged;
  for (int i = 0; i < 3; ++i) {
    store.Write([&](Transaction& tx) { purged.push_back(PurgeRequests(tx, kNow - hours(5), 3)); });
  }
  EXPECT_EQ(purged, (std::vector<std::int64_t>{3, 1, 0}));
  for (int hour = 0; hour < 10; ++hour) {
    const auto found = store.Read(
        [&](Transaction& tx) { return FindRequest(tx, {"account:1", std::to_string(hour)}); });
    EXPECT_EQ(found.has_value(), hour <= 5) << hour;
  }
}

TEST(Sessions, ASessionIsReplacedAndPurgedByAge) {
  Store store;
  store.Write([](Transaction& tx) {
    PutSession(tx, "telegram/1", {"first", 1, kNow - hours(2)});
    PutSession(tx, "telegram/2", {Bytes({'\0', '\xff'}), 7, kNow - hours(1)});
    PutSession(tx, "telegram/1", {"", 2, kNow});
  });
  const auto found = store.Read([](Transaction& tx) { return FindSession(tx, "telegram/1"); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->data, "");
  EXPECT_EQ(found->version, 2);
  EXPECT_EQ(found->written, kNow);
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindSession(tx, "telegram/2"); })->data,
            Bytes({'\0', '\xff'}));
  EXPECT_TRUE(store.Read([](Transaction& tx) { return HasOldSessions(tx, kNow); }));
  std::int64_t purged = 0;
  store.Write([&](Transaction& tx) { purged = PurgeSessions(tx, kNow, 10); });
  EXPECT_EQ(purged, 1);
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindSession(tx, "telegram/2"); }));
  EXPECT_FALSE(store.Read([](Transaction& tx) { return HasOldSessions(tx, kNow); }));
}

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

}  // namespace
}  // namespace kalends::storage
