#include "adapters/telegram/poller.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "adapters/telegram/pace.h"

namespace kalends::telegram {
namespace {

constexpr int kPollTimeout = 30;  // Seconds, as getUpdates has it; at most 50.
constexpr std::chrono::seconds kTransferTimeout{kPollTimeout + 15};
constexpr int kPauseMax = 10;  // Times the first one.

}  // namespace

void Poller::Batch::Confirm() {
  const std::lock_guard lock(mutex_);
  --unconfirmed_;
  changed_.notify_all();
}

void Poller::Batch::Abandon() {
  const std::lock_guard lock(mutex_);
  abandoned_ = true;
  changed_.notify_all();
}

bool Poller::Batch::Wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return abandoned_ || unconfirmed_ == 0; });
  return !abandoned_;
}

Poller::Poller(Inbox& inbox, BotApi& api, std::chrono::milliseconds retry,
               std::function<void()> taken)
    : inbox_(inbox),
      api_(api),
      retry_(retry),
      pause_min_(2 * retry),
      taken_(std::move(taken)),
      thread_([this] { Run(); }) {}

void Poller::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    if (batch_ != nullptr) batch_->Abandon();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Poller::Pause(std::chrono::milliseconds length) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, length, [this] { return stopped_; });
}

bool Poller::Stopped() {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

bool Poller::HandleBatch(const nlohmann::json& updates) {
  const auto batch = std::make_shared<Batch>(updates.size());
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return false;
    batch_ = batch;
  }
  for (const nlohmann::json& update : updates) {
    if (plan_.IsRepeat(update)) {
      batch->Confirm();
    } else {
      inbox_.TakeIn(update, [batch] { batch->Confirm(); });
    }
  }
  return batch->Wait();
}

void Poller::OnUnreadable(const std::string& answer) {
  spdlog::warn("getUpdates: an answer that cannot be read");
  if (const auto passed_over = plan_.OnUnreadable(answer)) inbox_.CountSetAside(passed_over);
  Pause(pause_min_ / 2);
}

ApiResult Poller::Ask() {
  ApiCall call{.method = "getUpdates"};
  call.params = {{"offset", plan_.offset()},
                 {"limit", plan_.limit()},
                 {"timeout", kPollTimeout},
                 {"allowed_updates", kAllowedUpdates}};
  call.timeout = kTransferTimeout;
  return api_.Call(std::move(call));
}

void Poller::OnFailure(const ApiResult& answer, std::chrono::milliseconds pause) {
  plan_.OnFailure();
  if (api_.standing().taken_from_start()) taken_();
  if (answer.told) {
    pause = kProbeRetries * retry_;
  } else if (answer.description != last_failure_) {
    spdlog::warn("getUpdates: {}; trying again", answer.description);
  }
  last_failure_ = answer.description;
  Pause(answer.retry_after_s > 0 ? std::chrono::seconds(answer.retry_after_s) : pause);
}

void Poller::Run() {
  std::chrono::milliseconds pause = pause_min_;
  while (!Stopped()) {
    const ApiResult answer = Ask();
    const bool success = answer.outcome == Outcome::kOk;
    if (success && answer.result.is_array()) {
      pause = pause_min_;
      last_failure_.clear();
      if (!answer.result.empty() && !HandleBatch(answer.result)) return;
      if (!plan_.OnUpdates(answer.result)) Pause(pause_min_ / 2);
      continue;
    }
    if (Stopped()) return;
    if (success || !answer.unreadable.empty()) {
      OnUnreadable(answer.unreadable);
      continue;
    }
    OnFailure(answer, pause);
    pause = std::min(kPauseMax * pause_min_, pause * 2);
  }
}

}  // namespace kalends::telegram
