// Long polling. The next batch is asked for, which confirms the one before, once the inbox has
// confirmed each of its updates. One that nobody can read is passed over after some tries.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "adapters/telegram/bot_api.h"
#include "adapters/telegram/inbox.h"
#include "adapters/telegram/poll_plan.h"

namespace kalends::telegram {

class Poller {
 public:
  // Both must outlive it. After a failed call it pauses for twice `retry` and then ever longer, and
  // for kProbeRetries times that where only somebody's doing helps. `taken` is called, on the
  // poller's thread, where another process receives the updates and this one never did.
  Poller(Inbox& inbox, BotApi& api, std::chrono::milliseconds retry, std::function<void()> taken);
  ~Poller() { Stop(); }

  // Ends with the running call, without confirming what is at hand.
  void Stop();

 private:
  void Run();
  bool Stopped();
  ApiResult Ask();
  void OnUnreadable(const std::string& answer);
  // Says what is new about a failed call, and pauses before the next; `pause`: where nothing else
  // is said.
  void OnFailure(const ApiResult& answer, std::chrono::milliseconds pause);
  // False: it was stopped before all was confirmed.
  bool HandleBatch(const nlohmann::json& updates);
  void Pause(std::chrono::milliseconds length);

  // The updates of one answer.
  class Batch {
   public:
    explicit Batch(std::size_t updates) : unconfirmed_(updates) {}
    void Confirm();
    void Abandon();
    // Until all are confirmed; false: abandoned.
    bool Wait();

   private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t unconfirmed_;
    bool abandoned_ = false;
  };

  Inbox& inbox_;
  BotApi& api_;
  const std::chrono::milliseconds retry_;
  const std::chrono::milliseconds pause_min_;
  const std::function<void()> taken_;
  std::string last_failure_;      // As the log has it; empty: the last call did not fail.
  std::shared_ptr<Batch> batch_;  // At hand, if any.
  PollPlan plan_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace kalends::telegram
