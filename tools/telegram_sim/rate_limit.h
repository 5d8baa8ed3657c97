// How many messages a bot may send per time: by chat, by group and in all.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>

namespace kalends::sim {

enum class Limits { kTelegram, kOff };

class RateLimiter {
 public:
  explicit RateLimiter(Limits limits) : limits_(limits) {}

  // Counts one message to `chat_id` (negative: a group) at `now_ms`, unless it is one too many:
  // then returns the whole seconds to wait, at least 1, and counts nothing.
  std::optional<int> Admit(std::int64_t chat_id, std::int64_t now_ms);

  // Changes the profile and forgets what was counted.
  void SetLimits(Limits limits);
  Limits limits() const { return limits_; }

 private:
  Limits limits_;
  std::deque<std::int64_t> all_;  // Times of the last second.
  // Per group: times of the last minute. Per private chat: when its burst is all back, ms.
  std::map<std::int64_t, std::deque<std::int64_t>> groups_;
  std::map<std::int64_t, std::int64_t> full_at_;
};

}  // namespace kalends::sim
