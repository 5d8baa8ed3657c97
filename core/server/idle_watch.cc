#include "core/server/idle_watch.h"

#include <utility>

#include "core/base/error.h"

namespace kalends::server {

IdleWatch::IdleWatch(std::chrono::milliseconds limit) : limit_(limit), thread_([this] { Run(); }) {}

IdleWatch::~IdleWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

IdleWatch::Wait IdleWatch::Begin(std::function<void()> expire) {
  const std::lock_guard lock(mutex_);
  // The thread need not be told: it never sleeps for longer than the limit.
  waiting_[++last_] = {std::chrono::steady_clock::now() + limit_, std::move(expire)};
  return last_;
}

bool IdleWatch::End(Wait wait) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return expiring_ != wait; });
  return waiting_.erase(wait) > 0;
}

void IdleWatch::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto now = std::chrono::steady_clock::now();
    const auto first = waiting_.begin();
    const auto deadline = first == waiting_.end() ? now + limit_ : first->second.deadline;
    if (now < deadline) {
      changed_.wait_until(lock, deadline);
      continue;
    }
    expiring_ = first->first;
    const std::function<void()> expire = std::move(first->second.expire);
    waiting_.erase(first);
    lock.unlock();
    expire();
    lock.lock();
    expiring_ = 0;
    changed_.notify_all();
  }
}

absl::Status IdleWait::Begin(const std::function<void()>& start) {
  const std::lock_guard lock(mutex_);
  if (!stopped_.ok()) return stopped_;
  start();
  wait_ = watch_.Begin(expire_);
  return absl::OkStatus();
}

bool IdleWait::End() {
  IdleWatch::Wait wait = 0;
  {
    const std::lock_guard lock(mutex_);
    wait = wait_;
  }
  return watch_.End(wait);
}

absl::Status IdleWait::Why() {
  const std::lock_guard lock(mutex_);
  return stopped_.ok() ? core::Error(core::Reason::kStreamIdle) : stopped_;
}

bool IdleWait::Stop(const absl::Status& why) {
  IdleWatch::Wait wait = 0;
  {
    const std::lock_guard lock(mutex_);
    if (!stopped_.ok()) return false;
    stopped_ = why;
    wait = wait_;
  }
  return wait != 0 && watch_.End(wait);
}

}  // namespace kalends::server
