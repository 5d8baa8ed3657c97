// Takes updates in, however they come, and hands each to its chat's strand. Says when Telegram may
// forget an update: once its effects are in the core, or it is kept there until they are.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "adapters/telegram/backlog.h"
#include "adapters/telegram/context.h"
#include "adapters/telegram/update.h"
#include "nlohmann/json.hpp"

namespace kalends::telegram {

// How long Telegram, and with it all other chats, waits for an update to be handled; one that takes
// longer, such as an upload, is put into the backlog.
inline constexpr std::chrono::seconds kHandlePatience{2};
// How much longer it waits until the answers have been sent. A crash after that loses answers, but
// no effects.
inline constexpr std::chrono::seconds kAnswerPatience{1};

// Safe to share between threads.
class Inbox {
 public:
  // Both must outlive it, and it must outlive every task on the strands and every call that waits
  // to be sent.
  Inbox(const Context& context, Backlog& backlog);
  ~Inbox() { Stop(); }

  // Takes in what a process before this one left in the backlog. To be called before TakeIn.
  absl::Status Resume();

  using Confirm = std::function<void()>;
  // Calls `confirm` once, from any thread and perhaps at once, when Telegram may forget `update`.
  // Updates that are not for us are passed over.
  void TakeIn(const nlohmann::json& update, Confirm confirm);

  // Confirms nothing more, and leaves the backlog as it is: what is cut short now comes again.
  void Stop();

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  struct Pending {
    std::int64_t id = 0;
    nlohmann::json update;
    std::vector<Confirm> confirms;
    SteadyTime deadline;      // When Telegram has waited long enough.
    bool keeping = false;     // On its way into the backlog.
    bool backlogged = false;  // It is there, or may be.
    bool kept = false;        // It is there for sure, and confirmed.
    bool handled = false;
    bool answered = false;
  };
  using PendingPtr = std::shared_ptr<Pending>;

  void Start(const PendingPtr& pending, Update update);
  // What letting go of a receipt does.
  void OnHandled(const PendingPtr& pending);
  void OnAnswered(const PendingPtr& pending);
  void Run();
  void Keep(std::unique_lock<std::mutex>& lock, const PendingPtr& pending);
  // Confirms `pending`, which is over, and drops it from the backlog; `lock` is let go for that.
  // Not on the API's thread.
  void End(std::unique_lock<std::mutex>& lock, const PendingPtr& pending);

  const Context& context_;
  Backlog& backlog_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::int64_t, PendingPtr> pending_;  // Not handled, or not confirmed.
  std::set<std::int64_t> resumed_;              // Telegram may not know that we have them.
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace kalends::telegram
