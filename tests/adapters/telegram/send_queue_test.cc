#include "adapters/telegram/send_queue.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/adapters/telegram/send_queue_support.h"

namespace kalends::telegram {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(SendQueue, AChatMayBurstAndThenGoesOncePerSecond) {
  SendQueue queue;
  for (const char* name : {"a", "b", "c", "d", "e"}) queue.Push(To(1, name), kStart);
  EXPECT_EQ(SendAll(queue, kStart), "abc");
  EXPECT_EQ(SendAll(queue, kStart + milliseconds(900)), "");
  EXPECT_EQ(queue.NextAt(kStart + milliseconds(900)), kStart + seconds(1));
  EXPECT_EQ(SendAll(queue, kStart + seconds(1)), "d");
  EXPECT_EQ(SendAll(queue, kStart + seconds(2)), "e");
  EXPECT_EQ(queue.NextAt(kStart + seconds(2)), std::nullopt);
}

TEST(SendQueue, AGroupGetsTwentyPerMinute) {
  SendQueue queue;
  for (int i = 0; i < 40; ++i) queue.Push(To(-100, "x"), kStart);
  std::size_t sent = 0;
  for (int second = 0; second < 60; ++second) {
    sent += SendAll(queue, kStart + seconds(second)).size();
  }
  EXPECT_GE(sent, 20U);
  EXPECT_LE(sent, 23U);  // The burst of 3 comes on top once.
}

TEST(SendQueue, AllTogetherThirtyPerSecond) {
  SendQueue queue;
  for (int chat = 1; chat <= 100; ++chat) queue.Push(To(chat, "x"), kStart);
  EXPECT_EQ(SendAll(queue, kStart).size(), 30U);
  EXPECT_EQ(SendAll(queue, kStart + seconds(1)).size(), 30U);
}

// For tests and Bot API servers of one's own; without one it is Telegram's, as above.
TEST(SendQueue, KeepsToAnotherPaceJustAsWell) {
  const Pace pace{.per_chat = milliseconds(10),
                  .per_group = milliseconds(40),
                  .per_second = 5,
                  .retry = milliseconds(20)};
  SendQueue chat(pace);
  for (const char* name : {"a", "b", "c", "d"}) chat.Push(To(1, name), kStart);
  EXPECT_EQ(SendAll(chat, kStart), "abc");
  EXPECT_EQ(chat.NextAt(kStart), kStart + milliseconds(10));
  SendQueue group(pace);
  for (const char* name : {"a", "b", "c", "d"}) group.Push(To(-1, name), kStart);
  EXPECT_EQ(SendAll(group, kStart), "abc");
  EXPECT_EQ(group.NextAt(kStart), kStart + milliseconds(40));
  SendQueue all(pace);
  for (int someone = 1; someone <= 20; ++someone) all.Push(To(someone, "x"), kStart);
  EXPECT_EQ(SendAll(all, kStart).size(), 5U);
  EXPECT_EQ(SendAll(all, kStart + seconds(1)).size(), 5U);
}

TEST(SendQueue, OneAtATimePerChat) {
  SendQueue queue;
  queue.Push(To(1, "a"), kStart);
  queue.Push(To(1, "b"), kStart);
  queue.Push(To(2, "c"), kStart);
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
  queue.Push(To(1, "n", Priority::kNotification), kStart);
  queue.Push(To(2, "m", Priority::kNotification), kStart);
  queue.Push(To(2, "r"), kStart);
  queue.Push(To(1, "s"), kStart);
  EXPECT_EQ(SendAll(queue, kStart), "rsnm");
}

TEST(SendQueue, OfSeveralEditsOnlyTheNewestIsSent) {
  SendQueue queue;
  EXPECT_TRUE(queue.Push(To(1, "a", Priority::kReply, 7), kStart).empty());
  EXPECT_TRUE(queue.Push(To(1, "b", Priority::kReply, 8), kStart).empty());
  const auto superfluous = queue.Push(To(1, "c", Priority::kReply, 7), kStart);
  ASSERT_EQ(superfluous.size(), 1U);
  EXPECT_EQ(superfluous[0].call.method, "a");
  EXPECT_EQ(SendAll(queue, kStart), "bc");
}

TEST(SendQueue, FloodControlStopsTheChatAndKeepsTheOrder) {
  SendQueue queue;
  queue.Push(To(1, "a"), kStart);
  queue.Push(To(1, "b"), kStart);
  auto first = queue.Take(kStart);
  EXPECT_FALSE(queue.Finish(std::move(*first), Retry(5), kStart));
  EXPECT_EQ(SendAll(queue, kStart + seconds(4)), "");
  queue.Push(To(2, "c"), kStart);
  EXPECT_EQ(SendAll(queue, kStart + seconds(4)), "c");
  EXPECT_EQ(queue.NextAt(kStart + seconds(4)), kStart + seconds(5));
  EXPECT_EQ(SendAll(queue, kStart + seconds(5)), "ab");
}

TEST(SendQueue, FloodControlInTwoChatsStopsEverything) {
  SendQueue queue;
  queue.Push(To(1, "a"), kStart);
  queue.Push(To(2, "b"), kStart);
  auto a = queue.Take(kStart);
  auto b = queue.Take(kStart);
  queue.Finish(std::move(*a), Retry(5), kStart);
  queue.Finish(std::move(*b), Retry(5), kStart);
  queue.Push(To(3, "c"), kStart);
  EXPECT_EQ(SendAll(queue, kStart + seconds(4)), "");
  EXPECT_EQ(SendAll(queue, kStart + seconds(5)).size(), 3U);
}

TEST(SendQueue, TroubleOfOneChatDoesNotHoldUpAnother) {
  SendQueue queue;
  queue.Push(To(1, "a"), kStart);
  queue.Push(To(2, "b"), kStart);
  auto a = queue.Take(kStart);
  EXPECT_FALSE(queue.Finish(std::move(*a), Retry(0), kStart));
  // A 429 of another chat is not a second one.
  auto b = queue.Take(kStart);
  EXPECT_FALSE(queue.Finish(std::move(*b), Retry(5), kStart));
  queue.Push(To(3, "c"), kStart);
  EXPECT_EQ(SendAll(queue, kStart), "c");
  EXPECT_EQ(SendAll(queue, kStart + seconds(1)), "a");
}

// `first`: the first pause of `queue`.
void ExpectGrowingPauses(SendQueue& queue, milliseconds first) {
  queue.Push(To(1, "a"), kStart);
  SteadyTime now = kStart;
  for (const int times : {1, 2, 4, 8, 10, 10, 10}) {
    auto outgoing = queue.Take(now);
    ASSERT_TRUE(outgoing);
    EXPECT_FALSE(queue.Finish(std::move(*outgoing), Retry(0), now));
    EXPECT_EQ(queue.NextAt(now), now + times * first);
    now += times * first;
  }
}

TEST(SendQueue, TriesAgainAfterPausesThatGrowAndThenStayTheSame) {
  SendQueue queue;
  ExpectGrowingPauses(queue, seconds(1));
  SendQueue quick(Pace{.per_chat = milliseconds(1), .retry = milliseconds(20)});
  ExpectGrowingPauses(quick, milliseconds(20));
}

TEST(SendQueue, GivesUpWhatIsTooOld) {
  SendQueue queue;
  queue.Push(To(1, "a"), kStart);
  auto young = queue.Take(kStart + kSendAgeMax - seconds(20));
  ASSERT_TRUE(young);
  EXPECT_FALSE(queue.Finish(std::move(*young), Retry(0), kStart + kSendAgeMax - seconds(20)));
  auto old = queue.Take(kStart + kSendAgeMax);
  ASSERT_TRUE(old);
  EXPECT_TRUE(queue.Finish(std::move(*old), Retry(0), kStart + kSendAgeMax));
  EXPECT_FALSE(queue.NextAt(kStart + kSendAgeMax));
}

TEST(SendQueue, ALargeFileIsGivenUpAfterItsAttempts) {
  SendQueue queue;
  queue.Push(To(1, "f", Priority::kFile), kStart);
  SteadyTime now = kStart;
  for (int attempt = 1; attempt <= kFileAttemptsMax; ++attempt) {
    auto file = queue.Take(now);
    ASSERT_TRUE(file) << attempt;
    const bool over = queue.Finish(std::move(*file), Retry(0), now).has_value();
    EXPECT_EQ(over, attempt == kFileAttemptsMax);
    now += seconds(20);
  }
}

TEST(SendQueue, ALargeFileDoesNotHoldUpItsChat) {
  SendQueue queue;
  queue.Push(To(1, "f", Priority::kFile), kStart);
  queue.Push(To(1, "g", Priority::kFile), kStart);
  auto file = queue.Take(kStart);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->call.method, "f");
  queue.Push(To(1, "a"), kStart);
  queue.Push(To(1, "n", Priority::kNotification), kStart);
  EXPECT_EQ(SendAll(queue, kStart), "an");
  queue.Finish(std::move(*file), Ok(), kStart);
  EXPECT_EQ(SendAll(queue, kStart), "g");
}

