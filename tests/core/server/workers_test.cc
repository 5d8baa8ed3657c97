#include "core/server/workers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace kalends::server {
namespace {

TEST(WorkersTest, IdleMeansThatEverythingPostedHasReturned) {
  Workers workers(2);
  std::promise<void> go;
  std::atomic<int> returned = 0;
  workers.Post([&] {
    go.get_future().wait();
    // What a task posts is waited for, too.
    workers.Post([&] { ++returned; });
    ++returned;
  });
  auto idle = std::async(std::launch::async, [&] {
    workers.WaitUntilIdle();
    return returned.load();
  });
  go.set_value();
  EXPECT_EQ(idle.get(), 2);
}

TEST(WorkersTest, NothingPostedIsIdle) { Workers(1).WaitUntilIdle(); }

}  // namespace
}  // namespace kalends::server
