// Ends streams whose other end has stopped moving: it holds a place, memory and a file meanwhile.
// And those that are told to end in between.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "absl/status/status.h"

namespace kalends::server {

// Thread-safe. One limit for all, watched by one thread.
class IdleWatch {
 public:
  explicit IdleWatch(std::chrono::milliseconds limit);
  ~IdleWatch();  // What still waits is forgotten.

  IdleWatch(const IdleWatch&) = delete;
  IdleWatch& operator=(const IdleWatch&) = delete;

  using Wait = std::uint64_t;
  // Calls `expire` on the watch's thread once the limit has passed, unless End comes first.
  Wait Begin(std::function<void()> expire);
  // Whether it came in time; if not, `expire` has returned by now.
  bool End(Wait wait);

 private:
  struct Entry {
    std::chrono::steady_clock::time_point deadline;
    std::function<void()> expire;
  };

  void Run();

  const std::chrono::milliseconds limit_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<Wait, Entry> waiting_;  // In the order of their deadlines, as all have the same limit.
  Wait last_ = 0;
  Wait expiring_ = 0;  // 0: none.
  bool stopping_ = false;
  std::thread thread_;
};

// The waits of one stream, one at a time. A stream is at work or waits for its other end.
class IdleWait {
 public:
  IdleWait(IdleWatch& watch, std::function<void()> expire)
      : watch_(watch), expire_(std::move(expire)) {}

  // Runs `start`, which begins what the other end has to finish in time. It may be finished, and
  // End be called, before this returns. If the stream was stopped, `start` is not run, and the
  // reason is returned: the stream is to end with it.
  absl::Status Begin(const std::function<void()>& start);
  // Whether it came in time: as IdleWatch::End, and the stream was not stopped meanwhile.
  bool End();
  // Why a wait did not end in time: STREAM_IDLE, or why the stream was stopped.
  absl::Status Why();
  // Stops the stream, once. True: it waited, and that wait will not have ended in time. False: it
  // is at work, and its next wait will not begin; or it has ended.
  bool Stop(const absl::Status& why);

 private:
  IdleWatch& watch_;
  const std::function<void()> expire_;
  std::mutex mutex_;  // Of what follows.
  IdleWatch::Wait wait_ = 0;
  absl::Status stopped_;  // OK: it is not.
};

}  // namespace kalends::server
