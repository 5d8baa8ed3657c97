#include "adapters/telegram/poller.h"

#include <spdlog/spdlog.h>

#include "adapters/telegram/update.h"

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

Poller::Poller(Inbox& inbox, BotApi& api, std::chrono::milliseconds retry)
    : inbox_(inbox), api_(api), pause_min_(2 * retry), thread_([this] { Run(); }) {}

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

bool Poller::HandleBatch(const nlohmann::json& updates) {
  const auto batch = std::make_shared<Batch>(updates.size());
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return false;
    batch_ = batch;
  }
  std::int64_t last = offset_ - 1;
  for (const nlohmann::json& update : updates) {
    // Ids go up within a batch, but may start again lower after a quiet week.
    last = UpdateIdOf(update).value_or(last);
    inbox_.TakeIn(update, [batch] { batch->Confirm(); });
  }
  if (!batch->Wait()) return false;
  offset_ = last + 1;
  return true;
}

void Poller::Run() {
  std::chrono::milliseconds pause = pause_min_;
  for (;;) {
    ApiCall call{.method = "getUpdates"};
    call.params = {
        {"offset", offset_},
        {"limit", 100},
        {"timeout", kPollTimeout},
        {"allowed_updates", {"message", "edited_message", "callback_query", "my_chat_member"}}};
    call.timeout = kTransferTimeout;
    {
      const std::lock_guard lock(mutex_);
      if (stopped_) return;
    }
    const ApiResult answer = api_.Call(std::move(call));
    if (answer.outcome == Outcome::kOk && answer.result.is_array()) {
      pause = pause_min_;
      if (!answer.result.empty() && !HandleBatch(answer.result)) return;
      continue;
    }
    {
      const std::lock_guard lock(mutex_);
      if (stopped_) return;
    }
    spdlog::warn("getUpdates: {}", answer.description);
    Pause(answer.retry_after_s > 0 ? std::chrono::seconds(answer.retry_after_s) : pause);
    pause = std::min(kPauseMax * pause_min_, pause * 2);
  }
}

}  // namespace kalends::telegram
