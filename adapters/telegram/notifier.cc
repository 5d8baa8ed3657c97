#include "adapters/telegram/notifier.h"

#include <spdlog/spdlog.h>

#include <charconv>

#include "adapters/telegram/screens/notifications.h"
#include "adapters/telegram/support_desk.h"

namespace kalends::telegram {
namespace {

constexpr std::string_view kChannel = "telegram";
constexpr int kLeaseSeconds = 120;
constexpr int kAcknowledgers = 2;  // Threads.
constexpr int kRetrySeconds = 60;
constexpr int kRetryAfterBugSeconds = 3600;  // The core's longest.

// Of `telegram:4711`; 0 when it is none.
std::int64_t ChatOf(std::string_view identity) {
  std::int64_t chat = 0;
  const std::size_t colon = identity.find(':');
  if (identity.substr(0, colon) != kChannel) return 0;
  const std::string_view digits = identity.substr(colon + 1);
  std::from_chars(digits.data(), digits.data() + digits.size(), chat);
  return chat;
}

void Acknowledge(const Client& client, const std::string& name) {
  v1::AcknowledgeNotificationRequest request;
  request.set_name(name);
  const auto answer = client.Call("", &Notifications::AcknowledgeNotification, request);
  if (!answer.ok()) {
    spdlog::warn("notification not acknowledged: {}",
                 absl::StatusCodeToString(answer.status().code()));
  }
}

void GiveBack(const Client& client, const std::string& name,
              v1::ReturnNotificationRequest::Outcome outcome, int delay_s) {
  v1::ReturnNotificationRequest request;
  request.set_name(name);
  request.set_outcome(outcome);
  if (delay_s > 0) request.mutable_retry_delay()->set_seconds(delay_s);
  const auto answer = client.Call("", &Notifications::ReturnNotification, request);
  if (!answer.ok()) {
    spdlog::warn("notification not returned: {}", absl::StatusCodeToString(answer.status().code()));
  }
}

// What brings `file` with `caption`; nothing for a file that lies in another channel.
std::optional<ApiCall> FileCall(const v1::Attachment& file, std::int64_t chat) {
  if (file.channel() != kChannel) return std::nullopt;
  switch (file.kind()) {
    case v1::Attachment::KIND_PHOTO:
      return ApiCall{.method = "sendPhoto",
                     .params = {{"chat_id", chat}, {"photo", file.reference()}}};
    case v1::Attachment::KIND_VOICE:
      return ApiCall{.method = "sendVoice",
                     .params = {{"chat_id", chat}, {"voice", file.reference()}}};
    default:
      return ApiCall{.method = "sendDocument",
                     .params = {{"chat_id", chat}, {"document", file.reference()}}};
  }
}

ApiCall MessageOf(const Context& context, const v1::Notification& notification, std::int64_t chat) {
  const Reader reader{&context.languages.For(notification.language_code()),
                      notification.time_zone(), context.now()};
  ApiCall call = MessageCall(chat, NotificationScreen(reader, notification));
  if (IsSilent(notification)) call.params["disable_notification"] = true;
  return call;
}

// The text, and then the files of a chat or support message: the text says whose they are.
std::vector<ApiCall> PartsOf(const Context& context, const v1::Notification& notification,
                             std::int64_t chat) {
  std::vector<ApiCall> parts{MessageOf(context, notification, chat)};
  const auto& files = notification.kind() == v1::Notification::KIND_CHAT_MESSAGE
                          ? notification.message().attachments()
                          : notification.ticket_message().attachments();
  for (const v1::Attachment& file : files) {
    if (auto call = FileCall(file, chat)) parts.push_back(*std::move(call));
  }
  return parts;
}

// Of a question to a group: what the message that was sent is about. Empty: it is none.
std::string TicketOf(const v1::Notification& notification, std::int64_t chat) {
  const bool asks = notification.kind() == v1::Notification::KIND_TICKET_MESSAGE && chat < 0;
  return asks ? notification.ticket().name() : "";
}

}  // namespace

struct Notifier::Parcel {
  std::string name;
  std::int64_t chat = 0;
  std::string ticket;  // See TicketOf.
  std::vector<ApiCall> parts;
  std::size_t part = 0;  // That is due.
};

Notifier::Notifier(const Context& context, std::chrono::milliseconds retry)
    : context_(context), retry_(retry), strands_(kAcknowledgers), thread_([this] { Run(); }) {}

void Notifier::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    if (stream_ != nullptr) stream_->TryCancel();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Notifier::Run() {
  for (;;) {
    ReadStream();
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, retry_, [this] { return stopped_; })) return;
  }
}

