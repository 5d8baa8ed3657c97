#include "core/documents/pace.h"

#include <gtest/gtest.h>

namespace kalends::core {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Ticks kBegun = hours(1000);
constexpr PaceLimits kLimits{seconds(30), seconds(60), 1000, minutes(10)};

TEST(Pace, AWaitMayBeAsLongAsNothingMayMove) {
  const Pace pace(kLimits, kBegun);
  EXPECT_EQ(pace.MayWait(kBegun), seconds(30));
}

// What was measured: an upload of one byte every 25 seconds.
TEST(Pace, WhoMovesSomethingAllTheWhileButTooLittleIsTooSlowAfterAWindow) {
  Pace pace(kLimits, kBegun);
  pace.Moved(1, seconds(25));
  EXPECT_EQ(pace.MayWait(kBegun + seconds(25)), seconds(30));
  pace.Moved(1, seconds(25));
  EXPECT_EQ(pace.MayWait(kBegun + seconds(50)), seconds(10));
  pace.Moved(1, seconds(10));
  EXPECT_LE(pace.MayWait(kBegun + seconds(60)), Ticks(0));
}

TEST(Pace, EachWindowBeginsWithWhatWasToMove) {
  for (const std::int64_t bytes : {999, 1000, 5000}) {
    SCOPED_TRACE(bytes);
    Pace pace(kLimits, kBegun);
    pace.Moved(bytes, seconds(50));
    EXPECT_EQ(pace.MayWait(kBegun + seconds(50)), bytes < 1000 ? seconds(10) : seconds(30));
  }
}

TEST(Pace, WhatIsNoWaitingCountsOnlyForTheWhole) {
  Pace pace(kLimits, kBegun);
  pace.Moved(1, seconds(1));
  EXPECT_EQ(pace.MayWait(kBegun + minutes(9)), seconds(30));
  EXPECT_EQ(pace.MayWait(kBegun + minutes(10) - seconds(5)), seconds(5));
  EXPECT_LE(pace.MayWait(kBegun + minutes(10)), Ticks(0));
}

TEST(Pace, WhoIsFastEnoughMayStillNotStayForEver) {
  Pace pace(kLimits, kBegun);
  for (int minute = 0; minute < 10; ++minute) pace.Moved(1'000'000, seconds(1));
  EXPECT_LE(pace.MayWait(kBegun + minutes(10)), Ticks(0));
}

TEST(Pace, WithoutBytesThatHaveToMoveEachMoveIsEnough) {
  PaceLimits limits = kLimits;
  limits.bytes = 0;
  Pace pace(limits, kBegun);
  for (int i = 0; i < 10; ++i) pace.Moved(0, seconds(29));
  EXPECT_EQ(pace.MayWait(kBegun + minutes(5)), seconds(30));
}

}  // namespace
}  // namespace kalends::core
