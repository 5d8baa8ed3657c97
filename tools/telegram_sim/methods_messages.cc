// Messages of text, what changes them, and answers to taps.
#include <algorithm>
#include <array>

#include "tools/telegram_sim/methods.h"
#include "tools/telegram_sim/target.h"
#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

constexpr std::int64_t kActionShownMs = 5000;
constexpr std::array<std::string_view, 11> kActions = {
    "typing",        "upload_photo",      "record_video",     "upload_video",
    "record_voice",  "upload_voice",      "upload_document",  "choose_sticker",
    "find_location", "record_video_note", "upload_video_note"};

// What Telegram has as reactions of everybody.
constexpr auto kReactions = std::to_array<std::string_view>(
    {"❤",  "👍",         "👎", "🔥", "🥰",          "👏", "😁", "🤔", "🤯", "😱",
     "🤬", "😢",         "🎉", "🤩", "🤮",          "💩", "🙏", "👌", "🕊", "🤡",
     "🥱", "🥴",         "😍", "🐳", "❤‍🔥",  "🌚", "🌭", "💯", "🤣", "⚡",
     "🍌", "🏆",         "💔", "🤨", "😐",          "🍓", "🍾", "💋", "🖕", "😈",
     "😴", "😭",         "🤓", "👻", "👨‍💻", "👀", "🎃", "🙈", "😇", "😨",
     "🤝", "✍",          "🤗", "🫡", "🎅",          "🎄", "☃",  "💅", "🤪", "🗿",
     "🆒", "💘",         "🙉", "🦄", "😘",          "💊", "🙊", "😎", "👾", "🤷‍♂",
     "🤷", "🤷‍♀", "😡"});

struct Target {
  Chat* chat;
  Message* message;
};

absl::StatusOr<Target> ReadEditTarget(World& world, const Params& params) {
  if (params.Has("inline_message_id")) return BadRequest("MESSAGE_ID_INVALID");
  absl::StatusOr<Chat*> chat = ReadChat(world, params);
  if (!chat.ok()) return chat.status();
  absl::StatusOr<Message*> message = ReadMessage(world, **chat, params, "edit");
  if (!message.ok()) return message.status();
  return Target{*chat, *message};
}

}  // namespace

MethodResult SendMessage(World& world, const Params& params) {
  absl::StatusOr<FormattedText> text = ReadText(params, kTextFields);
  if (!text.ok()) return text.status();
  json api = {{"text", text->text}};
  if (!text->entities.empty()) api["entities"] = text->entities;
  if (params.Has("link_preview_options")) {
    api["link_preview_options"] = params.Json("link_preview_options");
  }
  return Send(world, params, std::move(api));
}

MethodResult EditMessageText(World& world, const Params& params) {
  absl::StatusOr<FormattedText> text = ReadText(params, kTextFields);
  if (!text.ok()) return text.status();
  absl::StatusOr<Target> target = ReadEditTarget(world, params);
  if (!target.ok()) return target.status();
  if (target->message->from_bot && !target->message->api.contains("text")) {
    return BadRequest("there is no text in the message to edit");
  }
  const json content = {{"text", text->text},
                        {"entities", text->entities.empty() ? json() : text->entities},
                        {"link_preview_options", params.Json("link_preview_options")}};
  return ApplyEdit(world, *target->chat, *target->message, content, params);
}

MethodResult EditMessageCaption(World& world, const Params& params) {
  absl::StatusOr<FormattedText> caption = ReadText(params, kCaptionFields);
  if (!caption.ok()) return caption.status();
  absl::StatusOr<Target> target = ReadEditTarget(world, params);
  if (!target.ok()) return target.status();
  if (target->message->from_bot && target->message->api.contains("text")) {
    return BadRequest("there is no caption in the message to edit");
  }
  const json content = {
      {"caption", caption->text.empty() ? json() : json(caption->text)},
      {"caption_entities", caption->entities.empty() ? json() : caption->entities}};
  return ApplyEdit(world, *target->chat, *target->message, content, params);
}

MethodResult EditMessageReplyMarkup(World& world, const Params& params) {
  absl::StatusOr<Target> target = ReadEditTarget(world, params);
  if (!target.ok()) return target.status();
  return ApplyEdit(world, *target->chat, *target->message, json::object(), params);
}

MethodResult SetMessageReaction(World& world, const Params& params) {
  absl::StatusOr<Chat*> chat = ReadChat(world, params);
  if (!chat.ok()) return chat.status();
  if (absl::Status status = MayWrite(world, **chat); !status.ok()) return status;
  absl::StatusOr<Message*> message = ReadMessage(world, **chat, params, "react");
  if (!message.ok()) return message.status();
  json reactions = params.Json("reaction");
  if (reactions.is_null()) reactions = json::array();
  if (!reactions.is_array()) return BadRequest("can't parse reaction types JSON object");
  // Bots are no premium users.
  if (reactions.size() > 1) return BadRequest("REACTIONS_TOO_MANY");
  for (const json& reaction : reactions) {
    const json type = reaction.is_object() ? reaction.value("type", json()) : json();
    if (type != "emoji") return BadRequest("REACTION_INVALID");
    const json emoji = reaction.value("emoji", json());
    const bool known = emoji.is_string() && std::find(kReactions.begin(), kReactions.end(),
                                                      emoji.get<std::string>()) != kReactions.end();
    if (!known) return BadRequest("REACTION_INVALID");
  }
  (*message)->reactions = std::move(reactions);
  world.Touch(**chat, **message);
  return true;
}

MethodResult DeleteMessage(World& world, const Params& params) {
  absl::StatusOr<Chat*> chat = ReadChat(world, params);
  if (!chat.ok()) return chat.status();
  absl::StatusOr<Message*> found = ReadMessage(world, **chat, params, "delete");
  if (!found.ok()) return found.status();
  Message& message = **found;
  if (world.now_ms() - message.time_ms > kDeleteAgeMaxMs) {
    return BadRequest("message can't be deleted for everyone");
  }
  message.deleted = true;
  if ((*chat)->keyboard_message == message.id) (*chat)->keyboard_message = 0;
  world.Touch(**chat, message);
  return true;
}

MethodResult SendChatAction(World& world, const Params& params) {
  absl::StatusOr<Chat*> chat = ReadChat(world, params);
  if (!chat.ok()) return chat.status();
  if (absl::Status status = MayWrite(world, **chat); !status.ok()) return status;
  const std::string action = Lower(params.Text("action"));
  if (std::find(kActions.begin(), kActions.end(), action) == kActions.end()) {
    return BadRequest("wrong parameter action in request");
  }
  (*chat)->action = action;
  (*chat)->action_until_ms = world.now_ms() + kActionShownMs;
  world.Touch(**chat);
  return true;
}

MethodResult AnswerCallbackQuery(World& world, const Params& params) {
  const std::string text = params.Text("text");
  if (CodePoints(text) > kCallbackAnswerCodePointsMax) return BadRequest("MESSAGE_TOO_LONG");
  CallbackQuery* query = world.FindCallback(params.Text("callback_query_id"));
  const bool open = query != nullptr && !query->answered &&
                    world.now_ms() - query->time_ms <= kCallbackAnswerMaxMs;
  if (!open) {
    return BadRequest("query is too old and response timeout expired or query ID is invalid");
  }
  query->answered = true;
  query->answer = {{"text", text}, {"show_alert", params.Flag("show_alert")}};
  if (params.Has("url")) query->answer["url"] = params.Text("url");
  if (Chat* chat = world.FindChat(query->chat)) world.Touch(*chat);
  query->revision = world.revision();
  return true;
}

}  // namespace kalends::sim
