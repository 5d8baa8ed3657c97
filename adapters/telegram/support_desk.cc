#include "adapters/telegram/support_desk.h"

#include <algorithm>
#include <cctype>

#include "adapters/telegram/channel.h"
#include "adapters/telegram/fresh_id.h"
#include "adapters/telegram/handlers/shared.h"
#include "kalends/v1/support_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr std::string_view kClose = "/close";

// Says in the group, below the reply, what did not reach anybody.
void Refuse(const Context& context, const GroupReply& reply, std::string text) {
  Outgoing outgoing;
  outgoing.chat = reply.group;
  outgoing.call = MessageCall(reply.group, {.text = std::move(text), .rows = {}});
  if (reply.typed.message != 0) {
    outgoing.call.params["reply_parameters"] = {{"message_id", reply.typed.message},
                                                {"allow_sending_without_reply", true}};
  }
  context.sender.Push(std::move(outgoing));
}

// Marks a reply that has reached who asked. A group may not allow that: then nothing is said, as
// what was not passed on is.
void Mark(const Context& context, const GroupReply& reply) {
  if (reply.typed.message == 0) return;
  Outgoing outgoing;
  outgoing.chat = reply.group;
  outgoing.call =
      ReactionCall(reply.group, reply.typed.message, reply.edited ? kEditedMark : kSentMark);
  context.sender.Push(std::move(outgoing));
}

// The command that `text` begins with, and the bot that it names.
struct GroupCommand {
  std::string name;  // Such as "/close", in small letters; empty: there is none.
  std::string bot;   // Without @; empty: whoever hears it.
};

GroupCommand GroupCommandOf(const std::string& text) {
  if (!text.starts_with('/')) return {};
  const std::string first = text.substr(0, text.find_first_of(" \t\r\n"));
  const std::size_t at = std::min(first.find('@'), first.size());
  GroupCommand command{first.substr(0, at), at < first.size() ? first.substr(at + 1) : ""};
  // Keyboards of phones begin with a capital letter.
  std::transform(command.name.begin(), command.name.end(), command.name.begin(),
                 [](unsigned char letter) { return std::tolower(letter); });
  return command;
}

