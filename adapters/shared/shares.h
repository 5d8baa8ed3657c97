// How much each may have of something at a time, so that one does not take it from all.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace kalends {

// Counts what is taken, by whom. Outlives all shares that it gives. For one thread.
class Shares {
 public:
  // One of the things that may be had; gives it back at its end.
  class Share {
   public:
    Share(Shares* shares, std::string who) : shares_(shares), who_(std::move(who)) {}
    Share(Share&& other) noexcept
        : shares_(std::exchange(other.shares_, nullptr)), who_(std::move(other.who_)) {}
    Share& operator=(Share&&) = delete;
    ~Share() {
      if (shares_ != nullptr) shares_->GiveBack(who_);
    }

   private:
    Shares* shares_;
    std::string who_;
  };

  explicit Shares(int max) : max_(max) {}
  Shares(const Shares&) = delete;
  Shares& operator=(const Shares&) = delete;

  // nullopt: `who` has as many as one may have.
  std::optional<Share> Take(const std::string& who) {
    int& taken = taken_[who];
    if (taken >= max_) return std::nullopt;
    ++taken;
    return std::optional<Share>(std::in_place, this, who);
  }

 private:
  void GiveBack(const std::string& who) {
    const auto found = taken_.find(who);
    if (--found->second == 0) taken_.erase(found);
  }

  const int max_;
  std::map<std::string, int> taken_;  // More than 0 each.
};

}  // namespace kalends
