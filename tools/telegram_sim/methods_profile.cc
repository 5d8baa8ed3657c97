// What the bot says of itself: name, descriptions, commands, menu button.
#include <algorithm>
#include <array>
#include <vector>

#include "tools/telegram_sim/image.h"
#include "tools/telegram_sim/json_text.h"
#include "tools/telegram_sim/methods.h"
#include "tools/telegram_sim/target.h"
#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 7> kScopes = {
    "default", "all_private_chats", "all_group_chats",    "all_chat_administrators",
    "chat",    "chat_member",       "chat_administrators"};

absl::StatusOr<std::string> ReadLanguage(const Params& params) {
  std::string language = params.Text("language_code");
  const bool good = language.empty() || (language.size() == 2 &&
                                         std::all_of(language.begin(), language.end(),
                                                     [](char c) { return c >= 'a' && c <= 'z'; }));
  if (!good) return BadRequest("invalid language code specified");
  return language;
}

std::string CommandsKey(const json& scope, const std::string& language) {
  std::string key = scope["type"].get<std::string>();
  for (const char* name : {"chat_id", "user_id"}) {
    if (scope.contains(name)) key += ":" + Dump(scope[name]);
  }
  return key + "/" + language;
}

// The scope of a request as a key of Bot::commands.
absl::StatusOr<std::string> ReadScope(World& world, const Params& params) {
  absl::StatusOr<std::string> language = ReadLanguage(params);
  if (!language.ok()) return language.status();
  json scope = params.Json("scope");
  if (scope.is_null()) scope = {{"type", "default"}};
  if (!scope.is_object()) return BadRequest("can't parse BotCommandScope: Object expected");
  const json given = scope.value("type", json());
  const std::string type = given.is_string() ? given.get<std::string>() : "";
  if (std::find(kScopes.begin(), kScopes.end(), type) == kScopes.end()) {
    return BadRequest("can't parse BotCommandScope: unsupported type specified");
  }
  if (type.starts_with("chat")) {
    const json chat = scope.value("chat_id", json());
    const bool known = chat.is_number_integer() && world.FindChat(chat.get<std::int64_t>());
    if (!known) return BadRequest("chat not found");
  }
  return CommandsKey(scope, *language);
}

absl::StatusOr<json> ReadCommand(const json& command) {
  if (!command.is_object() || !command.value("command", json()).is_string() ||
      !command.value("description", json()).is_string()) {
    return BadRequest("can't parse BotCommand: fields \"command\" and \"description\" expected");
  }
  const std::string raw = command["command"].get<std::string>();
  std::string name(Trim(raw));
  if (name.starts_with('/')) name.erase(0, 1);
  const std::string description(Trim(command["description"].get_ref<const std::string&>()));
  if (name.empty()) return BadRequest("command must be non-empty");
  if (CodePoints(name) > kCommandCodePointsMax) {
    return BadRequest("command length must not exceed " + std::to_string(kCommandCodePointsMax));
  }
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (!plain) return BadRequest("BOT_COMMAND_INVALID");
  if (description.empty()) return BadRequest("command description must be non-empty");
  if (CodePoints(description) > kCommandDescriptionCodePointsMax) {
    return BadRequest("command description length must not exceed " +
                      std::to_string(kCommandDescriptionCodePointsMax));
  }
  return json{{"command", name}, {"description", description}};
}

using Texts = std::map<std::string, std::string>;

MethodResult SetText(World& world, const Params& params, Texts& texts, const std::string& name,
                     int code_points_max) {
  absl::StatusOr<std::string> language = ReadLanguage(params);
  if (!language.ok()) return language.status();
  const std::string text(Trim(params.Text(name)));
  if (CodePoints(text) > code_points_max) return BadRequest(name + " is too long");
  texts.erase(*language);
  if (!text.empty()) texts[*language] = text;
  world.Bump();
  return true;
}

MethodResult GetText(const Params& params, const Texts& texts, const std::string& name,
                     const std::string& otherwise) {
  absl::StatusOr<std::string> language = ReadLanguage(params);
  if (!language.ok()) return language.status();
  for (const std::string& key : {*language, std::string()}) {
    if (const auto found = texts.find(key); found != texts.end())
      return json{{name, found->second}};
  }
  return json{{name, otherwise}};
}

}  // namespace

MethodResult GetMe(World& world, const Params&) {
  json me = world.BotObject();
  for (const char* name :
       {"can_read_all_group_messages", "can_connect_to_business", "has_main_web_app",
        "has_topics_enabled", "allows_users_to_create_topics", "can_manage_bots",
        "supports_join_request_queries"}) {
    me[name] = false;
  }
  me["can_join_groups"] = true;
  me["supports_inline_queries"] = true;
  return me;
}

MethodResult GetChat(World& world, const Params& params) {
  absl::StatusOr<Chat*> chat = ReadChat(world, params);
  if (!chat.ok()) return chat.status();
  json object = world.ChatObject(**chat);
  object["accent_color_id"] = 0;
  object["max_reaction_count"] = 11;
  object["accepted_gift_types"] = {{"unlimited_gifts", true},
                                   {"limited_gifts", true},
                                   {"unique_gifts", true},
                                   {"premium_subscription", true},
                                   {"gifts_from_channels", true}};
  return object;
}

