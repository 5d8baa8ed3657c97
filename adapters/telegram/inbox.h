// Takes updates in, however they come, and hands each to its chat's strand. Says when Telegram may
// forget an update: once its effects are in the core, or it is kept there until they are.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "adapters/telegram/backlog.h"
#include "adapters/telegram/context.h"
#include "adapters/telegram/crash_watch.h"
#include "adapters/telegram/receipt.h"
#include "adapters/telegram/update.h"
#include "nlohmann/json.hpp"

namespace kalends::telegram {

// How long Telegram, and with it all other chats, waits for an update to be handled; one that takes
// longer, such as an upload, is put into the backlog; a part of an album at once, as Telegram may
// tell of the next one only then.
inline constexpr std::chrono::seconds kHandlePatience{2};
// How much longer it waits until the answers have been sent. A crash after that loses answers, but
// no effects.
inline constexpr std::chrono::seconds kAnswerPatience{1};
// How long an album waits for a further part after the last one; Telegram sends them one by one.
inline constexpr std::chrono::milliseconds kAlbumPatience{600};
inline constexpr int kHandleTriesMax = 3;  // Of an update whose handling throws.

// Safe to share between threads.
class Inbox {
 public:
  // Both must outlive it, and it must outlive every task on the strands and every call that waits
  // to be sent.
  Inbox(const Context& context, Backlog& backlog);
  ~Inbox() { Stop(); }

  // Takes in what a process before this one left in the backlog. To be called before TakeIn.
  absl::Status Resume();

  // Says in the log that an update was given up, and how many were so far. nullopt: it is not known
  // which.
  void CountSetAside(std::optional<std::int64_t> update_id);

  using Confirm = std::function<void()>;
  // Calls `confirm` once, from any thread and perhaps at once, when Telegram may forget `update`.
  // Updates that are not for us are passed over. One whose handling throws is tried again and then
  // set aside, and so is one that ended the process whenever it was handled (crash_watch.h).
  void TakeIn(const nlohmann::json& update, Confirm confirm);

  // Confirms nothing more, and leaves the backlog as it is: what is cut short now comes again.
  void Stop();

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  struct Pending {
    UpdateKey key;
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

  // What is handled as one, on its way to its strand: an update, or the parts of an album.
  struct Ready {
    std::vector<PendingPtr> pending;
    Update update;
  };
  // An album that waits for more of it.
  struct Gathering {
    Ready ready;
    SteadyTime until;
  };

  // Starts what came, or keeps it until the rest of its album is there.
  void TakeUp(Ready ready);
  // Starts the albums that have waited long enough.
  void StartGathered(SteadyTime now);
  void Start(Ready ready);
  void Post(Ready ready);
  // Posts the first in line, unless one of them is being handled; without the lock meanwhile.
  void AdvanceLine(std::unique_lock<std::mutex>& lock);
  // Handles it, on its strand.
  void Handle(const Update& update, const Receipt& receipt);
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
  std::mutex starting_;  // Held while updates are started, so that they keep their order. Locked
                         // before mutex_.
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<UpdateKey, PendingPtr> pending_;  // Not handled, or not confirmed.
  std::set<UpdateKey> resumed_;              // Telegram may not know that we have them.
  CrashWatch watch_;
  std::map<std::int64_t, Gathering> gathering_;  // By chat.
  std::deque<Ready> line_;      // While `watch_` is careful: those are handled one at a time,
  PendingPtr in_hand_;          // this one just now,
  SteadyTime in_hand_since_{};  // and after kHandlePatience the next one, too.
  std::atomic<int> set_aside_ = 0;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace kalends::telegram
