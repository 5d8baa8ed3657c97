#include "core/chat/chat.h"

#include <gtest/gtest.h>

#include <random>

#include "core/chat/rate.h"
#include "tests/support/seed.h"

namespace kalends::core {
namespace {

using std::chrono::seconds;

TEST(Content, ComesBackAsItWasPacked) {
  const test::Seed seed;
  std::mt19937_64 random(seed.value());
  // All but the two separators, zero and line breaks included.
  const auto text = [&] {
    std::string some;
    for (auto left = random() % 20; left > 0; --left) {
      const char c = static_cast<char>(random() % 256);
      if (c != '\x1e' && c != '\x1f') some += c;
    }
    return some;
  };
  for (int round = 0; round < 2000; ++round) {
    Content content{text(), {}};
    for (auto left = random() % 4; left > 0; --left) {
      content.attachments.push_back({static_cast<AttachmentKind>(random() % 3), text(), text(),
                                     text(), text(), static_cast<std::int64_t>(random())});
    }
    EXPECT_EQ(UnpackContent(PackContent(content)), content);
  }
}

TEST(Content, NothingElseIsUnpacked) {
  for (const std::string packed : {"a\x1f", "a\x1e", "a\x1ePHOTO\x1f\x1f\x1f\x1f",
                                   "a\x1eVIDEO\x1f\x1f\x1f\x1f\x1f"
                                   "0",
                                   "a\x1ePHOTO\x1f\x1f\x1f\x1f\x1fx",
                                   "a\x1ePHOTO\x1f\x1f\x1f\x1f\x1f"
                                   "1x",
                                   "a\x1ePHOTO\x1f\x1f\x1f\x1f\x1f"
                                   "1\x1f"}) {
    EXPECT_FALSE(UnpackContent(packed)) << packed;
  }
}

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

}  // namespace
}  // namespace kalends::core