MethodResult SetMyCommands(World& world, const Params& params) {
  const json commands = params.Json("commands");
  if (!commands.is_array()) return BadRequest("expected an Array of BotCommand");
  absl::StatusOr<std::string> key = ReadScope(world, params);
  if (!key.ok()) return key.status();
  if (commands.size() > kCommandsMax) return BadRequest("BOT_COMMANDS_TOO_MUCH");
  json list = json::array();
  for (const json& command : commands) {
    absl::StatusOr<json> read = ReadCommand(command);
    if (!read.ok()) return read.status();
    list.push_back(*std::move(read));
  }
  world.bot.commands[*key] = std::move(list);
  world.Bump();
  return true;
}

MethodResult GetMyCommands(World& world, const Params& params) {
  absl::StatusOr<std::string> key = ReadScope(world, params);
  if (!key.ok()) return key.status();
  const auto found = world.bot.commands.find(*key);
  return found == world.bot.commands.end() ? json::array() : found->second;
}

MethodResult DeleteMyCommands(World& world, const Params& params) {
  absl::StatusOr<std::string> key = ReadScope(world, params);
  if (!key.ok()) return key.status();
  world.bot.commands.erase(*key);
  world.Bump();
  return true;
}

MethodResult SetMyName(World& world, const Params& params) {
  return SetText(world, params, world.bot.names, "name", kBotNameCodePointsMax);
}
MethodResult GetMyName(World& world, const Params& params) {
  return GetText(params, world.bot.names, "name", world.bot.username);
}
MethodResult SetMyDescription(World& world, const Params& params) {
  return SetText(world, params, world.bot.descriptions, "description",
                 kBotDescriptionCodePointsMax);
}
MethodResult GetMyDescription(World& world, const Params& params) {
  return GetText(params, world.bot.descriptions, "description", "");
}
MethodResult SetMyShortDescription(World& world, const Params& params) {
  return SetText(world, params, world.bot.short_descriptions, "short_description",
                 kBotShortDescriptionCodePointsMax);
}
MethodResult GetMyShortDescription(World& world, const Params& params) {
  return GetText(params, world.bot.short_descriptions, "short_description", "");
}

MethodResult SetMyProfilePhoto(World& world, const Params& params) {
  // It comes with a file, hence in a form, where it is text.
  const json photo = ReadJson(params.Text("photo"));
  const json type = photo.is_object() ? photo.value("type", json()) : json();
  if (type != "static") return BadRequest("can't parse InputProfilePhoto: unsupported type");
  const std::string name = photo.value("photo", "");
  const auto upload =
      params.uploads.find(name.starts_with("attach://") ? name.substr(9) : std::string());
  if (upload == params.uploads.end()) return BadRequest("photo must be uploaded as a file");
  // A static one is a JPEG.
  const auto size = ReadImageSize(upload->second.bytes);
  if (!size || !upload->second.bytes.starts_with("\xff\xd8")) {
    return BadRequest("PHOTO_INVALID_DIMENSIONS");
  }
  File file;
  file.name = upload->second.file_name;
  file.mime_type = "image/jpeg";
  file.bytes = upload->second.bytes;
  file.width = size->width;
  file.height = size->height;
  world.bot.picture = world.AddFile("photos", std::move(file)).id;
  world.Bump();
  return true;
}

MethodResult RemoveMyProfilePhoto(World& world, const Params&) {
  world.bot.picture.clear();
  world.Bump();
  return true;
}

MethodResult GetUserProfilePhotos(World& world, const Params& params) {
  const std::int64_t id = params.Int("user_id").value_or(0);
  if (id != world.bot.id && world.FindPerson(id) == nullptr) return BadRequest("user not found");
  const File* picture = id == world.bot.id ? world.FindFile(world.bot.picture) : nullptr;
  json photos = json::array();
  if (picture != nullptr) photos.push_back(PhotoObject(*picture));
  return json{{"total_count", photos.size()}, {"photos", photos}};
}

MethodResult SetChatMenuButton(World& world, const Params& params) {
  std::int64_t chat_id = 0;
  if (params.Has("chat_id")) {
    absl::StatusOr<Chat*> chat = ReadChat(world, params);
    if (!chat.ok()) return chat.status();
    chat_id = (*chat)->id;
  }
  json button = params.Json("menu_button");
  if (button.is_null()) button = {{"type", "default"}};
  const json type = button.is_object() ? button.value("type", json()) : json();
  if (type != "default" && type != "commands" && type != "web_app") {
    return BadRequest("can't parse menu button: MenuButton has unsupported type");
  }
  world.bot.menu_buttons[chat_id] = std::move(button);
  world.Bump();
  return true;
}

MethodResult GetChatMenuButton(World& world, const Params& params) {
  const std::int64_t chat_id = ToInt(params.Text("chat_id")).value_or(0);
  for (const std::int64_t key : {chat_id, std::int64_t{0}}) {
    const auto found = world.bot.menu_buttons.find(key);
    if (found != world.bot.menu_buttons.end()) return found->second;
  }
  return json{{"type", "commands"}};
}

json CommandsFor(const World& world, const Person& person, std::int64_t chat_id) {
  const std::string language = person.language_code.substr(0, 2);
  std::vector<json> scopes;
  if (chat_id < 0) {
    scopes.push_back({{"type", "chat_member"}, {"chat_id", chat_id}, {"user_id", person.id}});
  }
  scopes.push_back({{"type", "chat"}, {"chat_id", chat_id}});
  scopes.push_back({{"type", chat_id < 0 ? "all_group_chats" : "all_private_chats"}});
  scopes.push_back({{"type", "default"}});
  for (const json& scope : scopes) {
    for (const std::string& key : {CommandsKey(scope, language), CommandsKey(scope, "")}) {
      const auto found = world.bot.commands.find(key);
      if (found != world.bot.commands.end()) return found->second;
    }
  }
  return json::array();
}

}  // namespace kalends::sim
