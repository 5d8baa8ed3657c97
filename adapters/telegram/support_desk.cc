#include "adapters/telegram/support_desk.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "adapters/telegram/handlers/shared.h"

namespace kalends::telegram {
namespace {

constexpr std::string_view kClose = "/close";

std::string KeyOf(std::int64_t group, std::int64_t message) {
  return fmt::format("telegram:{}:{}", group, message);
}

// Says in the group that the reply did not reach anybody.
void Refuse(const Context& context, std::int64_t group, std::string text) {
  Outgoing outgoing;
  outgoing.chat = group;
  outgoing.call.method = "sendMessage";
  outgoing.call.params = {{"chat_id", group}, {"text", std::move(text)}, {"parse_mode", "HTML"}};
  context.sender.Push(std::move(outgoing));
}

absl::Status HandOn(const Context& context, const Update& update, const GroupReply& reply) {
  const std::string key = KeyOf(reply.group, reply.message);
  const std::string request_id = fmt::format("tg:{}:1", update.id);
  if (reply.typed.text == kClose || reply.typed.text.starts_with("/close@")) {
    v1::CloseTicketRequest request;
    request.set_bridge_key(key);
    request.set_request_id(request_id);
    return context.client.Call("", &Supports::CloseTicket, request).status();
  }
  v1::AnswerTicketRequest request;
  request.set_bridge_key(key);
  request.mutable_message()->set_text(Shorten(reply.typed.text, 4000));
  AddFiles(reply.typed, *request.mutable_message()->mutable_attachments());
  request.set_request_id(request_id);
  return context.client.Call("", &Supports::AnswerTicket, request).status();
}

}  // namespace

bool ConnectSupportDesk(const Context& context, const std::string& language) {
  if (context.support_chat == 0) return true;
  v1::ConnectSupportDeskRequest request;
  request.set_identity(fmt::format("telegram:{}", context.support_chat));
  request.set_display_name("Support");
  request.set_language_code(language);
  const auto connected = context.client.Call("", &Supports::ConnectSupportDesk, request);
  if (!connected.ok()) {
    spdlog::error("support desk: {}", absl::StatusCodeToString(connected.status().code()));
  }
  return connected.ok();
}

absl::Status BridgeTicket(const Client& client, std::int64_t group, std::int64_t message,
                          const std::string& ticket) {
  v1::BridgeTicketRequest request;
  request.set_name(ticket);
  request.set_bridge_key(KeyOf(group, message));
  request.set_request_id(fmt::format("bridge:{}:{}", group, message));
  return client.Call("", &Supports::BridgeTicket, request).status();
}

void AnswerFromGroup(const Context& context, const Update& update, const GroupReply& reply) {
  if (reply.group != context.support_chat || context.support_chat == 0) return;
  if (reply.typed.text.empty() && !reply.typed.file) return;
  const absl::Status status = HandOn(context, update, reply);
  // A reply to what is no question is talk among the team.
  if (status.ok() || ReasonOf(status) == "NOT_FOUND") return;
  const Reader reader{&context.languages.For(update.language), "", context.now()};
  Refuse(context, reply.group, ErrorText(reader, status));
}

}  // namespace kalends::telegram
