#include "core/server/places.h"

#include <algorithm>

#include "core/base/error.h"

namespace kalends::server {

absl::StatusOr<std::unique_ptr<Places::Place>> Places::Take(Owners owners) {
  const std::lock_guard lock(mutex_);
  const bool has_share = std::any_of(owners.begin(), owners.end(), [&](const std::string& owner) {
    const auto found = taken_by_.find(owner);
    return found != taken_by_.end() && found->second >= limits_.share;
  });
  if (has_share) {
    return core::LimitReached(limits_.name, limits_.share,
                              "You have as many open at once as you may; end one first.");
  }
  if (taken_ >= limits_.in_all) {
    return core::LimitReached(limits_.name, limits_.in_all,
                              "There are too many at once; try again.");
  }
  ++taken_;
  for (const std::string& owner : owners) ++taken_by_[owner];
  return std::make_unique<Place>(*this, std::move(owners));
}

void Places::GiveBack(const Owners& owners) {
  const std::lock_guard lock(mutex_);
  --taken_;
  for (const std::string& owner : owners) {
    const auto found = taken_by_.find(owner);
    if (--found->second == 0) taken_by_.erase(found);
  }
}

}  // namespace kalends::server
