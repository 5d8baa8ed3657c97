#include "tools/telegram_sim/target.h"

#include <algorithm>
#include <utility>

#include "tools/telegram_sim/markup.h"
#include "tools/telegram_sim/status.h"
#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

absl::StatusOr<FormattedText> Parse(const Params& params, const TextFields& fields) {
  const std::string text = params.Text(fields.text);
  const std::string mode = Lower(params.Text("parse_mode"));
  if (mode == "html") return ParseHtml(text);
  if (mode == "markdown" || mode == "markdownv2") {
    return BadRequest("unsupported parse_mode: this simulator reads HTML only");
  }
  if (!mode.empty() && mode != "none") return BadRequest("unsupported parse_mode");
  FormattedText formatted{text, json::array()};
  const json entities = params.Json(fields.entities);
  if (entities.is_null()) return formatted;
  if (!entities.is_array())
    return BadRequest("can't parse entities: Array of MessageEntity expected");
  const int length = Utf16Units(text);
  for (const json& entity : entities) {
    const bool whole = entity.is_object() && entity.value("type", json()).is_string() &&
                       entity.value("offset", json()).is_number_integer() &&
                       entity.value("length", json()).is_number_integer();
    if (!whole) return BadRequest("can't parse entities: MessageEntity is incomplete");
    const std::int64_t begin = entity["offset"].get<std::int64_t>();
    const std::int64_t end = begin + entity["length"].get<std::int64_t>();
    if (begin < 0 || end <= begin || end > length) return BadRequest("ENTITY_BOUNDS_INVALID");
    formatted.entities.push_back(entity);
  }
  return formatted;
}

bool IsInline(const json& markup) {
  return markup.is_object() && markup.contains("inline_keyboard");
}

// The markup as a message holds it: an inline keyboard without buttons is none.
json WithoutEmpty(const json& markup) {
  if (!IsInline(markup)) return markup;
  const json& rows = markup["inline_keyboard"];
  const bool empty =
      std::all_of(rows.begin(), rows.end(), [](const json& row) { return row.empty(); });
  return empty ? json() : markup;
}

absl::Status CheckButtonsForGroup(const Chat& chat, const json& markup) {
  if (chat.id > 0 || !IsInline(markup)) return absl::OkStatus();
  for (const json& row : markup["inline_keyboard"]) {
    for (const json& button : row) {
      if (button.contains("web_app")) return BadRequest("BUTTON_TYPE_INVALID");
    }
  }
  return absl::OkStatus();
}

// Adds reply_to_message to `api`.
absl::Status AddReply(World& world, Chat& chat, const json& reply, json& api) {
  if (reply.is_null()) return absl::OkStatus();
  if (!reply.is_object() || !reply.value("message_id", json()).is_number_integer()) {
    return BadRequest("can't parse reply parameters");
  }
  Message* target = world.FindMessage(chat, reply["message_id"].get<std::int64_t>());
  if (target == nullptr) {
    return reply.value("allow_sending_without_reply", json(false)) == true
               ? absl::OkStatus()
               : BadRequest("message to be replied not found");
  }
  api["reply_to_message"] = World::QuotedObject(*target);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Chat*> ReadChat(World& world, const Params& params) {
  const std::string text = params.Text("chat_id");
  if (text.empty()) return BadRequest("chat_id is empty");
  const auto id = ToInt(text);
  Chat* chat = id ? world.FindChat(*id) : nullptr;
  if (chat == nullptr) return BadRequest("chat not found");
  return chat;
}

absl::Status MayWrite(World& world, const Chat& chat) {
  if (chat.without_bot) return Forbidden("bot was kicked from the group chat");
  if (chat.id < 0) return absl::OkStatus();
  const Person& person = *world.FindPerson(chat.id);
  if (!person.started) return Forbidden("bot can't initiate conversation with a user");
  return person.blocked ? Forbidden("bot was blocked by the user") : absl::OkStatus();
}

absl::Status Admit(World& world, const Chat& chat) {
  const auto wait = world.limiter.Admit(chat.id, world.now_ms());
  return wait ? TooManyRequests(*wait) : absl::OkStatus();
}

absl::StatusOr<Message*> ReadMessage(World& world, Chat& chat, const Params& params,
                                     const std::string& verb) {
  const std::int64_t id = params.Int("message_id").value_or(0);
  if (id == 0) return BadRequest("message identifier is not specified");
  Message* message = world.FindMessage(chat, id);
  if (message == nullptr) return BadRequest("message to " + verb + " not found");
  return message;
}

absl::StatusOr<FormattedText> ReadText(const Params& params, const TextFields& fields) {
  if (params.Text(fields.text).size() > kTextBytesMax) return BadRequest("text is too long");
  absl::StatusOr<FormattedText> parsed = Parse(params, fields);
  if (!parsed.ok()) return parsed.status();
  FormattedText formatted = AddFoundEntities(TrimEnds(*std::move(parsed)));
  const bool is_text = std::string_view(fields.text) == kTextFields.text;
  if (is_text && formatted.text.empty()) return BadRequest("message text is empty");
  if (CodePoints(formatted.text) > fields.code_points_max) return BadRequest(fields.too_long);
  return formatted;
}

absl::StatusOr<json> Send(World& world, const Params& params, json api) {
  const json markup = WithoutEmpty(params.Json("reply_markup"));
  if (params.Has("reply_markup")) {
    absl::Status status = CheckMarkup(params.Json("reply_markup"));
    if (!status.ok()) return status;
  }
  absl::StatusOr<Chat*> found = ReadChat(world, params);
  if (!found.ok()) return found.status();
  Chat& chat = **found;
  for (const absl::Status& status : {MayWrite(world, chat), CheckButtonsForGroup(chat, markup),
                                     AddReply(world, chat, params.Json("reply_parameters"), api)}) {
    if (!status.ok()) return status;
  }
  if (absl::Status status = Admit(world, chat); !status.ok()) return status;
  if (IsInline(markup)) api["reply_markup"] = markup;
  if (params.Flag("protect_content")) api["has_protected_content"] = true;
  Message& message = world.AddMessage(chat, 0, std::move(api));
  message.markup = markup;
  if (markup.is_object() && markup.contains("keyboard")) chat.keyboard_message = message.id;
  if (markup.is_object() && markup.contains("remove_keyboard")) chat.keyboard_message = 0;
  chat.action_until_ms = 0;
  return message.api;
}

absl::StatusOr<json> ApplyEdit(World& world, Chat& chat, Message& message, json content,
                               const Params& params) {
  const bool editable = message.from_bot && (message.markup.is_null() || IsInline(message.markup));
  if (!editable) return BadRequest("message can't be edited");
  if (params.Has("reply_markup")) {
    absl::Status status = CheckInlineMarkup(params.Json("reply_markup"));
    if (!status.ok()) return status;
  }
  const json markup = WithoutEmpty(params.Json("reply_markup"));
  if (absl::Status status = CheckButtonsForGroup(chat, markup); !status.ok()) return status;
  json edited = message.api;
  edited.erase("reply_markup");
  for (const auto& [name, value] : content.items()) {
    edited.erase(name);
    if (!value.is_null()) edited[name] = value;
  }
  if (!markup.is_null()) edited["reply_markup"] = markup;
  if (edited == message.api) {
    return BadRequest(
        "message is not modified: specified new message content and reply markup are exactly the "
        "same as a current content and reply markup of the message");
  }
  edited["edit_date"] = world.now_ms() / 1000;
  message.api = std::move(edited);
  message.markup = markup;
  ++message.edits;
  world.Touch(chat, message);
  return message.api;
}

}  // namespace kalends::sim
