// Ends streams whose other end has stopped moving, or moves too slowly: it holds a place, memory
// and a file meanwhile. And those that are told to end in between.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "core/documents/pace.h"

namespace kalends::server {

// Thread-safe. All waits are watched by one thread.
class IdleWatch {
 public:
  IdleWatch();
  ~IdleWatch();  // What still waits is forgotten.

  IdleWatch(const IdleWatch&) = delete;
  IdleWatch& operator=(const IdleWatch&) = delete;

  using Time = std::chrono::steady_clock::time_point;
  struct Wait {
    Time deadline;
    std::uint64_t number = 0;  // 0: none.

    friend auto operator<=>(const Wait&, const Wait&) = default;
  };
  // Calls `expire` on the watch's thread once `deadline` has passed, unless End comes first.
  Wait Begin(Time deadline, std::function<void()> expire);
  // Whether it came in time; if not, `expire` has returned by now.
  bool End(const Wait& wait);

 private:
  void Run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<Wait, std::function<void()>> waiting_;
  std::uint64_t last_ = 0;
  Time wakes_ = Time::max();  // When the thread looks again.
  Wait expiring_;
  bool stopping_ = false;
  std::thread thread_;
};

// The waits of one stream, one at a time. A stream is at work or waits for its other end.
class IdleWait {
 public:
  IdleWait(IdleWatch& watch, const core::PaceLimits& limits, std::function<void()> expire);

  // Runs `start`, which begins what the other end has to finish in time. It may be finished, and
  // End be called, before this returns. If the stream was stopped, `start` is not run, and the
  // reason is returned: the stream is to end with it.
  absl::Status Begin(const std::function<void()>& start);
  // `bytes` have moved. Whether that came in time: as IdleWatch::End, and the stream was not
  // stopped meanwhile.
  bool End(std::size_t bytes);
  // For how long it has been waiting by now; none where it is at work.
  core::Ticks Waited() const;
  // Why a wait did not end in time: STREAM_IDLE, or why the stream was stopped.
  absl::Status Why();
  // Stops the stream, once. True: it waited, and that wait will not have ended in time. False: it
  // is at work, and its next wait will not begin; or it has ended.
  bool Stop(const absl::Status& why);

 private:
  static constexpr core::Ticks kAtWork = core::Ticks::max();

  IdleWatch& watch_;
  const std::function<void()> expire_;
  std::atomic<core::Ticks> waits_since_{kAtWork};
  std::mutex mutex_;  // Of what follows.
  core::Pace pace_;
  IdleWatch::Time begun_;  // The wait.
  IdleWatch::Wait wait_;
  absl::Status stopped_;  // OK: it is not.
};

}  // namespace kalends::server
