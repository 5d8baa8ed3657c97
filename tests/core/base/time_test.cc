#include "core/base/time.h"

#include "core/base/money.h"
#include "gtest/gtest.h"

namespace kalends::core {
namespace {

Interval Make(std::int64_t start, std::int64_t end) {
  return {FromUnixSeconds(start), FromUnixSeconds(end)};
}

TEST(Interval, TouchingIntervalsDoNotOverlap) {
  EXPECT_FALSE(Overlaps(Make(0, 10), Make(10, 20)));
  EXPECT_FALSE(Overlaps(Make(10, 20), Make(0, 10)));
  EXPECT_TRUE(Overlaps(Make(0, 11), Make(10, 20)));
  EXPECT_TRUE(Overlaps(Make(0, 100), Make(10, 20)));
}

TEST(Interval, ContainsItsOwnEdges) {
  EXPECT_TRUE(Contains(Make(0, 10), Make(0, 10)));
  EXPECT_TRUE(Contains(Make(0, 10), Make(3, 5)));
  EXPECT_FALSE(Contains(Make(0, 10), Make(0, 11)));
  EXPECT_FALSE(Contains(Make(1, 10), Make(0, 10)));
}

TEST(Interval, IntersectionOfStrangersIsEmpty) {
  EXPECT_EQ(Intersection(Make(0, 10), Make(5, 20)), Make(5, 10));
  EXPECT_TRUE(IsEmpty(Intersection(Make(0, 10), Make(10, 20))));
  EXPECT_TRUE(IsEmpty(Intersection(Make(0, 10), Make(15, 20))));
  EXPECT_TRUE(IsEmpty(Make(5, 5)));
  EXPECT_FALSE(IsEmpty(Make(5, 6)));
}

TEST(Instant, UnixSecondsGoThereAndBack) {
  for (const std::int64_t seconds : {0LL, -1LL, 1795000000LL, 4102444800LL}) {
    EXPECT_EQ(ToUnixSeconds(FromUnixSeconds(seconds)), seconds);
  }
}

TEST(Money, CurrencyCodesAreThreeCapitals) {
  for (const char* code : {"EUR", "UAH", "JPY"}) EXPECT_TRUE(IsCurrencyCode(code)) << code;
  for (const char* code : {"", "EU", "EURO", "eur", "E1R", "€"}) {
    EXPECT_FALSE(IsCurrencyCode(code)) << code;
  }
}

}  // namespace
}  // namespace kalends::core
