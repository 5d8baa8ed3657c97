// The greedy one gets no more than a share, and the modest one is not concerned.
#include "adapters/shared/shares.h"

#include <gtest/gtest.h>

#include <vector>

namespace kalends {
namespace {

TEST(Shares, AreCountedForEach) {
  Shares shares(2);
  std::vector<Shares::Share> greedy;
  for (int i = 0; i < 2; ++i) {
    auto share = shares.Take("greedy");
    ASSERT_TRUE(share);
    greedy.push_back(*std::move(share));
  }
  EXPECT_FALSE(shares.Take("greedy"));
  EXPECT_TRUE(shares.Take("modest"));
  greedy.pop_back();
  EXPECT_TRUE(shares.Take("greedy")) << "what was given back can be had again";
  EXPECT_TRUE(shares.Take("greedy")) << "and is given back by who lets go";
}

}  // namespace
}  // namespace kalends
