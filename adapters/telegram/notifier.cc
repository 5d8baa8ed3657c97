#include "adapters/telegram/notifier.h"

#include <spdlog/spdlog.h>

#include <charconv>
#include <utility>

#include "adapters/telegram/channel.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/json_reader.h"
#include "adapters/telegram/keyboards.h"
#include "adapters/telegram/notifier_parcel.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/notifications.h"
#include "adapters/telegram/support_desk.h"
#include "core/operate/request.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {
namespace {

constexpr int kLeaseSeconds = 120;
constexpr int kAcknowledgers = 2;  // Threads.
constexpr int kRetrySeconds = 60;
constexpr int kRetryAfterBugSeconds = 3600;                   // The core's longest.
constexpr std::size_t kPlainCharsMax = kMessageCharsMax / 2;  // However Telegram counts them.

// The message that shows the recipient what a notification tells of already, which an edit changes;
// 0: there is none.
std::int64_t ShownBefore(const Context& context, const v1::Notification& notification,
                         std::int64_t chat) {
  return MessageOf(notification.delivered_as(), context.bot_id, chat);
}

// Whether what is told may be changed later: then where it stands is remembered.
bool MayChange(const v1::Notification& notification) {
  return notification.has_message() || notification.has_ticket_message();
}

// Of `telegram:4711`; 0 when it is none.
std::int64_t ChatOf(std::string_view identity) {
  std::int64_t chat = 0;
  const std::size_t colon = identity.find(':');
  if (identity.substr(0, colon) != kChannel) return 0;
  const std::string_view digits = identity.substr(colon + 1);
  std::from_chars(digits.data(), digits.data() + digits.size(), chat);
  return chat;
}

void Acknowledge(const Client& client, const std::string& name, const std::string& delivered_as) {
  v1::AcknowledgeNotificationRequest request;
  request.set_name(name);
  request.set_delivered_as(delivered_as);
  const auto answer = client.Call<v1::AcknowledgeNotificationResponse>("", request);
  if (!answer.ok()) WarnOf("notification not acknowledged", answer.status());
}

void GiveBack(const Client& client, const std::string& name,
              v1::ReturnNotificationRequest::Outcome outcome, int delay_s) {
  v1::ReturnNotificationRequest request;
  request.set_name(name);
  request.set_outcome(outcome);
  if (delay_s > 0) request.mutable_retry_delay()->set_seconds(delay_s);
  const auto answer = client.Call<v1::ReturnNotificationResponse>("", request);
  if (!answer.ok()) WarnOf("notification not returned", answer.status());
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

// A text, and the appointment that it shows.
struct NoticeText {
  ApiCall call;
  Shown shows;
};

NoticeText NoticeTextOf(const Context& context, const v1::Notification& notification,
                        std::int64_t chat, Form form) {
  const Reader reader = ReaderOf(context, notification);
  const bool whole = form == Form::kWhole || form == Form::kPlain;
  Screen screen = whole ? NotificationScreen(reader, notification)
                        : ShortNotificationScreen(reader, notification);
  if (form == Form::kShortAlone) screen.rows.clear();
  ApiCall call = MessageCall(chat, screen);
  if (form != Form::kWhole) {
    call.params["text"] = Shorten(PlainText(screen.text), kPlainCharsMax);
    call.params.erase("parse_mode");
  }
  if (IsSilent(notification)) call.params["disable_notification"] = true;
  // What Telegram does not take it would not take once more.
  return {std::move(call), whole ? screen.shows : std::nullopt};
}

// As what Telegram shows files together; nullptr: it shows `file` by itself.
const char* AlbumType(const v1::Attachment& file) {
  const bool moves =
      file.media_type().starts_with("video/") || file.media_type().starts_with("audio/");
  if (file.channel() != kChannel || moves) return nullptr;
  if (file.kind() == v1::Attachment::KIND_PHOTO) return "photo";
  return file.kind() == v1::Attachment::KIND_FILE ? "document" : nullptr;
}

// What brings `files`, of one type, together.
ApiCall AlbumCall(const std::vector<const v1::Attachment*>& files, const char* type,
                  std::int64_t chat) {
  nlohmann::json media = nlohmann::json::array();
  for (const v1::Attachment* file : files) {
    media.push_back({{"type", type}, {"media", file->reference()}});
  }
  return {.method = "sendMediaGroup", .params = {{"chat_id", chat}, {"media", std::move(media)}}};
}

// The files of a chat or support message, which come after its text: that says whose they are. What
// was sent together stays together, as far as Telegram does that.
std::vector<ApiCall> FilesOf(const v1::Notification& notification, std::int64_t chat) {
  std::vector<ApiCall> calls;
  const auto& files = notification.has_message() ? notification.message().attachments()
                                                 : notification.ticket_message().attachments();
  for (int i = 0; i < files.size();) {
    const char* const type = AlbumType(files[i]);
    std::vector<const v1::Attachment*> album;
    for (int next = i; type != nullptr && next < files.size(); ++next) {
      const char* const other = AlbumType(files[next]);
      if (other == nullptr || std::string_view(other) != type) break;
      album.push_back(&files[next]);
    }
    if (album.size() > 1) {
      calls.push_back(AlbumCall(album, type, chat));
      i += static_cast<int>(album.size());
    } else if (auto call = FileCall(files[i++], chat)) {
      calls.push_back(*std::move(call));
    }
  }
  return calls;
}

// The messages that a call has made.
std::vector<std::int64_t> MessagesIn(const nlohmann::json& result) {
  std::vector<std::int64_t> messages;
  if (result.is_array()) {
    for (const auto& message : result) messages.push_back(NumberAt(message, "message_id"));
  } else {
    messages.push_back(NumberAt(result, "message_id"));
  }
  return messages;
}

// Of a question to a group: what the message that was sent is about. Empty: it is none.
std::string TicketOf(const v1::Notification& notification, std::int64_t chat) {
  const bool asks = notification.has_ticket_message() && chat < 0;
  return asks ? notification.ticket().name() : "";
}

}  // namespace

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
    const bool refused = TroubleOf(ReadStream()) == CoreTrouble::kRefused;
    const auto pause = refused ? kProbeRetries * retry_ : retry_;
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, pause, [this] { return stopped_; })) return;
  }
}

