#include "adapters/telegram/notifier.h"

#include <spdlog/spdlog.h>

#include <charconv>

#include "adapters/telegram/screens/notifications.h"
#include "adapters/telegram/support_desk.h"

namespace kalends::telegram {
namespace {

constexpr std::string_view kChannel = "telegram";
constexpr int kLeaseSeconds = 120;
constexpr std::size_t kDeliveredKept = 10'000;
constexpr std::chrono::seconds kPause{1};
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

void Return(const Client& client, const std::string& name,
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

// The files of a chat or support message.
std::vector<ApiCall> FilesOf(const v1::Notification& notification, std::int64_t chat) {
  std::vector<ApiCall> calls;
  const auto& files = notification.kind() == v1::Notification::KIND_CHAT_MESSAGE
                          ? notification.message().attachments()
                          : notification.ticket_message().attachments();
  for (const v1::Attachment& file : files) {
    if (auto call = FileCall(file, chat)) calls.push_back(*std::move(call));
  }
  return calls;
}

ApiCall MessageOf(const Context& context, const v1::Notification& notification, std::int64_t chat) {
  const Reader reader{&context.languages.For(notification.language_code()),
                      notification.time_zone(), context.now()};
  const Screen screen = NotificationScreen(reader, notification);
  ApiCall call{.method = "sendMessage"};
  call.params = {{"chat_id", chat},
                 {"text", screen.text},
                 {"parse_mode", "HTML"},
                 {"link_preview_options", {{"is_disabled", true}}}};
  if (IsSilent(notification)) call.params["disable_notification"] = true;
  if (!screen.rows.empty()) call.params["reply_markup"] = InlineKeyboard(screen.rows);
  return call;
}

}  // namespace

Notifier::Seen::State Notifier::Seen::Begin(const std::string& name) {
  const std::lock_guard lock(mutex_);
  if (delivered_.contains(name)) return State::kDelivered;
  return on_their_way_.insert(name).second ? State::kNew : State::kOnItsWay;
}

void Notifier::Seen::End(const std::string& name, bool delivered) {
  const std::lock_guard lock(mutex_);
  on_their_way_.erase(name);
  if (!delivered || !delivered_.insert(name).second) return;
  order_.push_back(name);
  if (order_.size() > kDeliveredKept) {
    delivered_.erase(order_.front());
    order_.pop_front();
  }
}

Notifier::Notifier(const Context& context) : context_(context), thread_([this] { Run(); }) {}

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
    if (changed_.wait_for(lock, kPause, [this] { return stopped_; })) return;
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
  const std::string name = notification.name();
  switch (seen_->Begin(name)) {
    case Seen::State::kOnItsWay:
      return;
    case Seen::State::kDelivered:
      context_.strands.Post(chat,
                            [&context = context_, name] { Acknowledge(context.client, name); });
      return;
    case Seen::State::kNew:
      break;
  }
  // The text says whose the files are, so it comes first and decides whether all is delivered.
  Outgoing outgoing;
  outgoing.chat = chat;
  outgoing.call = MessageOf(context_, notification, chat);
  outgoing.priority = Priority::kNotification;
  const std::string ticket =
      notification.kind() == v1::Notification::KIND_TICKET_MESSAGE && chat < 0
          ? notification.ticket().name()
          : "";
  outgoing.done = [this, name, chat, ticket](const ApiResult& result) {
    Settle(name, chat, ticket, result);
  };
  context_.sender.Push(std::move(outgoing));
  for (ApiCall& call : FilesOf(notification, chat)) {
    Outgoing file;
    file.chat = chat;
    file.call = std::move(call);
    file.priority = Priority::kNotification;
    context_.sender.Push(std::move(file));
  }
}

void Notifier::Settle(const std::string& name, std::int64_t chat, const std::string& ticket,
                      const ApiResult& result) {
  seen_->End(name, result.outcome == Outcome::kOk);
  // On the strand: the core's answer must not hold up the sender.
  const std::int64_t message =
      result.result.is_object() ? result.result.value("message_id", std::int64_t{0}) : 0;
  context_.strands.Post(chat, [&context = context_, name, chat, ticket, message,
                               outcome = result.outcome] {
    if (outcome == Outcome::kOk && !ticket.empty()) {
      const absl::Status bridged = BridgeTicket(context, chat, message, ticket);
      if (!bridged.ok()) {
        spdlog::warn("ticket not bridged: {}", absl::StatusCodeToString(bridged.code()));
      }
    }
    switch (outcome) {
      case Outcome::kOk:
        Acknowledge(context.client, name);
        break;
      case Outcome::kGone:
        Return(context.client, name, v1::ReturnNotificationRequest::OUTCOME_UNREACHABLE, 0);
        break;
      case Outcome::kRetry:
        Return(context.client, name, v1::ReturnNotificationRequest::OUTCOME_RETRY, kRetrySeconds);
        break;
      default:
        // Ours to mend: it comes again, perhaps to a mended process.
        spdlog::error("a notification was refused by Telegram");
        Return(context.client, name, v1::ReturnNotificationRequest::OUTCOME_RETRY,
               kRetryAfterBugSeconds);
    }
  });
}

}  // namespace kalends::telegram
