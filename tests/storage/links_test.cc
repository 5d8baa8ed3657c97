#include "storage/links.h"

#include "storage/providers.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

using std::chrono::seconds;

TEST(Links, ALinkThatEndedIsOffTheListAndStillThere) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertLink(tx, kCarla, kAda, kNow);
    InsertLink(tx, kCarla, kBen, kNow);
    InsertLink(tx, kDan, kAda, kNow);
  });
  core::Link link = *store.Read([](Transaction& tx) { return FindLink(tx, kCarla, kAda); });
  EXPECT_EQ(link.created, kNow);
  EXPECT_FALSE(link.removed || link.blocked);
  link.blocked = kNow + seconds(1);
  store.Write([&](Transaction& tx) { UpdateLink(tx, link); });
  EXPECT_TRUE(store.Read([](Transaction& tx) { return HasLink(tx, kCarla, kAda); }));
  link.removed = kNow + seconds(2);
  store.Write([&](Transaction& tx) { UpdateLink(tx, link); });
  EXPECT_FALSE(store.Read([](Transaction& tx) { return HasLink(tx, kCarla, kAda); }));
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindLink(tx, kCarla, kAda); })->blocked,
            link.blocked);
  EXPECT_EQ(IdsOf(store.Read([](Transaction& tx) { return LinkedProviders(tx, kAda, {}, 9); })),
            (std::vector<std::int64_t>{kDan.value}));
  EXPECT_EQ(
      store.Read([](Transaction& tx) { return LinksOf(tx, kAda, core::ProviderId{-1}, 9); }).size(),
      2U);
  const auto customers = store.Read(
      [](Transaction& tx) { return LinksOf(tx, kCarla, core::AccountId{kAda.value}, 9); });
  ASSERT_EQ(customers.size(), 1U);
  EXPECT_EQ(customers[0].customer, kBen);
}

}  // namespace
}  // namespace kalends::storage