grpc::Status Notifier::ReadStream() {
  grpc::ClientContext stream_context;
  context_.client.channel().Authorize(stream_context, "");
  stream_context.set_wait_for_ready(true);
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return grpc::Status::CANCELLED;
    stream_ = &stream_context;
  }
  v1::StreamNotificationsRequest request;
  request.set_channel(std::string(kChannel));
  request.mutable_lease_duration()->set_seconds(kLeaseSeconds);
  auto stream = context_.client.channel().Open<v1::StreamNotificationsRequest, v1::Notification>(
      stream_context);
  stream.WriteLast(request);
  v1::Notification notification;
  while (stream.Read(&notification)) Deliver(notification);
  const grpc::Status status = stream.Finish();
  const std::lock_guard lock(mutex_);
  stream_ = nullptr;
  if (!stopped_) WarnOf("notification stream ended", FromGrpc(status));
  return status;
}

void Notifier::Deliver(const v1::Notification& notification) {
  const std::int64_t chat = ChatOf(notification.identity());
  const Deliveries::Begun begun = deliveries_.Begin(notification.name());
  if (begun.state == Deliveries::State::kOnItsWay) return;
  // What is sent for it, and its acknowledgement, are one request; the name leads to the line of
  // the core that says which request wrote it.
  const operate::RequestScope request(operate::NewRequestId());
  spdlog::debug("delivers {}", notification.name());
  const auto parcel = std::make_shared<Parcel>(
      Parcel{notification, chat, TicketOf(notification, chat), FilesOf(notification, chat)});
  parcel->shown = ShownBefore(context_, notification, chat);
  parcel->edits = parcel->shown != 0;
  if (parcel->edits) parcel->files.clear();  // They are there, and stay as they are.
  if (begun.state == Deliveries::State::kDelivered) {
    Settle(parcel, Deliveries::Action::kAcknowledge);
  } else if (notification.kind() == v1::Notification::KIND_APPOINTMENT_CHANGED) {
    Redraw(parcel);
  } else {
    SendPart(parcel, begun.part, begun.form);
  }
}

void Notifier::SendPart(const ParcelPtr& parcel, std::size_t part, Form form) {
  Outgoing outgoing;
  try {
    if (part == 0) {
      NoticeText text = NoticeTextOf(context_, parcel->notification, parcel->chat, form);
      outgoing.call = std::move(text.call);
      parcel->shows = std::move(text.shows);
      if (parcel->edits) {
        outgoing.call.method = "editMessageText";
        outgoing.call.params["message_id"] = parcel->shown;
        outgoing.call.params.erase("disable_notification");
      }
    } else {
      outgoing.call = parcel->files[part - 1];
    }
  } catch (const std::exception&) {  // What it says may repeat what somebody wrote.
    spdlog::error("{} cannot be drawn", parcel->name());
    ApiResult undrawn;
    undrawn.outcome = Outcome::kBug;
    OnSent(parcel, undrawn);
    return;
  }
  outgoing.chat = parcel->chat;
  outgoing.priority = Priority::kNotification;
  parcel->begun = std::chrono::steady_clock::now();
  outgoing.done = [this, parcel](const ApiResult& result) { OnSent(parcel, result); };
  context_.sender.Push(std::move(outgoing));
}

