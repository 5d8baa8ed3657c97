// Places that are shared fairly: so many in all, and so many for each of those who take them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace kalends::server {

// Thread-safe.
class Places {
 public:
  struct Limits {
    std::string_view name;  // "uploads_at_once", as LIMIT_REACHED tells it.
    int in_all = 0;
    int share = 0;
  };
  // Whose share a place is of; of several, it is one of each. None: only of the whole.
  using Owners = std::vector<std::string>;

  explicit Places(const Limits& limits) : limits_(limits) {}

  // Free again when it goes. Let it go before the caller learns how its stream ended: the next may
  // begin on that.
  class Place {
   public:
    Place(Places& places, Owners owners) : places_(places), owners_(std::move(owners)) {}
    ~Place() { places_.GiveBack(owners_); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

   private:
    Places& places_;
    const Owners owners_;
  };
  // LIMIT_REACHED: the owner has its share, or all places are taken; the former is said first, as
  // only the owner can help it.
  absl::StatusOr<std::unique_ptr<Place>> Take(Owners owners);

 private:
  void GiveBack(const Owners& owners);

  const Limits limits_;
  std::mutex mutex_;  // Of what follows.
  int taken_ = 0;
  std::map<std::string, int> taken_by_;  // Those who have one.
};

}  // namespace kalends::server
