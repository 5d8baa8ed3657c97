#include <deque>
#include <mutex>
#include <optional>

#include "core/app/notifications_cards.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/server/booking.h"
#include "core/server/chat.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/packages.h"
#include "core/server/providers.h"
#include "core/server/services.h"
#include "core/server/support.h"
#include "kalends/v1/notification_service.pb.h"

namespace kalends::server {

std::string NotificationName(core::NotificationId id);
void Encode(const app::NotificationView& view, v1::Notification* message);

namespace {

constexpr int kOutstandingDefault = 64;
constexpr int kOutstandingMax = 1000;

v1::Notification::Kind EncodeNotificationKind(core::NotificationKind kind) {
  // The enums are in the same order; the proto's has UNSPECIFIED before.
  static_assert(static_cast<int>(core::NotificationKind::kConsentWanted) + 1 ==
                v1::Notification::KIND_CONSENT_WANTED);
  static_assert(static_cast<int>(core::NotificationKind::kMoveDeclined) + 1 ==
                v1::Notification::KIND_MOVE_DECLINED);
  return static_cast<v1::Notification::Kind>(static_cast<int>(kind) + 1);
}

// One stream: what the hub delivers waits here until the wire takes it. Deletes itself when gRPC is
// done with it.
class NotificationStream final : public grpc::ServerWriteReactor<v1::Notification> {
 public:
  NotificationStream(const StreamCall& stream, app::NotificationHub& hub, Transfers& transfers,
                     app::Subscription subscription)
      : calls_(stream.calls),
        hub_(hub),
        transfers_(transfers),
        call_(stream.call),
        // Who does not take what it was leased keeps it from all others. A status would wait behind
        // what nobody takes.
        wait_(transfers.idle(), transfers.paces().notifications, [this, context = stream.context] {
          EndBy(core::Error(core::Reason::kStreamIdle));
          context->TryCancel();
        }) {
    if (const absl::Status place = TakePlace(stream); !place.ok()) {
      EndBy(place);
      return;
    }
    // The caller learns that the stream stands before there is anything to say.
    StartSendInitialMetadata();
    subscription.deliver = [this](const app::NotificationView& view) { Deliver(view); };
    const auto id = hub_.Subscribe(std::move(subscription));
    bool ended = false;
    {
      const std::lock_guard lock(mutex_);
      subscription_ = id;
      ended = !why_.ok();
    }
    if (ended) hub_.Unsubscribe(id);
  }

  void OnWriteDone(bool ok) override {
    // Outside of mutex_. If it was not in time, the reason is `why_`.
    wait_.End(0);
    absl::Status why;
    {
      const std::lock_guard lock(mutex_);
      waiting_.pop_front();
      writing_ = false;
      why = why_;
      // A failed write means a lost client: OnCancel comes.
      if (ok && why.ok()) WriteNext();
    }
    if (!why.ok()) FinishBy(why);
  }

  void OnCancel() override { EndBy(absl::CancelledError("the stream was cancelled")); }

  void OnDone() override { delete this; }

 private:
  // An end from outside, which may come at once, finds the place.
  absl::Status TakePlace(const StreamCall& stream) {
    const std::lock_guard lock(mutex_);
    ASSIGN_OR_RETURN(opened_, calls_.OpenStream(call_, stream.context,
                                                [this](const absl::Status& why) { EndBy(why); }));
    ASSIGN_OR_RETURN(place_, transfers_.PlaceForNotifications(call_));
    return absl::OkStatus();
  }

  // Once; the first reason counts. What is on the wire ends first.
  void EndBy(const absl::Status& why) {
    bool writing = false;
    std::optional<app::NotificationHub::SubscriptionId> subscription;
    {
      const std::lock_guard lock(mutex_);
      if (!why_.ok()) return;
      why_ = why;
      writing = writing_;
      waiting_.resize(writing ? 1 : 0);
      subscription = subscription_;
    }
    // Outside of mutex_: the hub may be delivering here at this moment.
    if (subscription) hub_.Unsubscribe(*subscription);
    if (!writing) FinishBy(why);
  }

