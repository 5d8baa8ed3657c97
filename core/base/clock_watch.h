// Notices a clock that jumps.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

#include "core/base/time.h"

namespace kalends::core {

// Clocks are corrected all the time; what is more than this is a jump.
inline constexpr std::chrono::seconds kClockJumpMin{60};

struct ClockJump {
  Instant to;               // What the clock showed afterwards.
  std::chrono::seconds by;  // Negative: it was set back.
};

// Compares a wall clock with a monotonic one. Thread-safe; cheap enough for every reading.
class ClockWatch {
 public:
  // Takes both clocks, read together. The jump, if the wall clock has moved against the monotonic
  // one by more than kClockJumpMin since the last reading; each is reported to one reader.
  std::optional<ClockJump> Observe(Instant wall, Ticks monotonic);

 private:
  static constexpr std::int64_t kNone = INT64_MIN;
  // Wall minus monotonic, in seconds. Follows slow corrections, so that they never add up.
  std::atomic<std::int64_t> offset_ = kNone;
};

}  // namespace kalends::core
