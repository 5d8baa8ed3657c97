#include "tools/telegram_sim/rate_limit.h"

#include <algorithm>

#include "tools/telegram_sim/limits.h"

namespace kalends::sim {
namespace {

constexpr std::int64_t kSecondMs = 1000;
constexpr std::int64_t kMinuteMs = 60'000;

int WholeSeconds(std::int64_t ms) {
  return static_cast<int>(std::max<std::int64_t>(1, (ms + kSecondMs - 1) / kSecondMs));
}

// If `times`, cleared of what is older than `window_ms`, is full: the ms until it is not.
std::optional<std::int64_t> WaitForWindow(std::deque<std::int64_t>& times, std::int64_t window_ms,
                                          int max, std::int64_t now_ms) {
  while (!times.empty() && times.front() <= now_ms - window_ms) times.pop_front();
  if (times.size() < static_cast<std::size_t>(max)) return std::nullopt;
  return times.front() + window_ms - now_ms;
}

}  // namespace

std::optional<int> RateLimiter::Admit(std::int64_t chat_id, std::int64_t now_ms) {
  if (limits_ == Limits::kOff) return std::nullopt;
  if (const auto wait = WaitForWindow(all_, kSecondMs, kMessagesPerSecond, now_ms)) {
    return WholeSeconds(*wait);
  }
  if (chat_id < 0) {
    auto& times = groups_[chat_id];
    if (const auto wait = WaitForWindow(times, kMinuteMs, kGroupMessagesPerMinute, now_ms)) {
      return WholeSeconds(*wait);
    }
    times.push_back(now_ms);
  } else {
    const std::int64_t full_at = std::max(full_at_[chat_id], now_ms) + kSecondMs;
    const std::int64_t late = full_at - now_ms - kPrivateBurst * kSecondMs;
    if (late > 0) return WholeSeconds(late);
    full_at_[chat_id] = full_at;
  }
  all_.push_back(now_ms);
  return std::nullopt;
}

void RateLimiter::SetLimits(Limits limits) { *this = RateLimiter(limits); }

}  // namespace kalends::sim
