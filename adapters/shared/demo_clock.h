// How far the clock of a demonstration is ahead of this machine's: a file beside the core's data,
// which the core makes (`kalendsd --demo-clock`), the simulated Telegram writes and adapters read.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace kalends {

// Thread-safe; one process writes, any number reads.
class DemoClock {
 public:
  // Throws std::runtime_error: there is no such file, or it may not be used.
  explicit DemoClock(const std::string& path);
  ~DemoClock();
  DemoClock(const DemoClock&) = delete;
  DemoClock& operator=(const DemoClock&) = delete;

  std::chrono::seconds ahead() const { return std::chrono::seconds(ahead_->load()); }
  void SetAhead(std::chrono::seconds ahead) { ahead_->store(ahead.count()); }

 private:
  std::atomic<std::int64_t>* ahead_;
};

// Whether a URL is of this machine, as that of a simulated Telegram is.
bool IsLoopbackUrl(std::string_view url);

}  // namespace kalends
