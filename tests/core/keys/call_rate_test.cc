#include "core/keys/call_rate.h"

#include <gtest/gtest.h>

namespace kalends::core {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Ticks kStart = hours(1000);

// How many of `calls` at `now` may run.
int Take(int per_second, Ticks& full_at, Ticks now, int calls) {
  int taken = 0;
  for (int i = 0; i < calls; ++i) {
    const TakenCall call = TakeCall(per_second, full_at, now);
    if (call.wait == Ticks(0)) ++taken;
    full_at = call.full_at;
  }
  return taken;
}

TEST(TakeCall, ASecondsCallsMayComeAtOnceAndThenOneByOne) {
  for (const int per_second : {1, 2, 3, 7, 1000, 100'000, 1'000'000}) {
    SCOPED_TRACE(per_second);
    const Ticks one = Ticks(seconds(1)) / per_second;
    Ticks full_at{0};
    EXPECT_EQ(Take(per_second, full_at, kStart, per_second + 1), per_second);
    EXPECT_EQ(Take(per_second, full_at, kStart + one + Ticks(1), 2), 1);
    // Rounded to whole ticks: at most one more in the long run.
    EXPECT_NEAR(Take(per_second, full_at, kStart + seconds(1), per_second), per_second - 1, 1);
    EXPECT_EQ(Take(per_second, full_at, kStart + hours(1), per_second + 1), per_second);
  }
}

TEST(TakeCall, APeriodMayBeLongerThanASecond) {
  constexpr Ticks kMinute = std::chrono::minutes(1);
  Ticks full_at{0};
  for (int i = 0; i < 30; ++i) {
    const TakenCall call = TakeCall(30, kMinute, full_at, kStart);
    EXPECT_EQ(call.wait, Ticks(0));
    full_at = call.full_at;
  }
  EXPECT_EQ(TakeCall(30, kMinute, full_at, kStart).wait, seconds(2));
  EXPECT_EQ(TakeCall(30, kMinute, full_at, kStart + seconds(2)).wait, Ticks(0));
}

TEST(TakeCall, SaysHowLongToWaitAndTakesNothingMeanwhile) {
  const struct {
    const char* name;
    Ticks full_at;
    Ticks now;
    Ticks wait;
  } kCases[] = {
      {"a bucket that is full", Ticks(0), kStart, Ticks(0)},
      {"full just now", kStart, kStart, Ticks(0)},
      {"half empty", kStart + milliseconds(500), kStart, Ticks(0)},
      {"the last token", kStart + milliseconds(900), kStart, Ticks(0)},
      {"a moment too early", kStart + milliseconds(900) + Ticks(1), kStart, Ticks(1)},
      {"empty", kStart + seconds(1), kStart, milliseconds(100)},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    const TakenCall taken = TakeCall(10, c.full_at, c.now);
    EXPECT_EQ(taken.wait, c.wait);
    EXPECT_EQ(taken.full_at == c.full_at, c.wait > Ticks(0));
    // Who waited as told is let in.
    EXPECT_EQ(TakeCall(10, c.full_at, c.now + c.wait).wait, Ticks(0));
  }
}

}  // namespace
}  // namespace kalends::core
