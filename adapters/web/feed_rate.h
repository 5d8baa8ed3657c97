// How often a feed may be read, whoever has its address.
#pragma once

#include <chrono>
#include <map>
#include <string>

#include "adapters/web/limits.h"

namespace kalends::web {

// Counts reads of a feed in windows that begin with its first. For one thread.
class FeedRate {
 public:
  using Clock = std::chrono::steady_clock;

  // How long to wait before the next read; 0: not at all.
  std::chrono::seconds Wait(const std::string& token, Clock::time_point now) const {
    const auto found = reads_.find(token);
    if (found == reads_.end() || found->second.count < kFeedReadsMax) return {};
    const auto left = found->second.begun + kFeedReadsWindow - now;
    return left <= Clock::duration(0) ? std::chrono::seconds(0)
                                      : std::chrono::ceil<std::chrono::seconds>(left);
  }

  // It was read. Only for tokens that are known to be good: strangers make up as many as they like.
  void Count(const std::string& token, Clock::time_point now) {
    if (reads_.size() >= kFeedsCountedMax) {
      std::erase_if(reads_, [&](const auto& one) { return IsOver(one.second, now); });
    }
    const auto found = reads_.find(token);
    if (found == reads_.end()) {
      // One that is not counted is one read too many, not a full memory.
      if (reads_.size() < kFeedsCountedMax) reads_[token] = {now, 1};
      return;
    }
    if (IsOver(found->second, now)) found->second = {now, 0};
    ++found->second.count;
  }

 private:
  struct Reads {
    Clock::time_point begun;
    int count = 0;
  };
  static bool IsOver(const Reads& reads, Clock::time_point now) {
    return now >= reads.begun + kFeedReadsWindow;
  }

  std::map<std::string, Reads> reads_;
};

}  // namespace kalends::web
