#include "tools/telegram_sim/rate_limit.h"

#include <gtest/gtest.h>

namespace kalends::sim {
namespace {

TEST(RateLimiter, LetsAPrivateChatBurstThreeThenOneASecond) {
  RateLimiter limiter(Limits::kTelegram);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.Admit(7, 1000), std::nullopt);
  EXPECT_EQ(limiter.Admit(7, 1000), 1);
  EXPECT_EQ(limiter.Admit(7, 1999), 1);
  EXPECT_EQ(limiter.Admit(7, 2000), std::nullopt);
  EXPECT_EQ(limiter.Admit(7, 2000), 1);
}

TEST(RateLimiter, CountsNothingForARefusal) {
  RateLimiter limiter(Limits::kTelegram);
  for (int i = 0; i < 10; ++i) limiter.Admit(7, 0);
  EXPECT_EQ(limiter.Admit(7, 1000), std::nullopt);
}

TEST(RateLimiter, LetsThirtyASecondThroughToDifferentChats) {
  RateLimiter limiter(Limits::kTelegram);
  for (int chat = 1; chat <= 30; ++chat) EXPECT_EQ(limiter.Admit(chat, 500), std::nullopt);
  EXPECT_EQ(limiter.Admit(31, 500), 1);
  EXPECT_EQ(limiter.Admit(31, 1499), 1);
  EXPECT_EQ(limiter.Admit(31, 1500), std::nullopt);
}

TEST(RateLimiter, LetsTwentyAMinuteIntoAGroup) {
  RateLimiter limiter(Limits::kTelegram);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(limiter.Admit(-7, i * 100), std::nullopt);
  EXPECT_EQ(limiter.Admit(-7, 10'000), 50);
  EXPECT_EQ(limiter.Admit(-8, 10'000), std::nullopt);
  EXPECT_EQ(limiter.Admit(-7, 60'000), std::nullopt);
}

TEST(RateLimiter, CountsNothingWhenOff) {
  RateLimiter limiter(Limits::kOff);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(limiter.Admit(7, 0), std::nullopt);
}

}  // namespace
}  // namespace kalends::sim
