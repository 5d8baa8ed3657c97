#include "core/app/notifications_hub.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <limits>

#include "core/app/log_failure.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/chat/content.h"
#include "storage/accounts.h"
#include "storage/chat.h"
#include "storage/notifications.h"
#include "storage/support.h"

namespace kalends::app {
namespace {

constexpr int kDueBatch = 256;

}  // namespace

NotificationHub::NotificationHub(Engine& engine, Options options)
    : engine_(engine), options_(options) {
  sampled_.emplace_back("kalends_outbox_due", "Notifications that are due and not delivered.",
                        [this] {
                          return OfOutbox([](storage::Transaction& tx, core::Instant now) {
                            return static_cast<double>(storage::CountDue(tx, now));
                          });
                        });
  sampled_.emplace_back("kalends_outbox_lag_seconds",
                        "For how long the oldest of them has been due, in seconds.", [this] {
                          return OfOutbox([](storage::Transaction& tx, core::Instant now) {
                            const auto oldest = storage::OldestDue(tx, now);
                            return oldest ? static_cast<double>((now - *oldest).count()) : 0.0;
                          });
                        });
  sampled_.emplace_back(
      "kalends_outbox_set_aside_total", "Notifications that could not be delivered, ever.",
      [this] {
        return OfOutbox([](storage::Transaction& tx, core::Instant) {
          return static_cast<double>(storage::CountSetAside(tx));
        });
      },
      prometheus::MetricType::Counter);
  sampled_.emplace_back("kalends_outbox_leased", "Notifications that adapters have in hand.",
                        [this] {
                          const std::lock_guard lock(mutex_);
                          return static_cast<double>(leases_.size());
                        });
  sampled_.emplace_back("kalends_outbox_subscribers", "Adapters that take notifications.", [this] {
    const std::lock_guard lock(mutex_);
    return static_cast<double>(subscribers_.size());
  });
}

double NotificationHub::OfOutbox(
    const std::function<double(storage::Transaction&, core::Instant)>& read) {
  double value = std::numeric_limits<double>::quiet_NaN();
  const core::Instant now = engine_.Now();
  const absl::Status status = engine_.database().Read([&](storage::Transaction& tx) {
    value = read(tx, now);
    return absl::OkStatus();
  });
  return status.ok() ? value : std::numeric_limits<double>::quiet_NaN();
}

NotificationHub::~NotificationHub() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void NotificationHub::Start() {
  thread_ = std::thread([this] { Run(); });
}

NotificationHub::SubscriptionId NotificationHub::Subscribe(Subscription subscription) {
  SubscriptionId id = 0;
  {
    const std::lock_guard lock(mutex_);
    id = ++last_id_;
    subscribers_.emplace(id, Subscriber{std::move(subscription)});
  }
  Wake();
  return id;
}

void NotificationHub::Unsubscribe(SubscriptionId id) {
  {
    const std::lock_guard lock(mutex_);
    subscribers_.erase(id);
    for (auto lease = leases_.begin(); lease != leases_.end();) {
      const auto next = std::next(lease);
      if (lease->second.subscription == id) EndLease(lease);
      lease = next;
    }
  }
  Wake();
}

void NotificationHub::Wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wake_.notify_all();
}

void NotificationHub::Settle(core::NotificationId id) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto lease = leases_.find(id); lease != leases_.end()) EndLease(lease);
  }
  Wake();
}

bool NotificationHub::GiveBack(core::NotificationId id, core::Instant until) {
  const std::lock_guard lock(mutex_);
  const auto lease = leases_.find(id);
  if (lease == leases_.end()) return false;
  held_until_[lease->second.recipient] = until;
  EndLease(lease);
  return true;
}

std::optional<core::Identity> NotificationHub::LeasedFor(core::NotificationId id) {
  const std::lock_guard lock(mutex_);
  const auto lease = leases_.find(id);
  return lease == leases_.end() ? std::nullopt : std::optional(lease->second.identity);
}

