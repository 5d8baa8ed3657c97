// When chats were last heard from. Bookkeeping alone: `now` is an argument.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <unordered_map>
#include <utility>

namespace kalends::telegram {

// Longer than any call takes, so that what is asked about a call is still known when it ends.
inline constexpr std::chrono::minutes kHeardKept{15};

// Thread-compatible: the owner locks.
class Heard {
 public:
  using Time = std::chrono::steady_clock::time_point;

  void Note(std::int64_t chat, Time now) {
    last_[chat] = now;
    order_.emplace_back(now, chat);
    while (order_.front().first + kHeardKept < now) {
      const auto found = last_.find(order_.front().second);
      if (found != last_.end() && found->second == order_.front().first) last_.erase(found);
      order_.pop_front();
    }
  }
  bool Since(std::int64_t chat, Time then) const {
    const auto found = last_.find(chat);
    return found != last_.end() && found->second >= then;
  }

 private:
  std::unordered_map<std::int64_t, Time> last_;
  std::deque<std::pair<Time, std::int64_t>> order_;  // The oldest first.
};

}  // namespace kalends::telegram
