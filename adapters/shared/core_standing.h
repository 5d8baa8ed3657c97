// How we stand with the core: whether it answers, and whether it takes our key. What lasts is told
// in the log once, when it begins and when it is over, not with every call that it costs.
#pragma once

#include <grpcpp/support/status.h>

#include <chrono>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <string_view>

#include "core/operate/metrics.h"

namespace kalends {

// Of programs that end because the core refuses their key and has never taken it.
inline constexpr int kExitKeyRefused = 78;

enum class CoreTrouble {
  kNone,
  kAway,     // It cannot be reached, or does not answer in time. Goes by itself.
  kRefused,  // The key is unknown, has expired or has not the scope: somebody must make another.
};

// What a call's end says about the core; a refusal of what was asked for is no trouble.
CoreTrouble TroubleOf(const grpc::Status& status);

// What makes a key of `scope` at the core at `address`, for the log.
std::string CommandForKey(std::string_view address, std::string_view scope);

// Warns that `what` came of `status`, unless that is a trouble of which CoreStanding has told.
void WarnOf(std::string_view what, const grpc::Status& status);

// Safe to share between threads.
class CoreStanding {
 public:
  // `address` of the core and the `scope` that its key needs are for the log. `refused_from_start`
  // is called, on any thread, when the core refuses the key before it has ever taken it. `why_away`
  // is asked, on a thread of its own, when the core is away: a part of a sentence for the log;
  // empty: nothing more is known.
  CoreStanding(std::string address, std::string scope,
               std::function<void()> refused_from_start = nullptr,
               std::function<std::string()> why_away = nullptr);

  // A call has ended so.
  void Note(const grpc::Status& status);
  CoreTrouble trouble() const;
  // How long the core has been away; 0: it is not.
  std::chrono::steady_clock::duration AwayFor() const;

 private:
  // Says that `trouble` has begun, for the reason that `status` gives.
  void Tell(CoreTrouble trouble, const grpc::Status& status);

  void AskWhyAway();

  const std::string address_;
  const std::string scope_;
  const std::function<void()> refused_from_start_;
  const std::function<std::string()> why_away_;
  mutable std::mutex mutex_;
  CoreTrouble trouble_ = CoreTrouble::kNone;
  std::chrono::steady_clock::time_point since_{};
  bool was_well_ = false;
  std::future<void> asks_why_;  // Waits for its end when it is destroyed.
  const operate::Sampled away_{"kalends_adapter_core_away_seconds",
                               "For how long the core has been away, in seconds; 0: it is there.",
                               [this] { return std::chrono::duration<double>(AwayFor()).count(); }};
};

}  // namespace kalends
