#include "tools/telegram_sim/update_queue.h"

#include <gtest/gtest.h>

#include "tools/telegram_sim/limits.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

std::vector<std::int64_t> Ids(UpdateQueue& queue, int limit = kUpdatesPerCallMax) {
  std::vector<std::int64_t> ids;
  for (const json& update : queue.Take(limit)) ids.push_back(update["update_id"]);
  return ids;
}

UpdateQueue QueueOf(int count) {
  UpdateQueue queue(100);
  for (int i = 0; i < count; ++i) queue.Push("message", json::object(), 0);
  return queue;
}

using IdList = std::vector<std::int64_t>;

TEST(UpdateQueue, GivesAnUpdateAgainUntilALaterOffsetConfirmsIt) {
  UpdateQueue queue = QueueOf(2);
  EXPECT_EQ(Ids(queue), (IdList{100, 101}));
  queue.Confirm(100, 0);
  EXPECT_EQ(Ids(queue), (IdList{100, 101}));
  queue.Confirm(101, 0);
  EXPECT_EQ(Ids(queue), (IdList{101}));
  queue.Confirm(102, 0);
  EXPECT_EQ(queue.size(), 0);
}

TEST(UpdateQueue, NegativeOffsetKeepsTheLast) {
  UpdateQueue queue = QueueOf(5);
  queue.Confirm(-2, 0);
  EXPECT_EQ(Ids(queue), (IdList{103, 104}));
  queue.Confirm(-9, 0);
  EXPECT_EQ(queue.size(), 2);
}

TEST(UpdateQueue, GivesAtMostTheLimit) {
  UpdateQueue queue = QueueOf(5);
  EXPECT_EQ(Ids(queue, 2), (IdList{100, 101}));
}

TEST(UpdateQueue, ForgetsAfterADay) {
  UpdateQueue queue = QueueOf(1);
  queue.Confirm(0, kUpdateRetentionMs);
  EXPECT_EQ(queue.size(), 1);
  queue.Confirm(0, kUpdateRetentionMs + 1);
  EXPECT_EQ(queue.size(), 0);
}

TEST(UpdateQueue, DropsTypesTheBotDoesNotAllow) {
  UpdateQueue queue(100);
  EXPECT_EQ(queue.Push("chat_member", json::object(), 0), 0);
  ASSERT_TRUE(queue.Allow({"chat_member"}).ok());
  EXPECT_EQ(queue.Push("chat_member", json::object(), 0), 100);
  EXPECT_EQ(queue.Push("message", json::object(), 0), 0);
  ASSERT_TRUE(queue.Allow(json::array()).ok());
  EXPECT_EQ(queue.Push("message", json::object(), 0), 101);
}

TEST(UpdateQueue, RefusesUnknownTypesAndKeepsTheOldOnes) {
  UpdateQueue queue(100);
  ASSERT_TRUE(queue.Allow({"message"}).ok());
  EXPECT_FALSE(queue.Allow({"mesage"}).ok());
  EXPECT_FALSE(queue.Allow("message").ok());
  EXPECT_EQ(queue.allowed(), json::parse(R"(["message"])"));
}

TEST(UpdateQueue, RedeliversOnceWhateverTheOffset) {
  UpdateQueue queue = QueueOf(2);
  queue.Confirm(102, 0);
  EXPECT_TRUE(queue.Redeliver(100));
  EXPECT_FALSE(queue.Redeliver(99));
  queue.Confirm(102, 0);
  EXPECT_EQ(Ids(queue), (IdList{100}));
  queue.Confirm(102, 0);
  EXPECT_EQ(queue.size(), 0);
}

}  // namespace
}  // namespace kalends::sim
