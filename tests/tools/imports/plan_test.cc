#include "tools/kalends/imports/plan.h"

#include <gmock/gmock.h>

namespace kalends::cli {
namespace {

using std::chrono::minutes;

core::Interval At(int start, int end) {
  constexpr core::Instant kDay{std::chrono::seconds(1'800'000'000)};
  return {kDay + minutes(start), kDay + minutes(end)};
}

TEST(ExternalId, HidesWhatIsNoPlainNumberOrWord) {
  EXPECT_EQ(ExternalId("ea", "customer", "17"), "ea/customer/17");
  const std::string hidden = ExternalId("ea", "customer", "ada@example.com");
  EXPECT_EQ(hidden.find("ada"), std::string::npos);
  EXPECT_EQ(hidden, ExternalId("ea", "customer", "ada@example.com"));
  EXPECT_NE(hidden, ExternalId("ea", "customer", "eva@example.com"));
  EXPECT_LE(ExternalId(std::string(kSourceCharsMax, 'x'), "appointment", "ä").size(), 90U);
  EXPECT_TRUE(IsSourceName("ea-2"));
  EXPECT_FALSE(IsSourceName("Ea 2"));
}

TEST(PlannedHolds, OfOneSpecialistDoNotOverlap) {
  PlannedHolds holds;
  holds.Take("a", At(60, 120), "", 1);
  EXPECT_FALSE(holds.Fits("a", At(30, 61), "", 1));
  EXPECT_FALSE(holds.Fits("a", At(119, 150), "", 1));
  EXPECT_FALSE(holds.Fits("a", At(0, 300), "", 1));
  EXPECT_FALSE(holds.Fits("a", At(70, 80), "", 1));
  EXPECT_TRUE(holds.Fits("a", At(0, 60), "", 1));
  EXPECT_TRUE(holds.Fits("a", At(120, 180), "", 1));
  EXPECT_TRUE(holds.Fits("b", At(60, 120), "", 1));
}

TEST(PlannedHolds, AGroupSharesOneTimeUpToItsCapacity) {
  PlannedHolds holds;
  holds.Take("a", At(60, 120), "yoga", 2);
  EXPECT_FALSE(holds.Fits("a", At(60, 120), "pilates", 2));
  EXPECT_FALSE(holds.Fits("a", At(60, 90), "yoga", 2));
  EXPECT_TRUE(holds.Fits("a", At(60, 120), "yoga", 2));
  holds.Take("a", At(60, 120), "yoga", 2);
  EXPECT_FALSE(holds.Fits("a", At(60, 120), "yoga", 2));
}

}  // namespace
}  // namespace kalends::cli