TEST(SendQueue, AnEditThatFailedIsNotTriedAgainOnceANewerOneWaits) {
  SendQueue queue;
  queue.Push(To(1, "a", Priority::kReply, 7), kStart);
  auto older = queue.Take(kStart);
  queue.Push(To(1, "b", Priority::kReply, 7), kStart);
  EXPECT_TRUE(queue.Finish(std::move(*older), Retry(0), kStart));
  EXPECT_EQ(SendAll(queue, kStart + seconds(1)), "b");
}

// Plays Telegram: what is taken before `back` fails, by turns in every way in which it can.
class Outage {
 public:
  Outage(SendQueue& queue, SteadyTime begin, SteadyTime back)
      : queue_(queue), now_(begin), back_(back) {}

  // Sends what the queue lets through until nothing is left to send, at most until `end`.
  void RunUntil(SteadyTime end) {
    while (now_ < end) {
      while (auto outgoing = queue_.Take(now_)) Answer(std::move(*outgoing));
      const auto next = queue_.NextAt(now_);
      now_ = std::min(end, std::max(next.value_or(end), now_ + milliseconds(1)));
    }
  }

  SteadyTime now() const { return now_; }
  int failures() const { return failures_; }
  const std::map<std::int64_t, std::string>& sent() const { return sent_; }
  int given_up() const { return given_up_; }