// In groups several bots may listen; names of bots are the same in small and capital letters.
bool IsForAnotherBot(const Context& context, const GroupCommand& command) {
  const std::string& ours = context.bot_username;
  return !command.bot.empty() &&
         !std::equal(
             ours.begin(), ours.end(), command.bot.begin(), command.bot.end(),
             [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

absl::Status CloseBy(const Context& context, const std::string& key,
                     const std::string& request_id) {
  v1::CloseTicketRequest request;
  request.set_bridge_key(key);
  request.set_request_id(request_id);
  return context.client.Call<v1::Ticket>("", request).status();
}

// With an empty message this changes nothing, and tells by its refusal whether `key` is that of a
// question: INVALID_FIELD, or else NOT_FOUND.
absl::Status AnswerWith(const Context& context, const std::string& key, v1::TicketMessage message,
                        const std::string& channel_key, const std::string& answered_by,
                        const std::string& request_id) {
  v1::AnswerTicketRequest request;
  request.set_bridge_key(key);
  request.set_answered_by(answered_by);
  *request.mutable_message() = std::move(message);
  request.set_channel_key(channel_key);
  request.set_request_id(request_id);
  return context.client.Call<v1::TicketMessage>("", request).status();
}

absl::Status EditAnswer(const Context& context, const Update& update, const GroupReply& reply) {
  v1::EditTicketMessageRequest request;
  request.set_channel_key(MessageKeyOf(update.key.bot, reply.group, reply.typed.message));
  request.mutable_message()->set_text(reply.typed.text);
  AddFiles(reply.typed, *request.mutable_message()->mutable_attachments());
  request.set_request_id(RequestIdOf(update.key, 1));
  return context.client.Call<v1::TicketMessage>("", request).status();
}

// `reply` is refused for `why`; where it is to no question at all, NOT_FOUND.
absl::Status Unanswered(const Context& context, const std::string& key,
                        const std::string& request_id, const char* why) {
  const absl::Status asked = AnswerWith(context, key, {}, "", "", request_id);
  return ReasonOf(asked) == v1::REASON_NOT_FOUND ? asked : Refusal(why);
}

absl::Status HandOn(const Context& context, const Update& update, const GroupReply& reply) {
  const std::string key = MessageKeyOf(update.key.bot, reply.group, reply.message);
  int parts = 0;
  const auto next_request_id = [&] { return RequestIdOf(update.key, ++parts); };
  if (reply.anonymous) return Unanswered(context, key, next_request_id(), "support.anonymous");
  if (GroupCommandOf(reply.typed.text).name == kClose)
    return CloseBy(context, key, next_request_id());
  if (reply.typed.text.empty() && reply.typed.files.empty()) {
    return Unanswered(context, key, next_request_id(), "chat.unsupported");
  }
  if (reply.edited) {
    absl::Status edited = EditAnswer(context, update, reply);
    if (ReasonOf(edited) != v1::REASON_NOT_FOUND && ReasonOf(edited) != v1::REASON_INVALID_FIELD) {
      return edited;
    }
    // Not what was passed on as one message, or another file; where it is a question's at all.
    return Unanswered(context, key, next_request_id(), "chat.edited");
  }
  return InParts<v1::TicketMessage>(update.key, reply.group, reply.typed, reply.typed.text,
                                    [&](v1::TicketMessage message, const std::string& channel_key) {
                                      return AnswerWith(context, key, std::move(message),
                                                        channel_key, update.name,
                                                        next_request_id());
                                    });
}

// A group that was the desk before must not read on.
absl::Status DisconnectOthers(const Context& context, const std::string& identity) {
  v1::ListSupportDesksRequest list;
  list.set_page_size(kListPageSize);  // More than there can be.
  KALENDS_ASSIGN_OR_RETURN(const auto desks,
                           context.client.Call<v1::ListSupportDesksResponse>("", list));
  for (const v1::SupportDesk& desk : desks.desks()) {
    if (!desk.identity().starts_with(std::string(kChannel) + ":") || desk.identity() == identity)
      continue;
    v1::DisconnectSupportDeskRequest request;
    request.set_identity(desk.identity());
    KALENDS_RETURN_IF_ERROR(
        context.client.Call<v1::DisconnectSupportDeskResponse>("", request).status());
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ConnectSupportDesk(const Context& context) {
  const std::string identity = context.support_chat == 0 ? "" : IdentityOf(context.support_chat);
  KALENDS_RETURN_IF_ERROR(DisconnectOthers(context, identity));
  if (identity.empty()) return absl::OkStatus();
  v1::ConnectSupportDeskRequest request;
  request.set_identity(identity);
  request.set_display_name("Support");
  request.set_language_code(context.support_language);
  return context.client.Call<v1::ConnectSupportDeskResponse>("", request).status();
}

void OnMembership(const Context& context, const Membership& membership) {
  if (!membership.reachable || membership.group != context.support_chat) return;
  if (const absl::Status status = ConnectSupportDesk(context); !status.ok()) {
    WarnOf("support desk not connected", status);
  }
}

absl::Status BridgeTicket(const Context& context, std::int64_t group, std::int64_t message,
                          const std::string& ticket) {
  v1::BridgeTicketRequest request;
  request.set_name(ticket);
  request.set_bridge_key(MessageKeyOf(context.bot_id, group, message));
  // A number of a message may have been another one's before: the newest counts.
  request.set_request_id(FreshRequestId("bridge"));
  return context.client.Call<v1::BridgeTicketResponse>("", request).status();
}

void AnswerFromGroup(const Context& context, const Update& update, const GroupReply& reply) {
  if (reply.group != context.support_chat || context.support_chat == 0) return;
  if (IsForAnotherBot(context, GroupCommandOf(reply.typed.text))) return;
  const absl::Status status = HandOn(context, update, reply);
  // A reply to what is no question is talk among the team.
  if (ReasonOf(status) == v1::REASON_NOT_FOUND) return;
  if (status.ok()) {
    Mark(context, reply);
    return;
  }
  // Who speaks as the group has no language.
  const std::string& language =
      update.language.empty() ? context.support_language : update.language;
  const Reader reader{&context.languages.For(language), "", context.now()};
  Refuse(context, reply, ErrorText(reader, status));
}

}  // namespace kalends::telegram
