// Long polling. An update counts as received only after it was handled: the offset that confirms a
// batch is sent once all of the batch has been handled and answered, so that a crash in between
// brings it again.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "adapters/telegram/context.h"

namespace kalends::telegram {

// How long a batch waits for its slowest chat. One chat that floods us would otherwise hold up all
// others; what it still waits for then are answers, not effects.
inline constexpr std::chrono::seconds kBatchPatience{20};

class Poller {
 public:
  // Both must outlive it.
  Poller(const Context& context, BotApi& api);
  ~Poller() { Stop(); }

  // Ends after the batch at hand.
  void Stop();

 private:
  void Run();
  void HandleBatch(const nlohmann::json& updates);
  void Pause(std::chrono::seconds length);

  const Context& context_;
  BotApi& api_;
  std::int64_t offset_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace kalends::telegram