 private:
  void Answer(Outgoing outgoing) {
    const bool down = now_ < back_;
    if (down) ++failures_;
    const std::int64_t chat = outgoing.chat;
    const std::string name = outgoing.call.method;
    // No connection, 502, or a 429 that says how long.
    const ApiResult result = down ? Retry(failures_ % 5 == 0 ? 3 : 0) : Ok();
    const bool over = queue_.Finish(std::move(outgoing), result, now_).has_value();
    if (!down) sent_[chat] += name;
    if (down && over) ++given_up_;
  }

  SendQueue& queue_;
  SteadyTime now_;
  SteadyTime back_;
  std::map<std::int64_t, std::string> sent_;
  int failures_ = 0;
  int given_up_ = 0;
};

TEST(SendQueue, NothingIsLostOrDoubledInAnOutageOfAQuarterOfAnHour) {
  constexpr int kChats = 40;
  SendQueue queue;
  Outage telegram(queue, kStart, kStart + std::chrono::minutes(15));
  std::map<std::int64_t, std::string> wanted;
  for (int minute = 0; minute < 14; ++minute) {
    for (int chat = 1; chat <= kChats; ++chat) {
      const char name[] = {static_cast<char>('a' + minute), '\0'};
      queue.Push(To(chat, name), telegram.now());
      wanted[chat] += name;
    }
    telegram.RunUntil(kStart + std::chrono::minutes(minute + 1));
  }
  // Of all the edits of a message only the newest; notifications come after what was asked for.
  for (int chat = 1; chat <= kChats; ++chat) {
    queue.Push(To(chat, "N", Priority::kNotification), telegram.now());
    for (const char* edit : {"E", "F"}) {
      queue.Push(To(chat, edit, Priority::kReply, 7), telegram.now());
    }
    queue.Push(To(chat, "M", Priority::kNotification), telegram.now());
    wanted[chat] += "FNM";
  }
  telegram.RunUntil(kStart + std::chrono::minutes(15));
  EXPECT_TRUE(telegram.sent().empty());
  EXPECT_GT(telegram.failures(), kChats * 6);
  telegram.RunUntil(kStart + std::chrono::minutes(17));
  EXPECT_EQ(telegram.sent(), wanted);
  EXPECT_EQ(telegram.given_up(), 0);
  EXPECT_FALSE(queue.NextAt(telegram.now()));
}

TEST(SendQueue, AQuarterOfAnHourOfTroubleWithOneChatIsNotOneOfTheOthers) {
  SendQueue queue;
  queue.Push(To(1, "a"), kStart);
  queue.Push(To(1, "b"), kStart);
  std::string others;
  int failures = 0;
  SteadyTime now = kStart;
  for (int second = 0; second < 15 * 60; ++second) {
    queue.Push(To(2, "x"), now);
    while (auto outgoing = queue.Take(now)) {
      const bool fails = outgoing->chat == 1;
      failures += fails ? 1 : 0;
      others += fails ? "" : outgoing->call.method;
      queue.Finish(std::move(*outgoing), fails ? Retry(0) : Ok(), now);
    }
    EXPECT_EQ(others.size(), static_cast<std::size_t>(second) + 1);
    now += seconds(1);
  }
  EXPECT_GT(failures, 60);
  EXPECT_EQ(SendAll(queue, now + seconds(10)), "ab");
}

TEST(SendQueue, AFloodOfRepliesToOneChatIsCutNotKept) {
  SendQueue queue;
  std::size_t superfluous = 0;
  for (std::size_t i = 0; i < kQueuedPerChatMax + 10; ++i) {
    superfluous += queue.Push(To(1, "x"), kStart).size();
  }
  EXPECT_EQ(superfluous, 10U);
  EXPECT_EQ(queue.TakeAll().size(), kQueuedPerChatMax);
}

TEST(SendQueue, ForgetsChatsThatAreQuiet) {
  SendQueue queue;
  queue.Push(To(1, "a"), kStart);
  SendAll(queue, kStart);
  EXPECT_FALSE(queue.idle());
  SendAll(queue, kStart + seconds(60));
  EXPECT_TRUE(queue.idle());
}

}  // namespace
}  // namespace kalends::telegram