void Notifier::OnSent(const ParcelPtr& parcel, const ApiResult& result) {
  if (parcel->edits && result.outcome == Outcome::kCannotEdit) {
    // It is gone, or too old: what it says now comes anew.
    parcel->edits = false;
    parcel->shown = 0;
    SendPart(parcel, 0, Form::kWhole);
    return;
  }
  const Shown shown = std::exchange(parcel->shows, std::nullopt);
  if (result.outcome != Outcome::kOk || !shown) {
    EndPart(parcel, result);
    return;
  }
  context_.strands.Post(parcel->chat, [this, parcel, result, shown] {
    context_.cards.SetNew(parcel->chat, NumberAt(result.result, "message_id"), shown);
    EndPart(parcel, result);
  });
}

void Notifier::EndPart(const ParcelPtr& parcel, const ApiResult& result) {
  // An edit that changes nothing to see is done, too.
  const bool same = parcel->edits && result.outcome == Outcome::kBenign;
  const Outcome outcome = same ? Outcome::kOk : result.outcome;
  if (outcome == Outcome::kOk && !same) {
    const std::vector<std::int64_t> messages = MessagesIn(result.result);
    if (parcel->shown == 0) parcel->shown = messages.empty() ? 0 : messages.front();
    Bridge(parcel, messages);
  }
  const Deliveries::Next next = deliveries_.EndPart(parcel->name(), parcel->parts(), outcome);
  if (next.action == Deliveries::Action::kSend) {
    SendPart(parcel, next.part, next.form);
  } else if (BotTroubleOf("sendMessage", result) != BotTrouble::kNone) {
    // It is not this one that is refused: it goes once the bot is served again.
    Settle(parcel, Deliveries::Action::kReturn);
  } else {
    Settle(parcel, next.action);
  }
}

void Notifier::Bridge(const ParcelPtr& parcel, const std::vector<std::int64_t>& messages) {
  if (parcel->ticket.empty() || parcel->edits) return;
  // Whether the text is replied to or a file: both are the question.
  strands_.Post(parcel->chat, [this, parcel, messages] {
    for (const std::int64_t message : messages) {
      const absl::Status bridged = BridgeTicket(context_, parcel->chat, message, parcel->ticket);
      if (!bridged.ok()) WarnOf("ticket not bridged", bridged);
    }
  });
}

void Notifier::CountAnew(const Parcel& parcel) {
  if (!ChangesWhatWaits(parcel.notification)) return;
  const Reader reader = ReaderOf(context_, parcel.notification);
  // What is acknowledged may outlive those strands, which are there until Stop has been through.
  const std::lock_guard lock(mutex_);
  if (stopped_) return;
  context_.strands.Post(parcel.chat, [&context = context_, chat = parcel.chat, reader] {
    UpdateCounter(context, chat, reader.t());
  });
}

void Notifier::Settle(const ParcelPtr& parcel, Deliveries::Action action) {
  if (action == Deliveries::Action::kSetAside) {
    spdlog::error("set aside {} ({} so far)", parcel->name(), ++set_aside_);
  }
  const bool remembered = parcel->shown != 0 && MayChange(parcel->notification);
  const std::string shown_as =
      remembered ? MessageKeyOf(context_.bot_id, parcel->chat, parcel->shown) : "";
  strands_.Post(parcel->chat, [this, parcel, action, shown_as] {
    const Client& client = context_.client;
    const std::string name = parcel->name();
    using Return = v1::ReturnNotificationRequest;
    switch (action) {
      case Deliveries::Action::kSend:
      case Deliveries::Action::kAcknowledge:
        Acknowledge(client, name, shown_as);
        CountAnew(*parcel);
        break;
      case Deliveries::Action::kUnreachable:
        // Who let the bot in again while it was sent is there: what was refused goes once more.
        GiveBack(client, name,
                 context_.sender.HeardSince(parcel->chat, parcel->begun)
                     ? Return::OUTCOME_RETRY
                     : Return::OUTCOME_UNREACHABLE,
                 0);
        break;
      case Deliveries::Action::kReturn:
        GiveBack(client, name, Return::OUTCOME_RETRY, kRetrySeconds);
        break;
      case Deliveries::Action::kReturnLong:
        spdlog::error("{} was refused by Telegram", name);
        GiveBack(client, name, Return::OUTCOME_RETRY, kRetryAfterBugSeconds);
        break;
      case Deliveries::Action::kSetAside:
        GiveBack(client, name, Return::OUTCOME_UNDELIVERABLE, 0);
    }
  });
}

}  // namespace kalends::telegram
