#include "adapters/telegram/strands.h"

#include <cassert>

#include "core/operate/request.h"

namespace kalends::telegram {

Strands::Strands(int quick, int slow) : slow_max_(slow) {
  for (int i = 0; i < quick + slow; ++i) threads_.emplace_back([this] { Run(); });
}

Strands::~Strands() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Strands::Post(std::int64_t key, Task task, Lane lane) {
  assert(lane == Lane::kQuick || slow_max_ > 0);
  {
    const std::lock_guard lock(mutex_);
    const auto [entry, is_new] = work_.try_emplace(key);
    entry->second.push_back({std::move(task), lane, operate::CurrentRequest()});
    if (is_new) Ready(lane).push_back(key);
  }
  changed_.notify_one();
}

std::size_t Strands::CountPosted() {
  const std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const auto& [key, works] : work_) count += works.size();
  return count;
}

std::optional<Lane> Strands::Next() const {
  // The slow ones first: there are never many, and so the others cannot keep them waiting for ever.
  if (slow_running_ < slow_max_ && !ready_[static_cast<std::size_t>(Lane::kSlow)].empty()) {
    return Lane::kSlow;
  }
  if (!ready_[static_cast<std::size_t>(Lane::kQuick)].empty()) return Lane::kQuick;
  return std::nullopt;
}

void Strands::Run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return Next() || (stopped_ && work_.empty()); });
    const auto lane = Next();
    if (!lane) return;
    const std::int64_t key = Ready(*lane).front();
    Ready(*lane).pop_front();
    if (*lane == Lane::kSlow) ++slow_running_;
    {
      Work& work = work_[key].front();
      const operate::RequestScope request(std::move(work.request_id));
      const Task task = std::move(work.task);
      lock.unlock();
      task();
      // What the task holds goes before the lock comes back: it may post.
    }
    lock.lock();
    if (*lane == Lane::kSlow) --slow_running_;
    std::deque<Work>& works = work_[key];
    works.pop_front();
    if (works.empty()) {
      work_.erase(key);
      if (stopped_ && work_.empty()) changed_.notify_all();
    } else {
      Ready(works.front().lane).push_back(key);
      changed_.notify_one();
    }
  }
}

}  // namespace kalends::telegram
