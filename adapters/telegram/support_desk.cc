#include "adapters/telegram/support_desk.h"

#include <fmt/format.h>

#include "adapters/telegram/channel.h"
#include "adapters/telegram/fresh_id.h"
#include "adapters/telegram/handlers/shared.h"
#include "kalends/v1/support_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr std::string_view kClose = "/close";

// In a small group each bot counts messages by itself.
std::string DeskKeyOf(std::int64_t bot, std::int64_t group, std::int64_t message) {
  return fmt::format("{}:{}:{}", IdentityOf(group), bot, message);
}

// Says in the group that the reply did not reach anybody.
void Refuse(const Context& context, std::int64_t group, std::string text) {
  Outgoing outgoing;
  outgoing.chat = group;
  outgoing.call = MessageCall(group, {.text = std::move(text), .rows = {}});
  context.sender.Push(std::move(outgoing));
}

absl::Status HandOn(const Context& context, const Update& update, const GroupReply& reply) {
  const std::string key = DeskKeyOf(update.key.bot, reply.group, reply.message);
  int parts = 0;
  const auto next_request_id = [&] { return RequestIdOf(update.key, ++parts); };
  if (reply.typed.text == kClose || reply.typed.text.starts_with("/close@")) {
    v1::CloseTicketRequest request;
    request.set_bridge_key(key);
    request.set_request_id(next_request_id());
    return context.client.Call<v1::Ticket>("", request).status();
  }
  return InParts<v1::TicketMessage>(reply.typed, reply.typed.text, [&](v1::TicketMessage message) {
    v1::AnswerTicketRequest request;
    request.set_bridge_key(key);
    *request.mutable_message() = std::move(message);
    request.set_request_id(next_request_id());
    return context.client.Call<v1::TicketMessage>("", request).status();
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
  request.set_bridge_key(DeskKeyOf(context.bot_id, group, message));
  // A number of a message may have been another one's before: the newest counts.
  request.set_request_id(FreshRequestId("bridge"));
  return context.client.Call<v1::BridgeTicketResponse>("", request).status();
}

void AnswerFromGroup(const Context& context, const Update& update, const GroupReply& reply) {
  if (reply.group != context.support_chat || context.support_chat == 0) return;
  if (reply.typed.text.empty() && !reply.typed.file) return;
  const absl::Status status = HandOn(context, update, reply);
  // A reply to what is no question is talk among the team.
  if (status.ok() || ReasonOf(status) == v1::REASON_NOT_FOUND) return;
  const Reader reader{&context.languages.For(update.language), "", context.now()};
  Refuse(context, reply.group, ErrorText(reader, status));
}

}  // namespace kalends::telegram
