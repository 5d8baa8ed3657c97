// Threads for work that waits for the disk, so that gRPC's own never do.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kalends::server {

// Thread-safe. Destroying it runs what was posted.
class Workers {
 public:
  explicit Workers(int threads);
  ~Workers();

  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // Runs `task` soon on one of the threads. Tasks may run at the same time.
  void Post(std::function<void()> task);
  // Waits until all that was posted has returned: what it has used may go.
  void WaitUntilIdle();
  // How many tasks wait for a thread.
  std::size_t CountWaiting();

 private:
  void Run();

  std::mutex mutex_;
  std::condition_variable posted_;
  std::condition_variable idle_;
  std::deque<std::function<void()>> tasks_;
  int running_ = 0;  // So many tasks.
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace kalends::server
