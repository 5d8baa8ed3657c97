// How often somebody has asked of late for a start that could not be booked.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "core/access/access.h"
#include "core/base/time.h"

namespace kalends::app {

// Counted by the account, or else by the key, in memory: a restart forgives. Used on the writer's
// thread only; what is counted stays so when the write that was refused is rolled back.
class RefusedStarts {
 public:
  explicit RefusedStarts(core::MonotonicClock ticks) : ticks_(std::move(ticks)) {}

  // Whether the caller may ask for another start, before it is looked for: RATE_LIMITED with
  // RetryInfo.
  absl::Status Check(const core::Caller& caller) const;
  // The caller was refused one.
  void Count(const core::Caller& caller);

 private:
  static constexpr std::size_t kSweptMin = 1000;

  const core::MonotonicClock ticks_;
  std::unordered_map<std::string, core::Ticks> full_at_;  // See core::TakeCall.
  std::size_t sweep_at_ = kSweptMin;  // With so many, those that are full again are forgotten.
};

}  // namespace kalends::app
