#include "core/app/refused_starts.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace kalends::app {
namespace {

using std::chrono::minutes;

class RefusedStartsTest : public testing::Test {
 protected:
  static core::Caller For(std::uint64_t account, std::uint64_t key = 1) {
    return {{key}, {core::Scope::kAdapter}, core::AccountId{account}};
  }
  static core::Caller ForNobody(std::uint64_t key) {
    return {{key}, {core::Scope::kToolWrite}, std::nullopt};
  }
  void UseUp(const core::Caller& caller) {
    for (int i = 0; i < core::kRefusedStartsPerMinuteMax; ++i) {
      EXPECT_TRUE(refused_.Check(caller).ok()) << i;
      refused_.Count(caller);
    }
  }
  bool MayAsk(const core::Caller& caller) const {
    const absl::Status may = refused_.Check(caller);
    EXPECT_TRUE(may.ok() || core::ReasonOf(may) == core::Reason::kRateLimited);
    return may.ok();
  }

  core::Ticks now_ = std::chrono::hours(1000);
  RefusedStarts refused_{[this] { return now_; }};
};

TEST_F(RefusedStartsTest, AnAccountIsOneWhicheverKeyBringsIt) {
  UseUp(For(1, 1));
  EXPECT_FALSE(MayAsk(For(1, 2)));
  EXPECT_TRUE(MayAsk(For(2, 1)));
  EXPECT_TRUE(MayAsk(ForNobody(1)));
}

TEST_F(RefusedStartsTest, CallsForNobodyAreTheKeys) {
  UseUp(ForNobody(1));
  EXPECT_FALSE(MayAsk(ForNobody(1)));
  EXPECT_TRUE(MayAsk(ForNobody(2)));
}

TEST_F(RefusedStartsTest, AfterAMinuteAllIsAsBefore) {
  UseUp(For(1));
  EXPECT_FALSE(MayAsk(For(1)));
  now_ += minutes(1);
  UseUp(For(1));
  EXPECT_FALSE(MayAsk(For(1)));
}

TEST_F(RefusedStartsTest, AskingTakesNothing) {
  for (int i = 0; i < 2 * core::kRefusedStartsPerMinuteMax; ++i) EXPECT_TRUE(MayAsk(For(1)));
}

// Those that are full again are forgotten, and only those.
TEST_F(RefusedStartsTest, WhoWasRefusedOfLateIsRememberedAmongAnyNumberOfOthers) {
  UseUp(For(1));
  for (std::uint64_t other = 2; other < 5000; ++other) refused_.Count(For(other));
  EXPECT_FALSE(MayAsk(For(1)));
}

}  // namespace
}  // namespace kalends::app
