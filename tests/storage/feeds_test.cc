#include "storage/feeds.h"

#include "storage/privacy.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

using core::FeedRole;

const std::string kHash(32, 'h');
const std::string kOther(32, 'o');

core::Feed FeedOf(core::AccountId account, FeedRole role) {
  return {account, role, std::string(43, 'x'), kNow};
}

TEST(Feeds, AFeedComesBackAsItWasWritten) {
  Store store;
  store.Write([](Transaction& tx) { PutFeed(tx, FeedOf(kAda, FeedRole::kCustomer), kHash); });
  const auto found =
      store.Read([](Transaction& tx) { return FindFeed(tx, kAda, FeedRole::kCustomer); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->account, kAda);
  EXPECT_EQ(found->role, FeedRole::kCustomer);
  EXPECT_EQ(found->token, std::string(43, 'x'));
  EXPECT_EQ(found->created, kNow);
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindFeed(tx, kAda, FeedRole::kProvider); }));
}

TEST(Feeds, AreFoundByTheHashOfTheirPresentTokenAlone) {
  Store store;
  store.Write([](Transaction& tx) { PutFeed(tx, FeedOf(kAda, FeedRole::kCustomer), kHash); });
  const auto found = store.Read([](Transaction& tx) { return FindFeedByHash(tx, kHash); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->account, kAda);
  EXPECT_EQ(found->token, "");
  store.Write([](Transaction& tx) { PutFeed(tx, FeedOf(kAda, FeedRole::kCustomer), kOther); });
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindFeedByHash(tx, kHash); }));
  EXPECT_TRUE(store.Read([](Transaction& tx) { return FindFeedByHash(tx, kOther); }));
  EXPECT_EQ(store.Read([](Transaction& tx) { return FeedsOf(tx, kAda); }).size(), 1U);
}

TEST(Feeds, EndAlone) {
  Store store;
  store.Write([](Transaction& tx) {
    PutFeed(tx, FeedOf(kAda, FeedRole::kCustomer), kHash);
    PutFeed(tx, FeedOf(kAda, FeedRole::kProvider), kOther);
    DeleteFeed(tx, kAda, FeedRole::kCustomer);
    DeleteFeed(tx, kAda, FeedRole::kCustomer);
  });
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindFeedByHash(tx, kHash); }));
  EXPECT_TRUE(store.Read([](Transaction& tx) { return FindFeedByHash(tx, kOther); }));
}

TEST(Feeds, GoWithTheirAccount) {
  Store store;
  store.Write([](Transaction& tx) {
    PutFeed(tx, FeedOf(kAda, FeedRole::kCustomer), kHash);
    Erase(tx, {.account = kAda, .now = kNow});
  });
  EXPECT_TRUE(store.Read([](Transaction& tx) { return FeedsOf(tx, kAda); }).empty());
}

TEST(Feeds, NoTwoHaveOneToken) {
  Store store;
  store.Write([](Transaction& tx) { PutFeed(tx, FeedOf(kAda, FeedRole::kCustomer), kHash); });
  EXPECT_FALSE(
      store.TryWrite([](Transaction& tx) { PutFeed(tx, FeedOf(kAda, FeedRole::kProvider), kHash); })
          .ok());
}

}  // namespace
}  // namespace kalends::storage
