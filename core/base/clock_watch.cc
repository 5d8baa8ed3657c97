#include "core/base/clock_watch.h"

namespace kalends::core {

std::optional<ClockJump> ClockWatch::Observe(Instant wall, Ticks monotonic) {
  const std::int64_t offset =
      ToUnixSeconds(wall) - std::chrono::floor<std::chrono::seconds>(monotonic).count();
  std::int64_t before = offset_.load(std::memory_order_relaxed);
  // Both clocks count whole seconds, so that the offset wavers by one.
  if (before != kNone && offset - before <= 1 && before - offset <= 1) return std::nullopt;
  if (!offset_.compare_exchange_strong(before, offset) || before == kNone) return std::nullopt;
  const std::chrono::seconds by(offset - before);
  if (std::chrono::abs(by) <= kClockJumpMin) return std::nullopt;
  return ClockJump{wall, by};
}

}  // namespace kalends::core
