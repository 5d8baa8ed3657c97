#include "adapters/telegram/poller.h"

#include <spdlog/spdlog.h>

#include "adapters/telegram/inbox.h"
#include "adapters/telegram/update.h"

namespace kalends::telegram {
namespace {

constexpr int kPollTimeout = 30;  // Seconds, as getUpdates has it; at most 50.
constexpr std::chrono::seconds kTransferTimeout{kPollTimeout + 15};
constexpr std::chrono::seconds kPauseAfterError{2};
constexpr std::chrono::seconds kPauseMax{60};

// Released by the last one who holds it.
class Batch {
 public:
  void Release() {
    const std::lock_guard lock(mutex_);
    released_ = true;
    changed_.notify_all();
  }
  bool Wait(std::chrono::seconds limit) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, limit, [this] { return released_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool released_ = false;
};

}  // namespace

Poller::Poller(const Context& context, BotApi& api)
    : context_(context), api_(api), thread_([this] { Run(); }) {}

void Poller::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Poller::Pause(std::chrono::seconds length) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, length, [this] { return stopped_; });
}

void Poller::HandleBatch(const nlohmann::json& updates) {
  auto batch = std::make_shared<Batch>();
  std::int64_t last = offset_ - 1;
  {
    const std::shared_ptr<void> token(nullptr, [batch](void*) { batch->Release(); });
    for (const nlohmann::json& update : updates) {
      // Ids go up within a batch, but may start again lower after a quiet week.
      last = UpdateIdOf(update).value_or(last);
      TakeIn(context_, update, token);
    }
  }
  if (!batch->Wait(kBatchPatience)) {
    spdlog::warn("a batch of {} updates is not answered yet, going on", updates.size());
  }
  offset_ = last + 1;
}

void Poller::Run() {
  std::chrono::seconds pause = kPauseAfterError;
  for (;;) {
    ApiCall call{.method = "getUpdates"};
    call.params = {{"offset", offset_},
                   {"limit", 100},
                   {"timeout", kPollTimeout},
                   {"allowed_updates", {"message", "callback_query", "my_chat_member"}}};
    call.timeout = kTransferTimeout;
    {
      const std::lock_guard lock(mutex_);
      if (stopped_) return;
    }
    const ApiResult answer = api_.Call(std::move(call));
    if (answer.outcome == Outcome::kOk && answer.result.is_array()) {
      pause = kPauseAfterError;
      if (!answer.result.empty()) HandleBatch(answer.result);
      continue;
    }
    {
      const std::lock_guard lock(mutex_);
      if (stopped_) return;
    }
    spdlog::warn("getUpdates: {}", answer.description);
    Pause(answer.retry_after_s > 0 ? std::chrono::seconds(answer.retry_after_s) : pause);
    pause = std::min(kPauseMax, pause * 2);
  }
}

}  // namespace kalends::telegram
