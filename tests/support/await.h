// Waiting for what other threads do, with an end.
#pragma once

#include <chrono>
#include <thread>

namespace kalends::test {

inline constexpr std::chrono::seconds kAwaitMax{
    60};  // A sanitized build on a busy machine is slow.

// Waits until `condition()` is true, at most for `limit`; false: it has not become so. The test
// that asks says what it waited for: ASSERT_TRUE(Eventually([&] { return Files() == 0; })).
template <typename Condition>
[[nodiscard]] bool Eventually(Condition condition, std::chrono::milliseconds limit = kAwaitMax) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(
        std::chrono::milliseconds(1));  // Leaves the processor to the others.
  }
  return true;
}

}  // namespace kalends::test