void NotificationHub::EndLease(std::unordered_map<core::NotificationId, Lease>::iterator lease) {
  const auto subscriber = subscribers_.find(lease->second.subscription);
  if (subscriber != subscribers_.end()) --subscriber->second.outstanding;
  busy_.erase(lease->second.recipient);
  leases_.erase(lease);
}

void NotificationHub::Run() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, options_.tick, [this] { return woken_ || stopping_; });
      if (stopping_) return;
      woken_ = false;
    }
    Pump();
  }
}

void NotificationHub::Pump() {
  const core::Instant now = engine_.Now();
  FollowClock();
  ExpireLeases(now);
  for (const std::string& channel : Channels()) PumpChannel(channel, now);
}

std::set<std::string> NotificationHub::Channels() {
  const std::lock_guard lock(mutex_);
  std::set<std::string> channels;
  for (const auto& [id, subscriber] : subscribers_) {
    if (subscriber.outstanding < subscriber.subscription.outstanding_max) {
      channels.insert(subscriber.subscription.channel);
    }
  }
  return channels;
}

void NotificationHub::ExpireLeases(core::Instant now) {
  const std::lock_guard lock(mutex_);
  for (auto lease = leases_.begin(); lease != leases_.end();) {
    const auto next = std::next(lease);
    if (lease->second.expires <= now) EndLease(lease);
    lease = next;
  }
  std::erase_if(held_until_, [&](const auto& held) { return held.second <= now; });
}

void NotificationHub::FollowClock() {
  const std::int64_t jumps = engine_.clock_stats().jumps;
  if (jumps == clock_jumps_) return;
  clock_jumps_ = jumps;
  const std::lock_guard lock(mutex_);
  held_until_.clear();
  // They go out once more; whoever has delivered one already knows it by its name.
  while (!leases_.empty()) EndLease(leases_.begin());
}

NotificationHub::Due NotificationHub::ReadDue(const std::string& channel, core::Instant now) {
  std::set<core::AccountId> not_now;
  {
    const std::lock_guard lock(mutex_);
    not_now = busy_;
    for (const auto& [recipient, until] : held_until_) not_now.insert(recipient);
  }
  const int limit = kDueBatch + static_cast<int>(not_now.size());
  Due due;
  LogFailure("reading the outbox", engine_.database().Read([&](storage::Transaction& tx) {
    for (const auto& line : storage::DueNotifications(tx, channel, now, limit)) {
      if (not_now.contains(line.notification.recipient)) continue;
      auto view = ViewNotification(tx, now, engine_.master_keys(), line);
      if (view.ok()) {
        due.ready.push_back(*std::move(view));
      } else if (core::ReasonOf(view.status()) == core::Reason::kNotFound) {
        due.gone.push_back(line.notification.id);
      } else {
        due.unshown.push_back(line.notification);
      }
    }
    return absl::OkStatus();
  }));
  return due;
}

void NotificationHub::HoldUnshown(const std::vector<core::Notification>& unshown,
                                  core::Instant now) {
  std::vector<core::NotificationId> given_up;
  for (const core::Notification& notification : unshown) {
    const std::string id = notification.id.ToString();
    spdlog::error("notifications/{} cannot be shown", id);
    if (++unshown_[notification.id] >= core::kShowTriesMax) {
      given_up.push_back(notification.id);
      continue;
    }
    const std::lock_guard lock(mutex_);
    held_until_[notification.recipient] = now + core::kShowPause;
  }
  for (const core::NotificationId id : given_up) {
    const absl::Status status = engine_.WriteAsSystemAndWait(
        [&](WriteContext& cx) { return SetAsideNotification(cx, *this, id); });
    LogFailure("setting a notification aside", status);
    if (status.ok()) unshown_.erase(id);
  }
}

