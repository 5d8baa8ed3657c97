#include "core/server/idle_watch.h"

#include <utility>

#include "core/base/error.h"

namespace kalends::server {
namespace {

IdleWatch::Time SteadyNow() { return std::chrono::steady_clock::now(); }

}  // namespace

IdleWatch::IdleWatch() : thread_([this] { Run(); }) {}

IdleWatch::~IdleWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

IdleWatch::Wait IdleWatch::Begin(Time deadline, std::function<void()> expire) {
  const std::lock_guard lock(mutex_);
  const Wait wait{deadline, ++last_};
  waiting_.emplace(wait, std::move(expire));
  // Mostly the thread need not be told: it looks earlier, for one who waits since before.
  if (deadline < wakes_) changed_.notify_all();
  return wait;
}

bool IdleWatch::End(const Wait& wait) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return expiring_.number == 0 || expiring_ != wait; });
  return waiting_.erase(wait) > 0;
}

void IdleWatch::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto first = waiting_.begin();
    if (first == waiting_.end() || SteadyNow() < first->first.deadline) {
      // It keeps to the time it has said, though who waited till then is through: those to come
      // wait longer, and tell it nothing.
      wakes_ = first == waiting_.end() ? Time::max() : first->first.deadline;
      if (wakes_ == Time::max()) {
        changed_.wait(lock);
      } else {
        changed_.wait_until(lock, wakes_);
      }
      continue;
    }
    expiring_ = first->first;
    const std::function<void()> expire = std::move(first->second);
    waiting_.erase(first);
    lock.unlock();
    expire();
    lock.lock();
    expiring_ = {};
    changed_.notify_all();
  }
}

IdleWait::IdleWait(IdleWatch& watch, const core::PaceLimits& limits, std::function<void()> expire)
    : watch_(watch), expire_(std::move(expire)), pace_(limits, SteadyNow().time_since_epoch()) {}

absl::Status IdleWait::Begin(const std::function<void()>& start) {
  const std::lock_guard lock(mutex_);
  if (!stopped_.ok()) return stopped_;
  begun_ = SteadyNow();
  waits_since_ = begun_.time_since_epoch();
  start();
  // Where no time is left, that is over at once.
  wait_ = watch_.Begin(begun_ + pace_.MayWait(begun_.time_since_epoch()), expire_);
  return absl::OkStatus();
}

bool IdleWait::End(std::size_t bytes) {
  waits_since_ = kAtWork;
  IdleWatch::Wait wait;
  {
    const std::lock_guard lock(mutex_);
    wait = wait_;
    pace_.Moved(static_cast<std::int64_t>(bytes), SteadyNow() - begun_);
  }
  return watch_.End(wait);
}

core::Ticks IdleWait::Waited() const {
  const core::Ticks since = waits_since_;
  return since == kAtWork ? core::Ticks(0) : SteadyNow().time_since_epoch() - since;
}

absl::Status IdleWait::Why() {
  const std::lock_guard lock(mutex_);
  return stopped_.ok() ? core::Error(core::Reason::kStreamIdle) : stopped_;
}

bool IdleWait::Stop(const absl::Status& why) {
  IdleWatch::Wait wait;
  {
    const std::lock_guard lock(mutex_);
    if (!stopped_.ok()) return false;
    stopped_ = why;
    wait = wait_;
  }
  return wait.number != 0 && watch_.End(wait);
}

}  // namespace kalends::server
