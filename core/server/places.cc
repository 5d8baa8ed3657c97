#include "core/server/places.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace kalends::server {

absl::StatusOr<std::unique_ptr<Places::Place>> Places::Take(Owners owners,
                                                            std::optional<Holder> holder) {
  std::function<void(const absl::Status&)> end;
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    if (TakenBy(owners) >= limits_.share) {
      return core::LimitReached(limits_.name, limits_.share,
                                "You have as many open at once as you may; end one first.");
    }
    if (taken_.size() >= static_cast<std::size_t>(limits_.in_all)) {
      const auto gives_way = holder ? WhoGivesWay(owners) : std::nullopt;
      if (!gives_way) {
        return core::LimitReached(limits_.name, limits_.in_all,
                                  "There are too many at once; try again.");
      }
      const auto found = taken_.find(*gives_way);
      end = std::move(found->second.holder->end);
      Uncount(found->second.owners);
      taken_.erase(found);
      leaving_.insert(*gives_way);
    }
    number = ++last_;
    for (const std::string& owner : owners) ++taken_by_[owner];
    taken_.emplace(number, Taken{std::move(owners), std::move(holder)});
  }
  // Outside of the lock: it may give its place back at once.
  if (end) end(core::Error(core::Reason::kGaveWay));
  return std::make_unique<Place>(*this, number);
}

int Places::TakenBy(const Owners& owners) const {
  int most = 0;
  for (const std::string& owner : owners) {
    const auto found = taken_by_.find(owner);
    if (found != taken_by_.end()) most = std::max(most, found->second);
  }
  return most;
}

// Of those that are leaving there are never more than places: whoever takes no status goes soon.
std::optional<std::uint64_t> Places::WhoGivesWay(const Owners& newcomer) const {
  if (TakenBy(newcomer) > 0 || leaving_.size() >= static_cast<std::size_t>(limits_.in_all)) {
    return std::nullopt;
  }
  std::optional<std::uint64_t> gives_way;
  std::pair<int, core::Ticks> most;  // Places of its owner; how long it has waited.
  for (const auto& [number, taken] : taken_) {
    if (!taken.holder) continue;
    const std::pair this_one(TakenBy(taken.owners), taken.holder->waited());
    if (this_one.first < 2 && this_one.second < core::kGiveWayAfter) continue;
    if (gives_way && this_one <= most) continue;
    gives_way = number;
    most = this_one;
  }
  return gives_way;
}

void Places::Uncount(const Owners& owners) {
  for (const std::string& owner : owners) {
    const auto found = taken_by_.find(owner);
    if (--found->second == 0) taken_by_.erase(found);
  }
}

void Places::GiveBack(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  if (leaving_.erase(number) > 0) return;
  const auto found = taken_.find(number);
  Uncount(found->second.owners);
  taken_.erase(found);
}

}  // namespace kalends::server
