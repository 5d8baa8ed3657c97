#include "storage/requests.h"

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
    InsertRequest(tx, {"account:1", "a"}, answer, {}, kNow);
    InsertRequest(tx, {"account:2", "a"}, empty, {}, kNow);
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
  store.Write([](Transaction& tx) { InsertRequest(tx, {"account:1", "a"}, {}, {}, kNow); });
  EXPECT_FALSE(store
                   .TryWrite([](Transaction& tx) {
                     InsertRequest(tx, {"account:1", "a"}, {}, {}, kNow + hours(1));
                   })
                   .ok());
}

TEST(Requests, TheOldestArePurgedUpToTheLimit) {
  Store store;
  store.Write([](Transaction& tx) {
    for (int hour = 0; hour < 10; ++hour) {
      InsertRequest(tx, {"account:1", std::to_string(hour)}, {}, {}, kNow - hours(hour));
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

}  // namespace
}  // namespace kalends::storage
