// Long polling. The next batch is asked for, which confirms the one before, once the inbox has
// confirmed each of its updates. One that nobody can read is passed over after some tries.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "adapters/telegram/bot_api.h"
#include "adapters/telegram/inbox.h"
#include "adapters/telegram/poll_plan.h"

namespace kalends::telegram {

class Poller {
 public:
  // Both must outlive it. After a failed call it pauses for twice `retry` and then ever longer.
  Poller(Inbox& inbox, BotApi& api, std::chrono::milliseconds retry);
  ~Poller() { Stop(); }

  // Ends with the running call, without confirming what is at hand.
  void Stop();

 private:
  void Run();
  bool Stopped();
  ApiResult Ask();
  void OnUnreadable(const std::string& answer);
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
  const std::chrono::milliseconds pause_min_;
  std::shared_ptr<Batch> batch_;  // At hand, if any.
  PollPlan plan_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace kalends::telegram
