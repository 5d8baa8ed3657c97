// What a test or the page wants to see.
#include <algorithm>

#include "tools/telegram_sim/json_text.h"
#include "tools/telegram_sim/methods.h"
#include "tools/telegram_sim/sim_api.h"
#include "tools/telegram_sim/text.h"
#include "tools/telegram_sim/view.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

constexpr std::size_t kLogShown = 200;  // By the page.

json LogView(const LogEntry& entry) {
  return {{"seq", entry.seq},       {"time_ms", entry.time_ms}, {"method", entry.method},
          {"params", entry.params}, {"code", entry.code},       {"response", entry.response}};
}

json OpenCallbacks(const World& world) {
  json open = json::array();
  for (const CallbackQuery& query : world.callbacks) {
    if (!query.answered) {
      open.push_back({{"id", query.id}, {"user", query.person}, {"data", query.data}});
    }
  }
  return open;
}

bool Shows(const Message& message, const std::string& text) {
  if (PlainText(message).find(text) != std::string::npos) return true;
  for (const auto& row : Labels(message)) {
    for (const std::string& label : row) {
      if (label.find(text) != std::string::npos) return true;
    }
  }
  return false;
}

json PersonView(World& world, const Person& person) {
  json view = world.UserObject(person);
  view["started"] = person.started;
  view["blocked"] = person.blocked;
  view["aside"] = person.aside;
  view["commands"] = CommandsFor(world, person, person.id);
  return view;
}

// What the bot is called, in each language.
json BotView(const World& world) {
  json view = world.BotObject();
  view["descriptions"] = world.bot.descriptions;
  view["short_descriptions"] = world.bot.short_descriptions;
  return view;
}

}  // namespace

SimResult GetOutbox(World& world, const Args& args) {
  const std::int64_t since = ArgInt(args, "since", 0);
  const std::string method = Lower(ArgText(args, "method"));
  json calls = json::array();
  for (const LogEntry& entry : world.log) {
    const bool wanted = entry.seq > since && (method.empty() || Lower(entry.method) == method);
    if (wanted) calls.push_back(LogView(entry));
  }
  return Done(world, {{"calls", std::move(calls)},
                      {"last_seq", world.log.empty() ? 0 : world.log.back().seq}});
}

SimResult GetTranscript(World& world, const Args& args) {
  const auto [person, refusal] = ReadPerson(world, args);
  if (person == nullptr) return refusal;
  Chat* chat = ReadPersonChat(world, args, *person);
  if (chat == nullptr) return Refused(404, "The user is not in that chat.");
  if (ArgText(args, "format") == "text") {
    return Answer{200, "text/plain; charset=utf-8", Transcript(world, *chat), ""};
  }
  return Done(world, {{"user", PersonView(world, *person)}, {"chat", ChatView(world, *chat)}});
}

SimResult GetState(World& world, const Args& args) {
  const std::int64_t since = ArgInt(args, "since", -1);
  const std::int64_t log_since = ArgInt(args, "log_since", 0);
  json state = {{"now_ms", world.now_ms()},
                {"clock_offset_ms", world.clock_offset_ms()},
                {"clock_shared", static_cast<bool>(world.on_advance)},
                {"limits", world.limiter.limits() == Limits::kTelegram ? "telegram" : "off"},
                {"bot", BotView(world)},
                {"hint", world.hint},
                {"webhook", world.webhook.url},
                {"pending_updates", world.updates.size()},
                {"open_callbacks", OpenCallbacks(world)},
                {"faults", world.faults.size()},
                {"people", json::array()},
                {"chats", json::array()},
                {"log", json::array()}};
  for (const auto& [id, person] : world.people)
    state["people"].push_back(PersonView(world, person));
  for (auto& [id, chat] : world.chats) {
    if (chat.revision > since) state["chats"].push_back(ChatView(world, chat));
  }
  const std::size_t skip = world.log.size() - std::min(world.log.size(), kLogShown);
  for (std::size_t i = skip; i < world.log.size(); ++i) {
    if (world.log[i].seq > log_since) state["log"].push_back(LogView(world.log[i]));
  }
  return Done(world, std::move(state));
}

SimResult WaitForText(World& world, const Args& args) {
  const auto [person, refusal] = ReadPerson(world, args);
  if (person == nullptr) return refusal;
  Chat* chat = ReadPersonChat(world, args, *person);
  if (chat == nullptr) return Refused(404, "The user is not in that chat.");
  if (const std::string id = ArgText(args, "callback"); !id.empty()) {
    const CallbackQuery* query = world.FindCallback(id);
    if (query == nullptr) return Refused(404, "There is no such callback query.");
    if (!query->answered) return std::nullopt;
    return Done(world, {{"answer", query->answer}});
  }
  const std::int64_t since = ArgInt(args, "since", 0);
  const std::string contains = ArgText(args, "contains");
  for (auto message = chat->messages.rbegin(); message != chat->messages.rend(); ++message) {
    const bool seen = message->from_bot && IsVisible(*message) && message->revision > since &&
                      Shows(*message, contains);
    if (seen) {
      return Done(world, {{"message", MessageView(world, *message)}, {"seq", message->revision}});
    }
  }
  return std::nullopt;
}

Answer WaitForTextTimedOut(World& world, const Args& args) {
  const auto [person, refusal] = ReadPerson(world, args);
  if (person == nullptr) return refusal;
  Chat* chat = ReadPersonChat(world, args, *person);
  return Refused(408, "Nothing in the chat contains \"" + ArgText(args, "contains") +
                          "\" in time. The chat:\n" + Transcript(world, *chat));
}

SimResult WaitUntilSettled(World& world, const Args&) {
  if (world.updates.size() > 0 || !OpenCallbacks(world).empty()) return std::nullopt;
  return Done(world, json::object());
}

Answer SettledTimedOut(World& world, const Args&) {
  json reply = {{"ok", false},
                {"error", "The bot has not confirmed every update and answered every tap in time."},
                {"pending_updates", world.updates.size()},
                {"open_callbacks", OpenCallbacks(world)}};
  return {408, "application/json", Dump(reply), ""};
}

}  // namespace kalends::sim
