#include "core/base/clock_watch.h"

#include <gtest/gtest.h>

namespace kalends::core {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr Instant kNow{seconds(1'800'000'000)};

TEST(ClockWatch, AJumpOfMoreThanAMinuteIsNoticedOnce) {
  for (const seconds by :
       {seconds(61), seconds(-61), seconds(hours(24 * 400)), seconds(-hours(24 * 400))}) {
    SCOPED_TRACE(by.count());
    ClockWatch watch;
    EXPECT_FALSE(watch.Observe(kNow, seconds(100)));
    EXPECT_FALSE(watch.Observe(kNow + seconds(5), seconds(105)));
    const auto jump = watch.Observe(kNow + seconds(6) + by, seconds(106));
    ASSERT_TRUE(jump);
    EXPECT_EQ(jump->by, by);
    EXPECT_EQ(jump->to, kNow + seconds(6) + by);
    EXPECT_FALSE(watch.Observe(kNow + seconds(7) + by, seconds(107)));
  }
}

TEST(ClockWatch, TimeThatGoesOnIsNoJumpHoweverMuch) {
  ClockWatch watch;
  for (int day = 0; day < 1000; ++day) {
    EXPECT_FALSE(watch.Observe(kNow + hours(24 * day), seconds(hours(24 * day)))) << day;
  }
}

// As a time service does: 500 parts in a million are 43 seconds a day.
TEST(ClockWatch, SlowCorrectionsNeverAddUpToAJump) {
  ClockWatch watch;
  for (int minute = 0; minute < 60 * 24 * 30; ++minute) {
    const seconds gained(minute * 60 * 500 / 1'000'000);
    EXPECT_FALSE(watch.Observe(kNow + seconds(minute * 60) + gained, seconds(minute * 60)));
  }
}

TEST(ClockWatch, AMinuteIsNoJump) {
  ClockWatch watch;
  EXPECT_FALSE(watch.Observe(kNow, seconds(0)));
  EXPECT_FALSE(watch.Observe(kNow + seconds(60), seconds(0)));
  EXPECT_FALSE(watch.Observe(kNow, seconds(0)));
}

}  // namespace
}  // namespace kalends::core
