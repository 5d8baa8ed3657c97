// A thread that sends answers, so that the writer can go on with the next group while the answers
// of the last one are put on the wire.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kalends::server {

// Thread-safe. Destroying it runs what was posted.
class Completions {
 public:
  Completions();
  ~Completions();

  Completions(const Completions&) = delete;
  Completions& operator=(const Completions&) = delete;

  // Runs `task` soon on the completion thread, in the order of posting.
  void Post(std::function<void()> task);

 private:
  void Run();

  std::mutex mutex_;
  std::condition_variable posted_;
  std::vector<std::function<void()>> tasks_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace kalends::server
