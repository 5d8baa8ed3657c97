#include "adapters/telegram/strands.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <latch>
#include <string>

#include "core/operate/request.h"

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

TEST(Strands, SlowTasksHoldUpNeitherTheQuickOnesNorMoreThanTheirThreads) {
  constexpr int kSlow = 2;
  std::latch quick_ran(1);
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  std::atomic<int> done = 0;
  {
    Strands strands(1, kSlow);
    for (int key = 0; key < 5; ++key) {
      strands.Post(
          key,
          [&] {
            most = std::max<int>(most, ++running);
            quick_ran.wait();
            --running;
            ++done;
          },
          Lane::kSlow);
    }
    strands.Post(9, [&] { quick_ran.count_down(); });
    quick_ran.wait();
  }
  EXPECT_EQ(done, 5);
  EXPECT_LE(most, kSlow);
}

TEST(Strands, AKeyKeepsItsOrderAcrossSlowAndQuick) {
  std::vector<int> order;
  {
    Strands strands(2, 2);
    for (int task = 0; task < 200; ++task) {
      strands.Post(
          7, [&order, task] { order.push_back(task); }, task % 3 == 0 ? Lane::kSlow : Lane::kQuick);
    }
  }
  ASSERT_EQ(order.size(), 200U);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST(Strands, ATaskRunsForTheRequestThatPostedItAndSoDoesWhatItPosts) {
  std::string first;
  std::string second;
  std::string other;
  {
    Strands strands(1);
    {
      const operate::RequestScope request("0123456789abcdef");
      strands.Post(1, [&] {
        first = operate::CurrentRequest();
        strands.Post(2, [&] { second = operate::CurrentRequest(); });
      });
    }
    strands.Post(3, [&] { other = operate::CurrentRequest(); });
  }
  EXPECT_EQ(first, "0123456789abcdef");
  EXPECT_EQ(second, "0123456789abcdef");
  EXPECT_EQ(other, "");
}

TEST(Strands, CountsWhatWaitsAndWhatRuns) {
  Strands strands(1);
  std::latch running(1);
  std::latch go_on(1);
  strands.Post(1, [&] {
    running.count_down();
    go_on.wait();
  });
  strands.Post(1, [] {});
  running.wait();
  EXPECT_EQ(strands.CountPosted(), 2U);
  go_on.count_down();
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