void Notifier::ReadStream() {
  grpc::ClientContext stream_context;
  context_.client.Authorize(stream_context, "");
  stream_context.set_wait_for_ready(true);
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    stream_ = &stream_context;
  }
  v1::StreamNotificationsRequest request;
  request.set_channel(std::string(kChannel));
  request.mutable_lease_duration()->set_seconds(kLeaseSeconds);
  const auto stream =
      context_.client.stub<Notifications>().StreamNotifications(&stream_context, request);
  v1::Notification notification;
  while (stream->Read(&notification)) Deliver(notification);
  const grpc::Status status = stream->Finish();
  const std::lock_guard lock(mutex_);
  stream_ = nullptr;
  if (!stopped_) {
    spdlog::warn("notification stream ended: {}",
                 absl::StatusCodeToString(static_cast<absl::StatusCode>(status.error_code())));
  }
}

void Notifier::Deliver(const v1::Notification& notification) {
  const std::int64_t chat = ChatOf(notification.identity());
  const Deliveries::Begun begun = deliveries_.Begin(notification.name());
  if (begun.state == Deliveries::State::kOnItsWay) return;
  const auto parcel =
      std::make_shared<Parcel>(Parcel{notification.name(), chat, TicketOf(notification, chat),
                                      PartsOf(context_, notification, chat), begun.part});
  if (begun.state == Deliveries::State::kDelivered) {
    Settle(parcel, Deliveries::Next::kAcknowledge);
  } else {
    SendPart(parcel);
  }
}

void Notifier::SendPart(const ParcelPtr& parcel) {
  Outgoing outgoing;
  outgoing.chat = parcel->chat;
  outgoing.call = parcel->parts[parcel->part];
  outgoing.priority = Priority::kNotification;
  outgoing.done = [this, parcel](const ApiResult& result) { OnSent(parcel, result); };
  context_.sender.Push(std::move(outgoing));
}

void Notifier::OnSent(const ParcelPtr& parcel, const ApiResult& result) {
  const std::int64_t message =
      result.result.is_object() ? result.result.value("message_id", std::int64_t{0}) : 0;
  if (result.outcome == Outcome::kOk && !parcel->ticket.empty()) {
    // Whether the text is replied to or a file: both are the question.
    strands_.Post(parcel->chat, [this, parcel, message] {
      const absl::Status bridged =
          BridgeTicket(context_.client, parcel->chat, message, parcel->ticket);
      if (!bridged.ok()) {
        spdlog::warn("ticket not bridged: {}", absl::StatusCodeToString(bridged.code()));
      }
    });
  }
  const Deliveries::Next next =
      deliveries_.EndPart(parcel->name, parcel->parts.size(), result.outcome);
  if (next == Deliveries::Next::kPart) {
    ++parcel->part;
    SendPart(parcel);
  } else {
    Settle(parcel, next);
  }
}

void Notifier::Settle(const ParcelPtr& parcel, Deliveries::Next next) {
  strands_.Post(parcel->chat, [&client = context_.client, name = parcel->name, next] {
    using Return = v1::ReturnNotificationRequest;
    switch (next) {
      case Deliveries::Next::kPart:
      case Deliveries::Next::kAcknowledge:
        Acknowledge(client, name);
        break;
      case Deliveries::Next::kUnreachable:
        GiveBack(client, name, Return::OUTCOME_UNREACHABLE, 0);
        break;
      case Deliveries::Next::kReturn:
        GiveBack(client, name, Return::OUTCOME_RETRY, kRetrySeconds);
        break;
      case Deliveries::Next::kReturnLong:
        spdlog::error("a notification was refused by Telegram");
        GiveBack(client, name, Return::OUTCOME_RETRY, kRetryAfterBugSeconds);
    }
  });
}

}  // namespace kalends::telegram
