#include "tools/telegram_sim/view.h"

#include <cstdio>

#include "tools/telegram_sim/json_text.h"
#include "tools/telegram_sim/methods.h"
#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

constexpr std::size_t kAnswersShown = 20;  // Per chat, the newest.

std::string TimeOfDay(std::int64_t time_ms) {
  const std::int64_t second = (time_ms / 1000) % 86400;
  char text[16];
  std::snprintf(text, sizeof text, "%02d:%02d:%02d", static_cast<int>(second / 3600),
                static_cast<int>(second / 60 % 60), static_cast<int>(second % 60));
  return text;
}

std::string TextOrCaption(const Message& message) {
  return TextIn(message.api, message.api.contains("text") ? "text" : "caption");
}

const json* KeyboardRows(const json& markup) {
  if (!markup.is_object()) return nullptr;
  for (const char* name : {"inline_keyboard", "keyboard"}) {
    if (markup.contains(name)) return &markup[name];
  }
  return nullptr;
}

json DeepLinks(const World& world, const Message& message) {
  json links = json::array();
  const auto add = [&](const std::string& url) {
    const std::string payload = DeepLinkPayload(world, url);
    if (!payload.empty()) links.push_back({{"url", url}, {"payload", payload}});
  };
  const std::string text = PlainText(message);
  for (std::size_t at = text.find("https://t.me/"); at != std::string::npos;
       at = text.find("https://t.me/", at + 1)) {
    add(text.substr(at, text.find_first_of(" \n\t)<>\"", at) - at));
  }
  for (const char* name : {"entities", "caption_entities"}) {
    for (const json& entity : message.api.value(name, json::array())) {
      add(TextIn(entity, "url"));
    }
  }
  if (const json* rows = KeyboardRows(message.markup)) {
    for (const json& row : *rows) {
      for (const json& button : row) {
        if (button.is_object()) add(TextIn(button, "url"));
      }
    }
  }
  return links;
}

std::string Indented(const std::string& text, const std::string& indent) {
  std::string result;
  for (const char c : text) {
    result += c;
    if (c == '\n') result += indent;
  }
  return result;
}

std::string KeyboardText(const Message& message, const std::string& indent) {
  std::string text;
  for (const auto& row : Labels(message)) {
    text += indent;
    for (const std::string& label : row) text += "[" + label + "] ";
    text.back() = '\n';
  }
  return text;
}

std::string MessageText(const Message& message) {
  static const std::string kIndent(6, ' ');
  std::string head = "[" + std::to_string(message.id) + "] " + TimeOfDay(message.time_ms) + " ";
  head += message.from_bot ? "Bot" : TextIn(message.api["from"], "first_name");
  if (message.edits > 0) head += " (edited)";
  for (const json& reaction : message.reactions) head += " " + reaction.value("emoji", "");
  if (message.deleted) return head + ": (deleted)\n";
  std::string body = Indented(TextOrCaption(message), kIndent);
  if (message.api.contains("document")) {
    const json& document = message.api["document"];
    body += " (document " + TextIn(document, "file_name") + ", " + document["file_size"].dump() +
            " bytes)";
  }
  for (const char* kind : {"photo", "voice", "sticker"}) {
    if (message.api.contains(kind)) body += std::string(" (") + kind + ")";
  }
  const bool is_inline = message.markup.is_object() && message.markup.contains("inline_keyboard");
  return head + ": " + body + "\n" + (is_inline ? KeyboardText(message, kIndent) : "");
}

json AnswersView(const World& world, const Chat& chat) {
  json answers = json::array();
  for (auto query = world.callbacks.rbegin(); query != world.callbacks.rend(); ++query) {
    if (query->chat != chat.id) continue;
    if (answers.size() == kAnswersShown) break;
    answers.push_back({{"id", query->id},
                       {"user", query->person},
                       {"message_id", query->message},
                       {"data", query->data},
                       {"time_ms", query->time_ms},
                       {"answered", query->answered},
                       {"answer", query->answer},
                       {"revision", query->revision}});
  }
  return answers;
}

}  // namespace

