// How calls ended and how long they took, by method.
#pragma once

#include <array>
#include <chrono>
#include <string>

#include "absl/status/status.h"
#include "core/operate/metrics.h"

namespace kalends::server {

// Those of one method, looked up once, when it is bound. Thread-safe, and without a lock.
class CallNumbers {
 public:
  // Counts nothing: of a method that is not served.
  CallNumbers() = default;
  // `method` as the contract says, such as "CatalogService.GetService".
  explicit CallNumbers(const std::string& method);

  void Ended(const absl::Status& status, std::chrono::steady_clock::duration took) const;

 private:
  static constexpr std::size_t kCodes = 17;  // OK to UNAUTHENTICATED.

  std::array<operate::Count*, kCodes> ended_{};
  operate::Spread* took_ = nullptr;
};

}  // namespace kalends::server
