// Wakes coroutines that wait for the world to change. For one io_context with one thread.
#pragma once

// clang-format off
#include <utility>  // Boost 1.74's awaitable.hpp needs std::exchange and does not include it.
// clang-format on

#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <set>

namespace kalends::sim {

class Bell {
 public:
  // Wakes everybody who waits.
  void Ring() {
    for (boost::asio::steady_timer* waiter : waiters_) waiter->cancel();
  }

  // Returns at the next Ring, or at `deadline`. Whoever checks a condition and then waits without
  // a co_await in between misses no ring.
  boost::asio::awaitable<void> Wait(std::chrono::steady_clock::time_point deadline) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    timer.expires_at(deadline);
    waiters_.insert(&timer);
    boost::system::error_code cancelled;
    co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
    waiters_.erase(&timer);
  }

 private:
  std::set<boost::asio::steady_timer*> waiters_;
};

}  // namespace kalends::sim
