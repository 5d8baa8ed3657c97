// Work in order per key, side by side across keys, on a fixed number of threads.
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace kalends::telegram {

// How long a task may take: a few calls, or as long as a file travels.
enum class Lane { kQuick, kSlow, kMaxValue = kSlow };

// Safe to share between threads.
class Strands {
 public:
  // At most `slow` tasks of Lane::kSlow run at a time, on threads besides those `quick` ones, so
  // that they never hold up the others. With 0 there is no such lane.
  explicit Strands(int quick, int slow = 0);
  // Finishes what was posted, then ends.
  ~Strands();

  using Task = std::function<void()>;
  // Runs `task` after all that was posted for `key` before, for the request that this thread
  // answers.
  void Post(std::int64_t key, Task task, Lane lane = Lane::kQuick);
  // How many tasks wait or run.
  std::size_t CountPosted();

 private:
  struct Work {
    Task task;
    Lane lane;
    std::string request_id = {};
  };

  void Run();
  // Of a key whose first task may run now.
  std::optional<Lane> Next() const;
  std::deque<std::int64_t>& Ready(Lane lane) { return ready_[static_cast<std::size_t>(lane)]; }

  const int slow_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::unordered_map<std::int64_t, std::deque<Work>> work_;  // A key is here while it has work.
  // Keys that no thread works on, by the lane of their first task.
  std::array<std::deque<std::int64_t>, static_cast<std::size_t>(Lane::kMaxValue) + 1> ready_;
  int slow_running_ = 0;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace kalends::telegram
