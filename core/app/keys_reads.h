// What tools and operators have read of late, so that reading the same again leaves no further
// audit line.
#pragma once

#include <compare>
#include <cstddef>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "core/base/id.h"
#include "core/base/time.h"

namespace kalends::app {

// Thread-safe.
class ReadTrail {
 public:
  struct Reading {
    core::ApiKeyId key;
    std::optional<core::AccountId> account;  // For whom.
    std::string method;
    std::string resource;

    friend auto operator<=>(const Reading&, const Reading&) = default;
  };

  explicit ReadTrail(std::size_t max) : max_(max) {}

  // Whether it is to be recorded: it was not yet in this hour of the clock, or that is forgotten,
  // as all are once there are `max`.
  bool Take(const Reading& reading, core::Instant now);
  // It could not be recorded: the next one is to be.
  void GiveBack(const Reading& reading);

 private:
  const std::size_t max_;
  std::mutex mutex_;  // Of what follows.
  std::int64_t hour_ = 0;
  std::set<Reading> taken_;
};

}  // namespace kalends::app
