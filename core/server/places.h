// Places that are shared fairly: so many in all, and so many for each of those who take them. Where
// all are taken, who has most gives way to who has none.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/keys/call_rate.h"

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

  // How one who has a place gives way.
  struct Holder {
    // How long its other end has kept it waiting by now. Called while it has the place, under a
    // lock.
    std::function<core::Ticks()> waited;
    // Ends it. Called once at most, perhaps after it has given its place back.
    std::function<void(const absl::Status& why)> end;
  };

  explicit Places(const Limits& limits) : limits_(limits) {}

  // Free again when it goes. Let it go before the caller learns how its stream ended: the next may
  // begin on that.
  class Place {
   public:
    Place(Places& places, std::uint64_t number) : places_(places), number_(number) {}
    ~Place() { places_.GiveBack(number_); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

   private:
    Places& places_;
    const std::uint64_t number_;
  };
  // LIMIT_REACHED: the owner has its share, or all places are taken and nobody gives way; the
  // former is said first, as only the owner can help it. Where all are taken and the owner has
  // none, one of who has most of them is ended with GAVE_WAY: the one that waits for its other end
  // the longest. If everybody has one only, that has to be kGiveWayAfter at least. Without a holder
  // a place is kept, and nobody gives way to it.
  absl::StatusOr<std::unique_ptr<Place>> Take(Owners owners,
                                              std::optional<Holder> holder = std::nullopt);

 private:
  struct Taken {
    Owners owners;
    std::optional<Holder> holder;
  };

  // Under mutex_.
  int TakenBy(const Owners& owners) const;  // By the one of them that has most.
  std::optional<std::uint64_t> WhoGivesWay(const Owners& newcomer) const;
  void Uncount(const Owners& owners);

  void GiveBack(std::uint64_t number);

  const Limits limits_;
  std::mutex mutex_;  // Of what follows.
  std::map<std::uint64_t, Taken> taken_;
  std::set<std::uint64_t> leaving_;      // They gave way, and have not ended yet.
  std::map<std::string, int> taken_by_;  // Those who have one.
  std::uint64_t last_ = 0;
};

}  // namespace kalends::server