  // Outside of mutex_: it may be gone with all the rest before this returns.
  void FinishBy(const absl::Status& why) {
    place_.reset();
    Finish(Calls::EndStream(call_, opened_, why));
  }

  void Deliver(const app::NotificationView& view) {
    // The clock may be ahead of who ends streams by it.
    if (!calls_.engine().keys().Check(call_.credentials.key).ok()) return;
    const std::lock_guard lock(mutex_);
    if (!why_.ok()) return;
    Encode(view, &waiting_.emplace_back());
    WriteNext();
  }

  void WriteNext() {
    if (writing_ || waiting_.empty()) return;
    writing_ = true;
    // Never stopped, so it begins.
    wait_.Begin([this] { StartWrite(&waiting_.front()); }).IgnoreError();
  }

  Calls& calls_;
  app::NotificationHub& hub_;
  Transfers& transfers_;
  const Calls::Call call_;
  IdleWait wait_;
  Transfers::Place place_;
  std::mutex mutex_;  // Of what follows; `opened_` stays as it is once it is taken.
  std::optional<app::NotificationHub::SubscriptionId> subscription_;
  absl::Status why_;  // It ends; OK: it does not.
  std::deque<v1::Notification> waiting_;
  bool writing_ = false;
  Calls::StreamPlace opened_;  // Last, so that it goes first: its end uses all of the above.
};

absl::StatusOr<app::Subscription> DecodeSubscription(
    const v1::StreamNotificationsRequest& request) {
  app::Subscription subscription;
  if (!core::Identity::Parse(request.channel() + ":x")) {
    return core::InvalidField("channel", "must be lower-case letters, such as `telegram`");
  }
  subscription.channel = request.channel();
  subscription.lease = core::kLeaseDefault;
  if (request.has_lease_duration()) {
    subscription.lease = std::chrono::seconds(request.lease_duration().seconds());
  }
  subscription.outstanding_max = request.max_outstanding() == 0
                                     ? kOutstandingDefault
                                     : std::min(request.max_outstanding(), kOutstandingMax);
  return subscription;
}

absl::StatusOr<core::NotificationId> DecodeName(const std::string& name) {
  const auto parts = MatchName("notifications/*", name);
  const auto id = parts ? core::NotificationId::Parse((*parts)[0]) : std::nullopt;
  if (!id) return BadName("name", "notifications/*");
  return *id;
}

absl::Status AcknowledgeNotification(app::WriteContext& cx,
                                     const v1::AcknowledgeNotificationRequest& request,
                                     v1::AcknowledgeNotificationResponse*,
                                     app::NotificationHub& hub) {
  ASSIGN_OR_RETURN(const auto id, DecodeName(request.name()));
  return app::AcknowledgeNotification(cx, hub, id, request.delivered_as());
}

absl::Status ReturnNotification(app::WriteContext& cx, const v1::ReturnNotificationRequest& request,
                                v1::ReturnNotificationResponse*, app::NotificationHub& hub) {
  ASSIGN_OR_RETURN(const auto id, DecodeName(request.name()));
  const auto identity = hub.LeasedFor(id);
  if (!identity) return core::Error(core::Reason::kLeaseLost);
  if (request.outcome() == v1::ReturnNotificationRequest::OUTCOME_UNDELIVERABLE) {
    return app::SetAsideNotification(cx, hub, id);
  }
  core::Instant until = cx.now;
  if (request.outcome() == v1::ReturnNotificationRequest::OUTCOME_UNREACHABLE) {
    RETURN_IF_ERROR(app::MarkUnreachable(cx, *identity));
  } else if (request.outcome() == v1::ReturnNotificationRequest::OUTCOME_RETRY) {
    const std::chrono::seconds delay(request.retry_delay().seconds());
    until += delay;
  } else {
    return core::InvalidField("outcome", "must be RETRY, UNREACHABLE or UNDELIVERABLE");
  }
  cx.after_commit.push_back([&hub, id, until] { hub.GiveBack(id, until); });
  return absl::OkStatus();
}

absl::Status KeepCard(app::WriteContext& cx, const v1::KeepCardRequest& request,
                      v1::KeepCardResponse*) {
  const v1::Card& card = request.card();
  ASSIGN_OR_RETURN(const auto ref, DecodeAppointmentRef(card.appointment(), "card.appointment"));
  return app::KeepCard(cx, {card.channel(), card.message(), ref, card.revision()});
}

absl::Status DropCard(app::WriteContext& cx, const v1::DropCardRequest& request,
                      v1::DropCardResponse*) {
  return app::DropCard(cx, request.channel(), request.message());
}

}  // namespace

std::string NotificationName(core::NotificationId id) { return "notifications/" + id.ToString(); }

void Encode(const app::NotificationView& view, v1::Notification* message) {
  const core::Notification& notification = view.notification;
  message->set_name(NotificationName(notification.id));
  message->set_kind(EncodeNotificationKind(notification.kind));
  message->set_identity(view.identity.ToString());
  message->set_recipient(AccountName(view.recipient.id));
  message->set_language_code(std::string(core::CodeOf(view.recipient.language)));
  message->set_time_zone(view.recipient.time_zone);
  if (view.appointment) {
    Encode(*view.appointment, message->mutable_appointment());
    message->set_status(EncodeStatus(notification.status));
    *message->mutable_start_time() = EncodeInstant(notification.start);
    if (notification.previous_start) {
      *message->mutable_previous_start_time() = EncodeInstant(*notification.previous_start);
    }
  }
  if (notification.kind == core::NotificationKind::kGivenAway) {
    *message->mutable_start_time() = EncodeInstant(notification.start);
  }
  message->set_reason(notification.reason);
  message->set_actor(EncodeActor(notification.actor));
  *message->mutable_event_time() = EncodeInstant(notification.due);
  *message->mutable_lease_expire_time() = EncodeInstant(view.lease_expires);
  message->set_customer_display_name(view.customer_name);
  if (view.provider) Encode(*view.provider, message->mutable_provider());
  if (view.specialist) {
    message->set_specialist(ProviderName(view.specialist->id));
    message->set_specialist_display_name(view.specialist->display_name);
  }
  if (view.sold_package) Encode(*view.sold_package, message->mutable_sold_package());
  if (view.message) Encode(*view.message, message->mutable_message());
  if (view.ticket) Encode(*view.ticket, message->mutable_ticket());
  if (view.ticket_message) Encode(*view.ticket_message, message->mutable_ticket_message());
  message->set_reminder_text(view.reminder_text);
  message->set_delivered_as(view.delivered_as);
  for (const std::string& card : view.cards) message->add_cards(card);
}

Served MakeNotificationService(const Serving& serving) {
  app::NotificationHub& hub = serving.hub;
  const auto stream_notifications = [&hub, &transfers = serving.transfers](
                                        const StreamCall& stream,
                                        const v1::StreamNotificationsRequest& request)
      -> absl::StatusOr<grpc::ServerWriteReactor<v1::Notification>*> {
    ASSIGN_OR_RETURN(app::Subscription subscription, DecodeSubscription(request));
    return new NotificationStream(stream, hub, transfers, std::move(subscription));
  };
  return Rpcs(serving.calls, "kalends.v1.NotificationService")
      .WriteStream<v1::StreamNotificationsRequest, v1::Notification>(stream_notifications)
      .WriteOnce(AcknowledgeNotification, hub)
      .WriteOnce(ReturnNotification, hub)
      .WriteOnce(KeepCard)
      .WriteOnce(DropCard)
      .Build();
}

}  // namespace kalends::server
