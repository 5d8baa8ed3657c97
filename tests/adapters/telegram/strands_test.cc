#include "adapters/telegram/strands.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <latch>

namespace kalends::telegram {
namespace {

TEST(Strands, WorkOfOneKeyStaysInOrder) {
  constexpr int kKeys = 7;
  constexpr int kTasks = 500;
  std::array<std::vector<int>, kKeys> done;
  {
    Strands strands(4);
    for (int task = 0; task < kTasks; ++task) {
      for (int key = 0; key < kKeys; ++key) {
        strands.Post(key,
                     [&done, key, task] { done[static_cast<std::size_t>(key)].push_back(task); });
      }
    }
  }
  for (const auto& order : done) {
    ASSERT_EQ(order.size(), static_cast<std::size_t>(kTasks));
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  }
}

TEST(Strands, AKeyThatIsBusyDoesNotHoldUpAnother) {
  std::latch other_ran(1);
  Strands strands(2);
  strands.Post(1, [&] { other_ran.wait(); });
  strands.Post(1, [] {});
  strands.Post(2, [&] { other_ran.count_down(); });
  other_ran.wait();
}

TEST(Strands, ATaskMayPostMoreEvenAtTheEnd) {
  std::atomic<int> ran = 0;
  {
    Strands strands(2);
    strands.Post(1, [&] { strands.Post(2, [&] { ++ran; }); });
  }
  EXPECT_EQ(ran, 1);
}

}  // namespace
}  // namespace kalends::telegram
