// Work in order per key, side by side across keys, on a fixed number of threads.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace kalends::telegram {

// Safe to share between threads.
class Strands {
 public:
  explicit Strands(int threads);
  // Finishes what was posted, then ends.
  ~Strands();

  using Task = std::function<void()>;
  // Runs `task` after all that was posted for `key` before.
  void Post(std::int64_t key, Task task);

 private:
  void Run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::unordered_map<std::int64_t, std::deque<Task>> tasks_;  // A key is here while it has work.
  std::deque<std::int64_t> ready_;                            // Keys that no thread works on.
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace kalends::telegram
