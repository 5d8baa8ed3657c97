// How slow a reader may be: in every kPaceWindow of waiting for it, it has to take kPaceBytes.
#pragma once

#include <chrono>
#include <cstddef>

#include "adapters/web/limits.h"

namespace kalends::web {

// Measured over a window, so that a moment without a network does no harm; what the core takes its
// time for does not count. With it every transfer has a deadline: a window for each kPaceBytes.
class Pace {
 public:
  using Duration = std::chrono::steady_clock::duration;

  // How long the reader may still take; from 0 on it is too slow.
  Duration left() const { return kPaceWindow - spent_; }

  // It took `bytes` in `spent`.
  void Took(std::size_t bytes, Duration spent) {
    bytes_ += bytes;
    spent_ += spent;
    if (bytes_ < kPaceBytes) return;
    bytes_ = 0;
    spent_ = {};
  }

 private:
  std::size_t bytes_ = 0;
  Duration spent_{};
};

}  // namespace kalends::web
