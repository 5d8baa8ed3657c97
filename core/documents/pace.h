// How slow the other end of a stream of bytes may be, and how long the stream may be open. Pure:
// the time is told.
#pragma once

#include "core/base/limits.h"
#include "core/base/time.h"

namespace kalends::core {

struct PaceLimits {
  Ticks idle_max = kStreamIdleMax;  // Of one wait.
  Ticks window = kPaceWindow;       // Of waiting, in which
  std::int64_t bytes = kPaceBytes;  // so much has to move; 0: whatever moves is enough.
  Ticks whole_max = kTransferMax;   // From the beginning, with what is no waiting.
};

// Measured over a window, so that a moment without a network does no harm. What we take our time
// for counts in `whole_max` alone.
class Pace {
 public:
  Pace(const PaceLimits& limits, Ticks begun) : limits_(limits), begun_(begun) {}

  // How long the other end may now be waited for; from 0 on it was too slow.
  Ticks MayWait(Ticks now) const;
  // It took `waited` to move `bytes`.
  void Moved(std::int64_t bytes, Ticks waited);

 private:
  const PaceLimits limits_;
  const Ticks begun_;
  Ticks waited_{0};  // In the present window.
  std::int64_t bytes_ = 0;
};

}  // namespace kalends::core
