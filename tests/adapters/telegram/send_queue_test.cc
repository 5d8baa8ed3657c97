#include "adapters/telegram/send_queue.h"

#include <gtest/gtest.h>

namespace kalends::telegram {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const SteadyTime kStart = SteadyTime() + std::chrono::hours(1);

Outgoing To(std::int64_t chat, const char* name, Priority priority = Priority::kReply,
            std::int64_t edits = 0) {
  Outgoing outgoing;
  outgoing.chat = chat;
  outgoing.call.method = name;
  outgoing.priority = priority;
  outgoing.edits = edits;
  return outgoing;
}

ApiResult Ok() {
  ApiResult result;
  result.outcome = Outcome::kOk;
  return result;
}

ApiResult Retry(int after_s) {
  ApiResult result;
  result.outcome = Outcome::kRetry;
  result.retry_after_s = after_s;
  return result;
}

// Takes and finishes what may go at `now`; its names in order.
std::string SendAll(SendQueue& queue, SteadyTime now) {
  std::string sent;
  while (auto outgoing = queue.Take(now)) {
    sent += outgoing->call.method;
    queue.Finish(std::move(*outgoing), Ok(), now);
  }
  return sent;
}

TEST(SendQueue, AChatMayBurstAndThenGoesOncePerSecond) {
  SendQueue queue;
  for (const char* name : {"a", "b", "c", "d", "e"}) queue.Push(To(1, name));
  EXPECT_EQ(SendAll(queue, kStart), "abc");
  EXPECT_EQ(SendAll(queue, kStart + milliseconds(900)), "");
  EXPECT_EQ(queue.NextAt(kStart + milliseconds(900)), kStart + seconds(1));
  EXPECT_EQ(SendAll(queue, kStart + seconds(1)), "d");
  EXPECT_EQ(SendAll(queue, kStart + seconds(2)), "e");
  EXPECT_EQ(queue.NextAt(kStart + seconds(2)), std::nullopt);
}

TEST(SendQueue, AGroupGetsTwentyPerMinute) {
  SendQueue queue;
  for (int i = 0; i < 40; ++i) queue.Push(To(-100, "x"));
  std::size_t sent = 0;
  for (int second = 0; second < 60; ++second) {
    sent += SendAll(queue, kStart + seconds(second)).size();
  }
  EXPECT_GE(sent, 20U);
  EXPECT_LE(sent, 23U);  // The burst of 3 comes on top once.
}

TEST(SendQueue, AllTogetherThirtyPerSecond) {
  SendQueue queue;
  for (int chat = 1; chat <= 100; ++chat) queue.Push(To(chat, "x"));
  EXPECT_EQ(SendAll(queue, kStart).size(), 30U);
  EXPECT_EQ(SendAll(queue, kStart + seconds(1)).size(), 30U);
}

TEST(SendQueue, OneAtATimePerChat) {
  SendQueue queue;
  queue.Push(To(1, "a"));
  queue.Push(To(1, "b"));
  queue.Push(To(2, "c"));
  auto first = queue.Take(kStart);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->call.method, "a");
  auto other = queue.Take(kStart);
  ASSERT_TRUE(other);
  EXPECT_EQ(other->call.method, "c");
  EXPECT_FALSE(queue.Take(kStart));
  queue.Finish(std::move(*first), Ok(), kStart);
  EXPECT_EQ(queue.Take(kStart)->call.method, "b");
}

TEST(SendQueue, RepliesGoBeforeNotificationsEverywhere) {
  SendQueue queue;
  queue.Push(To(1, "n", Priority::kNotification));
  queue.Push(To(2, "m", Priority::kNotification));
  queue.Push(To(2, "r"));
  queue.Push(To(1, "s"));
  EXPECT_EQ(SendAll(queue, kStart), "rsnm");
}

TEST(SendQueue, OfSeveralEditsOnlyTheNewestIsSent) {
  SendQueue queue;
  EXPECT_TRUE(queue.Push(To(1, "a", Priority::kReply, 7)).empty());
  EXPECT_TRUE(queue.Push(To(1, "b", Priority::kReply, 8)).empty());
  const auto superfluous = queue.Push(To(1, "c", Priority::kReply, 7));
  ASSERT_EQ(superfluous.size(), 1U);
  EXPECT_EQ(superfluous[0].call.method, "a");
  EXPECT_EQ(SendAll(queue, kStart), "bc");
}

TEST(SendQueue, FloodControlStopsTheChatAndKeepsTheOrder) {
  SendQueue queue;
  queue.Push(To(1, "a"));
  queue.Push(To(1, "b"));
  auto first = queue.Take(kStart);
  EXPECT_FALSE(queue.Finish(std::move(*first), Retry(5), kStart));
  EXPECT_EQ(SendAll(queue, kStart + seconds(4)), "");
  queue.Push(To(2, "c"));
  EXPECT_EQ(SendAll(queue, kStart + seconds(4)), "c");
  EXPECT_EQ(queue.NextAt(kStart + seconds(4)), kStart + seconds(5));
  EXPECT_EQ(SendAll(queue, kStart + seconds(5)), "ab");
}

TEST(SendQueue, FloodControlInTwoChatsStopsEverything) {
  SendQueue queue;
  queue.Push(To(1, "a"));
  queue.Push(To(2, "b"));
  auto a = queue.Take(kStart);
  auto b = queue.Take(kStart);
  queue.Finish(std::move(*a), Retry(5), kStart);
  queue.Finish(std::move(*b), Retry(5), kStart);
  queue.Push(To(3, "c"));
  EXPECT_EQ(SendAll(queue, kStart + seconds(4)), "");
  EXPECT_EQ(SendAll(queue, kStart + seconds(5)).size(), 3U);
}

TEST(SendQueue, GivesUpAfterItsAttempts) {
  SendQueue queue;
  queue.Push(To(1, "a"));
  SteadyTime now = kStart;
  for (int attempt = 1; attempt < kSendAttemptsMax; ++attempt) {
    auto outgoing = queue.Take(now);
    ASSERT_TRUE(outgoing) << attempt;
    EXPECT_FALSE(queue.Finish(std::move(*outgoing), Retry(0), now));
    now += seconds(60);
  }
  auto last = queue.Take(now);
  ASSERT_TRUE(last);
  EXPECT_TRUE(queue.Finish(std::move(*last), Retry(0), now));
  EXPECT_FALSE(queue.NextAt(now));
}

TEST(SendQueue, AFloodOfRepliesToOneChatIsCutNotKept) {
  SendQueue queue;
  std::size_t superfluous = 0;
  for (std::size_t i = 0; i < kQueuedPerChatMax + 10; ++i) {
    superfluous += queue.Push(To(1, "x")).size();
  }
  EXPECT_EQ(superfluous, 10U);
  EXPECT_EQ(queue.TakeAll().size(), kQueuedPerChatMax);
}

TEST(SendQueue, ForgetsChatsThatAreQuiet) {
  SendQueue queue;
  queue.Push(To(1, "a"));
  SendAll(queue, kStart);
  EXPECT_FALSE(queue.idle());
  SendAll(queue, kStart + seconds(60));
  EXPECT_TRUE(queue.idle());
}

}  // namespace
}  // namespace kalends::telegram
