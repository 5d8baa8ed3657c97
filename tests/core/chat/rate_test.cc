#include "core/chat/rate.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "tests/support/seed.h"

namespace kalends::core {
namespace {

using std::chrono::seconds;

TEST(MaySendAt, IsWhenTheNthNewestIsAPeriodOld) {
  const RateLimit limit{20, seconds(60)};
  const Instant now = FromUnixSeconds(1'800'000'000);
  EXPECT_EQ(MaySendAt(limit, std::nullopt, now), now);
  EXPECT_EQ(MaySendAt(limit, now - seconds(60), now), now);
  EXPECT_EQ(MaySendAt(limit, now - seconds(59), now), now + seconds(1));
  EXPECT_EQ(MaySendAt(limit, now, now), now + seconds(60));
}

TEST(MaySendAt, NoPeriodHoldsMoreThanTheLimit) {
  const test::Seed seed;
  std::mt19937_64 random(seed.value());
  const RateLimit limit{5, seconds(10)};
  std::vector<Instant> sent;
  Instant now = FromUnixSeconds(1'800'000'000);
  for (int step = 0; step < 5000; ++step) {
    now += seconds(random() % 3);
    const auto count = static_cast<std::size_t>(limit.count);
    const auto nth = sent.size() < count ? std::nullopt : std::optional(sent[sent.size() - count]);
    if (MaySendAt(limit, nth, now) > now) continue;
    sent.push_back(now);
    if (sent.size() <= count) continue;
    EXPECT_GE(now - sent[sent.size() - 1 - count], limit.period);
  }
  EXPECT_GT(sent.size(), 1000U);
}

TEST(MaySendAt, OfSeveralLimitsIsTheLatest) {
  const Instant now = FromUnixSeconds(1'800'000'000);
  const RateLimit limits[] = {{2, seconds(60)}, {5, seconds(600)}};
  const auto at = [&](std::optional<Instant> second, std::optional<Instant> fifth) {
    return MaySendAt(limits, [&](int nth) { return nth == 2 ? second : fifth; }, now);
  };
  EXPECT_EQ(at(std::nullopt, std::nullopt), now);
  EXPECT_EQ(at(now - seconds(20), std::nullopt), now + seconds(40));
  EXPECT_EQ(at(now - seconds(20), now - seconds(100)), now + seconds(500));
}

}  // namespace
}  // namespace kalends::core