bool IsVisible(const Message& message) { return !message.deleted && !message.hidden; }

std::string PlainText(const Message& message) {
  std::string text = TextOrCaption(message);
  if (message.api.contains("document")) {
    text += (text.empty() ? "" : "\n") + TextIn(message.api["document"], "file_name");
  }
  return text;
}

std::string ButtonLabel(const json& button) {
  return button.is_string() ? button.get<std::string>() : TextIn(button, "text");
}

std::vector<std::vector<std::string>> Labels(const Message& message) {
  std::vector<std::vector<std::string>> labels;
  const json* rows = KeyboardRows(message.markup);
  if (rows == nullptr) return labels;
  for (const json& row : *rows) {
    if (row.empty()) continue;
    labels.emplace_back();
    for (const json& button : row) labels.back().push_back(ButtonLabel(button));
  }
  return labels;
}

std::string DeepLinkPayload(const World& world, const std::string& url) {
  for (const std::string& prefix : {"https://t.me/" + world.bot.username + "?start=",
                                    "tg://resolve?domain=" + world.bot.username + "&start="}) {
    if (Lower(url).starts_with(Lower(prefix))) {
      std::string payload = url.substr(prefix.size());
      if (IsToken(payload, kDeepLinkPayloadMax)) return payload;
    }
  }
  return "";
}

json MessageView(const World& world, const Message& message) {
  json view = {{"message_id", message.id},
               {"from", message.from_bot ? "bot" : "user"},
               {"time_ms", message.time_ms},
               {"deleted", message.deleted},
               {"reactions", message.reactions},
               {"edits", message.edits},
               {"revision", message.revision},
               {"plain", PlainText(message)},
               {"deep_links", DeepLinks(world, message)}};
  view["from_id"] = message.api["from"]["id"];
  view["from_name"] = message.api["from"]["first_name"];
  for (const char* name : {"text", "entities", "caption", "caption_entities", "document", "photo",
                           "voice", "sticker", "location", "media_group_id", "reply_markup",
                           "reply_to_message", "has_protected_content"}) {
    if (message.api.contains(name)) view[name] = message.api[name];
  }
  return view;
}

json ChatView(World& world, Chat& chat) {
  json view = {{"id", chat.id},
               {"title", chat.title},
               {"people", chat.people},
               {"revision", chat.revision},
               {"keyboard_message", chat.keyboard_message},
               {"action", world.now_ms() < chat.action_until_ms ? chat.action : ""},
               {"messages", json::array()},
               {"reply_keyboard", nullptr},
               {"callbacks", AnswersView(world, chat)}};
  for (const Message& message : chat.messages) {
    if (!message.hidden) view["messages"].push_back(MessageView(world, message));
    if (message.id == chat.keyboard_message) view["reply_keyboard"] = message.markup;
  }
  return view;
}

std::string Transcript(World& world, Chat& chat) {
  std::string text;
  for (const std::int64_t id : chat.people) {
    const Person& person = *world.FindPerson(id);
    text += "# " + person.first_name + " (" + std::to_string(id) + " " + person.language_code +
            ")" + (person.blocked ? " has blocked the bot" : "") + "\n";
  }
  for (const Message& message : chat.messages) {
    if (!message.hidden) text += MessageText(message);
  }
  for (const CallbackQuery& query : world.callbacks) {
    if (query.chat != chat.id || !query.answered) continue;
    const std::string answer = TextIn(query.answer, "text");
    if (!answer.empty()) text += "toast: " + answer + "\n";
  }
  if (const Message* message = world.FindMessage(chat, chat.keyboard_message)) {
    text += "keyboard:\n" + KeyboardText(*message, "  ");
  }
  return text;
}

}  // namespace kalends::sim
