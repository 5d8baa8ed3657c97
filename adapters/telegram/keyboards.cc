#include "adapters/telegram/keyboards.h"

#include <functional>

#include "adapters/telegram/channel.h"
#include "adapters/telegram/json_reader.h"
#include "adapters/telegram/router.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {
namespace {

// On the chat's strand. The line before goes only now, as a keyboard goes with its message.
void RememberCounter(const Context& context, std::int64_t chat, std::int64_t message) {
  auto session = context.sessions.Load(chat);
  if (!session.ok() || message == 0) return;
  if (session->bot == context.bot_id) TakeCounterAway(context, chat, session->counter);
  session->bot = context.bot_id;
  session->counter = message;
  context.sessions.Store(chat, *session);
}

nlohmann::json CommandList(const Texts& texts, MenuOf of) {
  nlohmann::json commands = nlohmann::json::array();
  for (const auto& [name, description] : CommandsOf(texts, of)) {
    commands.push_back({{"command", name}, {"description", description}});
  }
  return commands;
}

}  // namespace

bool Differ(const MenuCounts& a, const MenuCounts& b, CountsDiffer how) {
  if (how == CountsDiffer::kAtAll) return a != b;
  return (a.requests > 0) != (b.requests > 0) || (a.chats > 0) != (b.chats > 0);
}

absl::StatusOr<MenuCounts> ReadCounts(const Client& client, const std::string& identity) {
  v1::GetOpenCountsRequest request;
  request.set_name("providers/me");
  KALENDS_ASSIGN_OR_RETURN(const auto counts, client.Call<v1::OpenCounts>(identity, request));
  return MenuCounts{counts.pending_appointments(), counts.unread_threads()};
}

void SendCounter(const Context& context, std::int64_t chat, const Texts& texts,
                 const Session& session) {
  Outgoing outgoing;
  outgoing.chat = chat;
  outgoing.call = MessageCall(chat, Screen{.text = CountsLine(texts, session.counts), .rows = {}});
  outgoing.call.params["disable_notification"] = true;
  outgoing.call.params["reply_markup"] = MainMenuKeyboard(texts, MenuOf::kProvider, session.counts);
  outgoing.done = [&context, chat](const ApiResult& result) {
    if (result.outcome != Outcome::kOk) return;
    context.strands.Post(chat, [&context, chat, message = NumberAt(result.result, "message_id")] {
      RememberCounter(context, chat, message);
    });
  };
  context.sender.Push(std::move(outgoing));
}

void TakeCounterAway(const Context& context, std::int64_t chat, std::int64_t message) {
  if (message == 0) return;
  ApiCall call{.method = "deleteMessage"};
  call.params = {{"chat_id", chat}, {"message_id", message}};
  context.sender.StartAtOnce(std::move(call));
}

void UpdateCounter(const Context& context, std::int64_t chat, const Texts& texts) {
  auto session = context.sessions.Load(chat);
  if (!session.ok() || session->as_customer) return;
  const auto counts = ReadCounts(context.client, IdentityOf(chat));
  if (!counts.ok() || !Differ(*counts, session->counts, CountsDiffer::kInMarks)) return;
  session->counts = *counts;
  context.sessions.Store(chat, *session);
  SendCounter(context, chat, texts, *session);
}

void PublishChatCommands(const Context& context, const Update& update, MenuOf of,
                         const Texts& texts, Session& session) {
  const bool as_all_have = of != MenuOf::kProvider &&
                           texts.language() == context.languages.For(update.language).language();
  const std::string mark =
      as_all_have ? "" : texts.language() + (of == MenuOf::kProvider ? "-provider" : "");
  if (session.commands == mark) return;
  ApiCall call{.method = as_all_have ? "deleteMyCommands" : "setMyCommands"};
  call.params = {{"scope", {{"type", "chat"}, {"chat_id", update.user}}}};
  if (!as_all_have) call.params["commands"] = CommandList(texts, of);
  context.sender.StartAtOnce(std::move(call));
  session.commands = mark;
}

}  // namespace kalends::telegram
