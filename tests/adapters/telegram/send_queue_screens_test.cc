// What becomes of screens that are left, and of those that are only drawn anew.
#include <gtest/gtest.h>

#include <utility>

#include "adapters/telegram/send_queue.h"
#include "tests/adapters/telegram/send_queue_support.h"

namespace kalends::telegram {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Outgoing ScreenOf(std::int64_t chat, const char* name, std::int64_t edits = 0) {
  Outgoing screen = To(chat, name, Priority::kReply, edits);
  screen.screen = true;
  return screen;
}

TEST(SendQueue, AScreenThatWasLeftBeforeItWasSentIsNotSent) {
  SendQueue queue;
  for (const char* name : {"a", "b", "c"}) queue.Push(To(1, name), kStart);
  EXPECT_EQ(SendAll(queue, kStart), "abc");
  queue.Push(ScreenOf(1, "edit", 7), kStart);
  queue.Push(To(1, "result"), kStart);
  queue.Push(ScreenOf(1, "new"), kStart);
  queue.Push(ScreenOf(2, "other"), kStart);
  const auto left = queue.LeaveScreen(1);
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0].call.method, "edit");
  EXPECT_EQ(left[1].call.method, "new");
  queue.Push(ScreenOf(1, "last"), kStart);
  EXPECT_EQ(SendAll(queue, kStart + seconds(2)), "resultotherlast");
}

TEST(SendQueue, QuickPressesAreAnsweredByTheirLastScreen) {
  SendQueue queue;
  std::string sent;
  // Five a second, each of which leads from the screen of the one before.
  for (int press = 0; press < 10; ++press) {
    const SteadyTime now = kStart + milliseconds(200 * press);
    queue.LeaveScreen(1);
    const char name[] = {static_cast<char>('a' + press), '\0'};
    queue.Push(ScreenOf(1, name), now);
    sent += SendAll(queue, now);
  }
  sent += SendAll(queue, kStart + milliseconds(2200));
  // No screen is sent later than a second after its press, and the last one is there.
  EXPECT_EQ(sent, "abcfj");
}

TEST(SendQueue, WhatIsUnderWayWhenItsScreenIsLeftSaysSoAndIsNotTriedAgain) {
  SendQueue queue;
  queue.Push(ScreenOf(1, "a"), kStart);
  auto first = queue.Take(kStart);
  EXPECT_TRUE(queue.LeaveScreen(1).empty());
  queue.Push(ScreenOf(1, "b"), kStart);
  const auto over = queue.Finish(std::move(*first), Retry(0), kStart);
  ASSERT_TRUE(over);
  EXPECT_TRUE(over->left);
  auto second = queue.Take(kStart + seconds(1));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->call.method, "b");
  EXPECT_FALSE(queue.Finish(std::move(*second), Ok(), kStart + seconds(1))->left);
}

TEST(SendQueue, WhatIsOnlyDrawnAnewLeavesACallForAPress) {
  SendQueue queue;
  for (const std::int64_t message : {7, 8, 9}) {
    queue.Push(To(1, "x", Priority::kRefresh, message), kStart);
  }
  EXPECT_EQ(SendAll(queue, kStart), "xx");
  queue.Push(To(1, "press"), kStart);
  EXPECT_EQ(SendAll(queue, kStart), "press");
  EXPECT_EQ(SendAll(queue, kStart + milliseconds(1900)), "");
  EXPECT_EQ(SendAll(queue, kStart + seconds(2)), "x");
}

TEST(SendQueue, WhatAPressDrawsIsNotOverdrawn) {
  SendQueue queue;
  queue.Push(To(1, "anew", Priority::kRefresh, 7), kStart);
  const auto superfluous = queue.Push(To(1, "press", Priority::kReply, 7), kStart);
  ASSERT_EQ(superfluous.size(), 1U);
  EXPECT_EQ(superfluous[0].call.method, "anew");
  // A later change is drawn after it.
  queue.Push(To(1, "later", Priority::kRefresh, 7), kStart);
  EXPECT_EQ(SendAll(queue, kStart), "presslater");
}

TEST(SendQueue, WhatFailedToBeDrawnAnewGivesWayToAPress) {
  SendQueue queue;
  queue.Push(To(1, "anew", Priority::kRefresh, 7), kStart);
  auto anew = queue.Take(kStart);
  queue.Push(To(1, "press", Priority::kReply, 7), kStart);
  EXPECT_TRUE(queue.Finish(std::move(*anew), Retry(0), kStart));
  EXPECT_EQ(SendAll(queue, kStart + seconds(1)), "press");
}

}  // namespace
}  // namespace kalends::telegram
