// Hands due notifications to the adapters' streams: each leased to one stream, one at a time per
// recipient, in order. Leases live in memory: after a restart everything not acknowledged is handed
// out again.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <unordered_map>

#include "core/app/engine.h"
#include "core/app/notifications_view.h"
#include "core/base/limits.h"
#include "core/notifications/notification.h"
#include "core/operate/metrics.h"

namespace kalends::app {

struct Subscription {
  std::string channel;
  std::chrono::seconds lease{60};
  int outstanding_max = 64;
  // Takes a notification. Called on the hub's thread; must not block or call the hub.
  std::function<void(const NotificationView&)> deliver;
};

// Thread-safe. A notification that cannot be shown is set aside after some tries, so that it holds
// up nobody for ever.
class NotificationHub {
 public:
  struct Options {
    std::chrono::milliseconds tick{1000};
  };

  NotificationHub(Engine& engine, Options options);
  ~NotificationHub();

  NotificationHub(const NotificationHub&) = delete;
  NotificationHub& operator=(const NotificationHub&) = delete;

  void Start();
  using SubscriptionId = std::uint64_t;
  SubscriptionId Subscribe(Subscription subscription);
  // Gives its leases back. After it returns, `deliver` is not called any more.
  void Unsubscribe(SubscriptionId id);

  // Something may have become due.
  void Wake();
  // It was acknowledged: the recipient's next one may go out.
  void Settle(core::NotificationId id);
  // Ends the lease and keeps the recipient's notifications back until `until`. False: not leased.
  bool GiveBack(core::NotificationId id, core::Instant until);
  // The identity a notification is leased for; nullopt: not leased.
  std::optional<core::Identity> LeasedFor(core::NotificationId id);

 private:
  struct Lease {
    SubscriptionId subscription;
    core::AccountId recipient;
    core::Identity identity;
    core::Instant expires;
  };
  struct Subscriber {
    Subscription subscription;
    int outstanding = 0;
  };

  // The first lines of recipients.
  struct Due {
    std::vector<NotificationView> ready;
    std::vector<core::NotificationId> gone;   // What they were about is.
    std::vector<core::Notification> unshown;  // They cannot be read; id and recipient are set.
  };

  void Run();
  void Pump();
  void PumpChannel(const std::string& channel, core::Instant now);
  void ExpireLeases(core::Instant now);
  // What was to last until some time by a clock that was wrong ends at once.
  void FollowClock();
  // What is due in `channel`, for recipients that have none and are not held back.
  Due ReadDue(const std::string& channel, core::Instant now);
  // It cannot be shown: holds it back for a while, and sets it aside in the end.
  void HoldUnshown(const std::vector<core::Notification>& unshown, core::Instant now);
  // Whether it may go out now; a reminder in quiet hours is postponed.
  bool MayGoOut(const NotificationView& view, core::Instant now);
  void EndLease(std::unordered_map<core::NotificationId, Lease>::iterator lease);
  std::set<std::string> Channels();
  // What `read` says of the outbox; NaN: it cannot be read now.
  double OfOutbox(const std::function<double(storage::Transaction&, core::Instant)>& read);

  Engine& engine_;
  const Options options_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool woken_ = false;
  bool stopping_ = false;
  SubscriptionId last_id_ = 0;
  std::map<SubscriptionId, Subscriber> subscribers_;
  std::unordered_map<core::NotificationId, Lease> leases_;
  std::unordered_map<core::AccountId, core::Instant> held_until_;
  std::set<core::AccountId> busy_;                         // Recipients with a lease.
  std::unordered_map<core::NotificationId, int> unshown_;  // How often. Of the hub's thread alone.
  std::int64_t clock_jumps_ = 0;  // That were followed. The hub's thread's alone.
  std::thread thread_;
  operate::SampledOnes sampled_;  // Last, so that they go first.
};

// The use cases of acknowledging and returning.
// `delivered_as` is what the recipient's channel calls the message that shows it; empty: nothing is
// remembered.
absl::Status AcknowledgeNotification(WriteContext& cx, NotificationHub& hub,
                                     core::NotificationId id, std::string_view delivered_as);
// Takes it out of the outbox for good; the log and the count of those that were set aside tell of
// it.
absl::Status SetAsideNotification(WriteContext& cx, NotificationHub& hub, core::NotificationId id);
absl::Status MarkUnreachable(WriteContext& cx, const core::Identity& identity);

}  // namespace kalends::app
