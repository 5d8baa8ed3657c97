#include "storage/sessions.h"

#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

using std::chrono::hours;

TEST(Sessions, ASessionIsReplacedAndPurgedByAge) {
  Store store;
  store.Write([](Transaction& tx) {
    PutSession(tx, "telegram/1", {"first", 1, kNow - hours(2)});
    PutSession(tx, "telegram/2", {std::string("\0\xff", 2), 7, kNow - hours(1)});
    PutSession(tx, "telegram/1", {"", 2, kNow});
  });
  const auto found = store.Read([](Transaction& tx) { return FindSession(tx, "telegram/1"); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->data, "");
  EXPECT_EQ(found->version, 2);
  EXPECT_EQ(found->written, kNow);
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindSession(tx, "telegram/2"); })->data,
            std::string("\0\xff", 2));
  EXPECT_TRUE(store.Read([](Transaction& tx) { return HasOldSessions(tx, kNow); }));
  std::int64_t purged = 0;
  store.Write([&](Transaction& tx) { purged = PurgeSessions(tx, kNow, 10); });
  EXPECT_EQ(purged, 1);
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindSession(tx, "telegram/2"); }));
  EXPECT_FALSE(store.Read([](Transaction& tx) { return HasOldSessions(tx, kNow); }));
}

}  // namespace
}  // namespace kalends::storage
