// A tap on a button: inline or of the reply keyboard.
#include <vector>

#include "tools/telegram_sim/json_text.h"
#include "tools/telegram_sim/methods.h"
#include "tools/telegram_sim/sim_api.h"
#include "tools/telegram_sim/view.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

struct Found {
  const Message* message = nullptr;
  json button;
};

// Whether the button at `row`, `column` is the one that `args` describe.
bool Matches(const Args& args, const json& button, std::int64_t row, std::int64_t column) {
  if (args.contains("label")) return ButtonLabel(button) == ArgText(args, "label");
  if (args.contains("data")) {
    return button.is_object() && TextIn(button, "callback_data") == ArgText(args, "data");
  }
  return ArgInt(args, "row", -1) == row && ArgInt(args, "col", -1) == column;
}

// The first matching button of `message`, if it shows any.
Found FindIn(const Chat& chat, const Message& message, const Args& args) {
  const bool shown = message.markup.is_object() && (message.markup.contains("inline_keyboard") ||
                                                    message.id == chat.keyboard_message);
  if (!shown) return {};
  const char* name = message.markup.contains("keyboard") ? "keyboard" : "inline_keyboard";
  const json rows = message.markup.value(name, json::array());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t column = 0; column < rows[row].size(); ++column) {
      const json& button = rows[row][column];
      if (Matches(args, button, static_cast<std::int64_t>(row),
                  static_cast<std::int64_t>(column))) {
        return {&message, button};
      }
    }
  }
  return {};
}

// The newest visible message with such a button.
Found FindButton(const Chat& chat, const Args& args) {
  const std::int64_t wanted = ArgInt(args, "message_id", 0);
  for (auto message = chat.messages.rbegin(); message != chat.messages.rend(); ++message) {
    if (!message->from_bot || !IsVisible(*message)) continue;
    if (wanted != 0 && message->id != wanted) continue;
    if (Found found = FindIn(chat, *message, args); found.message != nullptr) return found;
  }
  return {};
}

Answer NoSuchButton(const Chat& chat, const Args& args) {
  std::string wanted = "at that row and col";
  if (args.contains("label")) wanted = "\"" + ArgText(args, "label") + "\"";
  if (args.contains("data")) wanted = "with data \"" + ArgText(args, "data") + "\"";
  std::string labels;
  for (auto message = chat.messages.rbegin(); message != chat.messages.rend(); ++message) {
    const bool shown =
        IsVisible(*message) && message->from_bot &&
        (message->api.contains("reply_markup") || message->id == chat.keyboard_message);
    if (!shown) continue;
    labels += " [" + std::to_string(message->id) + "]:";
    for (const auto& row : Labels(*message)) {
      for (const std::string& label : row) labels += " \"" + label + "\"";
    }
    if (labels.size() > 1500) break;
  }
  return Refused(404, "There is no button " + wanted + " in this chat. Buttons now:" +
                          (labels.empty() ? " none" : labels) + ".");
}

Answer SendCallback(World& world, const Person& person, Chat& chat, std::int64_t message_id,
                    const std::string& data) {
  CallbackQuery tap;
  tap.person = person.id;
  tap.chat = chat.id;
  tap.message = message_id;
  tap.data = data;
  const CallbackQuery& query = world.AddCallback(std::move(tap));
  const Message* message = world.FindMessage(chat, message_id);
  json inaccessible = {{"message_id", message_id}, {"date", 0}, {"chat", world.ChatObject(chat)}};
  const std::int64_t update_id =
      world.updates.Push("callback_query",
                         {{"id", query.id},
                          {"from", world.UserObject(person)},
                          {"message", message != nullptr ? message->api : inaccessible},
                          {"chat_instance", std::to_string(chat.id * 31 + world.bot.id)},
                          {"data", data}},
                         world.now_ms());
  world.Bump();
  return Done(world, {{"kind", "callback"},
                      {"callback_query_id", query.id},
                      {"message_id", message_id},
                      {"update_id", update_id}});
}

// A press that no honest app would send: any data, on any message, even one that is gone.
Answer Forge(World& world, const Args& args, const Person& person, Chat& chat) {
  std::int64_t message_id = ArgInt(args, "message_id", 0);
  for (const Message& message : chat.messages) {
    if (!args.contains("message_id") && message.from_bot) message_id = message.id;
  }
  return SendCallback(world, person, chat, message_id, ArgText(args, "data"));
}

Answer Press(World& world, const Found& found, Person& person, Chat& chat) {
  const json& button = found.button;
  const std::string label = ButtonLabel(button);
  if (found.message->markup.contains("keyboard")) {
    for (const char* name : {"request_contact", "request_location", "request_poll", "web_app"}) {
      if (button.is_object() && button.contains(name)) {
        return Refused(409, "\"" + label + "\" is a " + name + " button: not simulated.");
      }
    }
    return Post(world, chat, person, {{"text", label}});
  }
  if (button.contains("callback_data")) {
    return SendCallback(world, person, chat, found.message->id,
                        button["callback_data"].get<std::string>());
  }
  if (button.contains("url")) {
    const std::string url = button["url"].get<std::string>();
    return Done(world, {{"kind", "url"}, {"url", url}, {"payload", DeepLinkPayload(world, url)}});
  }
  for (const char* name : {"switch_inline_query", "switch_inline_query_current_chat"}) {
    if (button.contains(name)) {
      return Done(world, {{"kind", "switch_inline"}, {"query", TextIn(button, name)}});
    }
  }
  if (button.contains("copy_text")) {
    return Done(world, {{"kind", "copy_text"}, {"text", TextIn(button["copy_text"], "text")}});
  }
  if (button.contains("web_app")) {
    return Done(world, {{"kind", "web_app"}, {"url", TextIn(button["web_app"], "url")}});
  }
  return Refused(409, "\"" + label + "\" does nothing when tapped.");
}

}  // namespace

SimResult Tap(World& world, const Args& args) {
  const auto [person, refusal] = ReadPerson(world, args);
  if (person == nullptr) return refusal;
  Chat* chat = ReadPersonChat(world, args, *person);
  if (chat == nullptr) return Refused(404, "The user is not in that chat.");
  if (ArgFlag(args, "force")) return Forge(world, args, *person, *chat);
  if (!args.contains("label") && !args.contains("data") && !args.contains("row")) {
    return Refused(400, "Say which button: label, data, or row and col.");
  }
  const Found found = FindButton(*chat, args);
  return found.message == nullptr ? NoSuchButton(*chat, args) : Press(world, found, *person, *chat);
}

}  // namespace kalends::sim