void NotificationHub::PumpChannel(const std::string& channel, core::Instant now) {
  auto [ready, gone, unshown] = ReadDue(channel, now);
  HoldUnshown(unshown, now);
  for (const NotificationView& view : ready) unshown_.erase(view.notification.id);
  // It would stand before all that comes after it.
  if (!gone.empty()) {
    LogFailure("dropping what is gone", engine_.WriteAsSystemAndWait([&](WriteContext& cx) {
      for (const core::NotificationId id : gone) storage::DeleteNotification(cx.tx, id);
      return absl::OkStatus();
    }));
  }
  std::erase_if(ready, [&](const NotificationView& view) { return !MayGoOut(view, now); });
  const std::lock_guard lock(mutex_);
  for (NotificationView& view : ready) {
    // To the stream with the most room.
    Subscriber* chosen = nullptr;
    SubscriptionId chosen_id = 0;
    for (auto& [id, subscriber] : subscribers_) {
      const auto& subscription = subscriber.subscription;
      if (subscription.channel != channel || subscriber.outstanding >= subscription.outstanding_max)
        continue;
      if (chosen != nullptr && chosen->outstanding <= subscriber.outstanding) continue;
      chosen = &subscriber;
      chosen_id = id;
    }
    if (chosen == nullptr) return;
    view.lease_expires = now + chosen->subscription.lease;
    ++chosen->outstanding;
    busy_.insert(view.recipient.id);
    leases_.insert_or_assign(view.notification.id, Lease{chosen_id, view.recipient.id,
                                                         view.identity, view.lease_expires});
    chosen->subscription.deliver(view);
  }
}

bool NotificationHub::MayGoOut(const NotificationView& view, core::Instant now) {
  const core::Notification& notification = view.notification;
  if (core::RowOf(notification.kind).telling == core::Telling::kAtOnce) return true;
  // It is dropped soon.
  if (notification.start <= now) return false;
  // Until a zone is set, times are the provider's.
  const bool has_zone = !view.recipient.time_zone.empty();
  const auto zone = core::TimeZone::Find(has_zone ? view.recipient.time_zone
                                                  : view.appointment->provider_time_zone);
  const core::Instant later = core::AfterQuietHours(now, zone.value_or(core::TimeZone::Utc()));
  // What was to come before the quiet hours and is late, or whose recipient has another zone by
  // now.
  if (later == now || later >= notification.start) return true;
  LogFailure("postponing a reminder", engine_.WriteAsSystemAndWait([&](WriteContext& cx) {
    storage::PostponeNotification(cx.tx, notification.id, later);
    return absl::OkStatus();
  }));
  return false;
}

namespace {

// So that an edit of the message it tells of can be shown there.
absl::Status RememberCopy(WriteContext& cx, core::NotificationId id, std::string_view key) {
  RETURN_IF_ERROR(core::CheckChannelKey("delivered_as", key));
  const auto told = storage::FindNotification(cx.tx, id);
  if (!told || !told->message_number) return absl::OkStatus();
  if (told->ticket) {
    storage::PutTicketMessageCopy(cx.tx, *told->ticket, *told->message_number, told->recipient,
                                  key);
  } else if (told->provider && told->customer) {
    storage::PutMessageCopy(cx.tx, {*told->provider, *told->customer}, *told->message_number,
                            told->recipient, key);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status AcknowledgeNotification(WriteContext& cx, NotificationHub& hub,
                                     core::NotificationId id, std::string_view delivered_as) {
  if (!delivered_as.empty()) RETURN_IF_ERROR(RememberCopy(cx, id, delivered_as));
  storage::DeleteNotification(cx.tx, id);
  cx.after_commit.push_back([&hub, id] { hub.Settle(id); });
  return absl::OkStatus();
}

absl::Status SetAsideNotification(WriteContext& cx, NotificationHub& hub, core::NotificationId id) {
  if (storage::SetAsideNotification(cx.tx, id, cx.now)) {
    const std::int64_t count = storage::CountSetAside(cx.tx);
    cx.after_commit.push_back([id, count] {
      spdlog::error("set aside notifications/{} ({} in all)", id.ToString(), count);
    });
  }
  cx.after_commit.push_back([&hub, id] { hub.Settle(id); });
  return absl::OkStatus();
}

absl::Status MarkUnreachable(WriteContext& cx, const core::Identity& identity) {
  storage::SetReachable(cx.tx, identity, false);
  return absl::OkStatus();
}

}  // namespace kalends::app
