#include "adapters/telegram/strands.h"

namespace kalends::telegram {

Strands::Strands(int threads) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Run(); });
}

Strands::~Strands() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Strands::Post(std::int64_t key, Task task) {
  {
    const std::lock_guard lock(mutex_);
    const auto [entry, is_new] = tasks_.try_emplace(key);
    entry->second.push_back(std::move(task));
    if (is_new) ready_.push_back(key);
  }
  changed_.notify_one();
}

void Strands::Run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return !ready_.empty() || (stopped_ && tasks_.empty()); });
    if (ready_.empty()) return;
    const std::int64_t key = ready_.front();
    ready_.pop_front();
    {
      const Task task = std::move(tasks_[key].front());
      lock.unlock();
      task();
      // What the task holds goes before the lock comes back: it may post.
    }
    lock.lock();
    std::deque<Task>& tasks = tasks_[key];
    tasks.pop_front();
    if (tasks.empty()) {
      tasks_.erase(key);
      if (stopped_ && tasks_.empty()) changed_.notify_all();
    } else {
      ready_.push_back(key);
      changed_.notify_one();
    }
  }
}

}  // namespace kalends::telegram
