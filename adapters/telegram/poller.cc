#include "adapters/telegram/poller.h"

#include <spdlog/spdlog.h>

namespace kalends::telegram {
namespace {

constexpr int kPollTimeout = 30;  // Seconds, as getUpdates has it; at most 50.
constexpr std::chrono::seconds kTransferTimeout{kPollTimeout + 15};
constexpr std::chrono::seconds kPauseAfterError{2};
constexpr std::chrono::seconds kPauseMax{20};
constexpr std::chrono::seconds kPauseUnreadable{1};

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

Poller::Poller(Inbox& inbox, BotApi& api) : inbox_(inbox), api_(api), thread_([this] { Run(); }) {}

void Poller::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    if (batch_ != nullptr) batch_->Abandon();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Poller::Pause(std::chrono::seconds length) {
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
    inbox_.TakeIn(update, [batch] { batch->Confirm(); });
  }
  return batch->Wait();
}

void Poller::OnUnreadable(const std::string& answer) {
  spdlog::warn("getUpdates: an answer that cannot be read");
  if (const auto passed_over = plan_.OnUnreadable(answer)) inbox_.CountSetAside(passed_over);
  Pause(kPauseUnreadable);
}

ApiResult Poller::Ask() {
  ApiCall call{.method = "getUpdates"};
  call.params = {
      {"offset", plan_.offset()},
      {"limit", plan_.limit()},
      {"timeout", kPollTimeout},
      {"allowed_updates", {"message", "edited_message", "callback_query", "my_chat_member"}}};
  call.timeout = kTransferTimeout;
  return api_.Call(std::move(call));
}

void Poller::Run() {
  std::chrono::seconds pause = kPauseAfterError;
  while (!Stopped()) {
    const ApiResult answer = Ask();
    const bool success = answer.outcome == Outcome::kOk;
    if (success && answer.result.is_array()) {
      pause = kPauseAfterError;
      if (!answer.result.empty() && !HandleBatch(answer.result)) return;
      if (!plan_.OnUpdates(answer.result)) Pause(kPauseUnreadable);
      continue;
    }
    if (Stopped()) return;
    if (success || !answer.unreadable.empty()) {
      OnUnreadable(answer.unreadable);
      continue;
    }
    spdlog::warn("getUpdates: {}", answer.description);
    Pause(answer.retry_after_s > 0 ? std::chrono::seconds(answer.retry_after_s) : pause);
    pause = std::min(kPauseMax, pause * 2);
  }
}

}  // namespace kalends::telegram
