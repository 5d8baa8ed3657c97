#include "core/server/completions.h"

namespace kalends::server {

Completions::Completions() : thread_([this] { Run(); }) {}

Completions::~Completions() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  posted_.notify_one();
  thread_.join();
}

void Completions::Post(std::function<void()> task) {
  bool was_empty = false;
  {
    const std::lock_guard lock(mutex_);
    was_empty = tasks_.empty();
    tasks_.push_back(std::move(task));
  }
  if (was_empty) posted_.notify_one();
}

void Completions::Run() {
  std::vector<std::function<void()>> batch;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      posted_.wait(lock, [this] { return !tasks_.empty() || stopping_; });
      if (tasks_.empty()) return;
      batch.swap(tasks_);
    }
    for (const auto& task : batch) task();
    batch.clear();
  }
}

}  // namespace kalends::server
