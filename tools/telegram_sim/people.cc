// What people do in their Telegram apps.
#include <algorithm>

#include "tools/telegram_sim/html.h"
#include "tools/telegram_sim/image.h"
#include "tools/telegram_sim/json_text.h"
#include "tools/telegram_sim/limits.h"
#include "tools/telegram_sim/methods.h"
#include "tools/telegram_sim/sim_api.h"
#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

json MemberObject(const World& world, std::string_view status) {
  json member = {{"user", world.BotObject()}, {"status", status}};
  if (status == "kicked") member["until_date"] = 0;
  return member;
}

struct Change {
  std::string_view from;
  std::string_view to;
};
// Tells the bot what it now is in `chat`, thanks to `person`.
void TellOfMembership(World& world, const Chat& chat, const Person& person, const Change& status) {
  world.updates.Push("my_chat_member",
                     {{"chat", world.ChatObject(chat)},
                      {"from", world.UserObject(person)},
                      {"date", world.now_ms() / 1000},
                      {"old_chat_member", MemberObject(world, status.from)},
                      {"new_chat_member", MemberObject(world, status.to)}},
                     world.now_ms());
}

// Blocks or unblocks, and tells the bot.
void SetBlocked(World& world, Person& person, std::string_view status) {
  person.blocked = status == "kicked";
  Chat& chat = *world.FindChat(person.id);
  TellOfMembership(world, chat, person, {person.blocked ? "member" : "kicked", status});
  world.Touch(chat);
}

// Takes the bot out of a group or lets it in, and tells it.
SimResult SetMembership(World& world, const Args& args, std::string_view status) {
  const auto [person, refusal] = ReadPerson(world, args);
  if (person == nullptr) return refusal;
  Chat* chat = ReadPersonChat(world, args, *person);
  if (chat == nullptr || chat->id > 0) return Refused(404, "The user is not in that group.");
  chat->without_bot = status == "kicked";
  TellOfMembership(world, *chat, *person, {chat->without_bot ? "member" : "kicked", status});
  world.Touch(*chat);
  return Done(world, json::object());
}

// With Telegram's privacy mode a bot in a group hears commands, mentions of it and answers to it.
bool BotHears(const World& world, const Chat& chat, const json& api) {
  if (chat.without_bot) return false;
  if (chat.id > 0) return true;
  const std::string text = TextIn(api, api.contains("text") ? "text" : "caption");
  if (text.starts_with('/') || text.find('@' + world.bot.username) != std::string::npos) {
    return true;
  }
  return api.contains("reply_to_message") && api["reply_to_message"]["from"]["id"] == world.bot.id;
}

json TextContent(const std::string& text) {
  const FormattedText formatted = AddFoundEntities(TrimEnds({text, json::array()}));
  json api = {{"text", formatted.text}};
  if (!formatted.entities.empty()) api["entities"] = formatted.entities;
  return api;
}

Answer NotInChat() { return Refused(404, "The user is not in that chat."); }

// Makes `api` a reply to the message in `reply_to`, if there is one. False: that message is
// unknown.
bool AddAnswered(World& world, Chat& chat, const Args& args, json& api) {
  const std::int64_t reply_to = ArgInt(args, "reply_to", 0);
  if (reply_to == 0) return true;
  const Message* target = world.FindMessage(chat, reply_to);
  if (target == nullptr) return false;
  api["reply_to_message"] = World::QuotedObject(*target);
  return true;
}

Answer NothingToReplyTo() { return Refused(404, "There is no message to reply to."); }

}  // namespace

Answer Post(World& world, Chat& chat, Person& person, json api) {
  if (person.blocked && chat.id > 0) {
    return Refused(409,
                   person.first_name +
                       " has blocked the bot and cannot write to it: POST /sim/unblock first.");
  }
  if (chat.id > 0) person.started = true;
  const bool hears = BotHears(world, chat, api);
  const Message& message = world.AddMessage(chat, person.id, std::move(api));
  const std::int64_t update_id =
      hears ? world.updates.Push("message", message.api, world.now_ms()) : 0;
  world.Bump();
  return Done(world, {{"message_id", message.id}, {"update_id", update_id}});
}

SimResult CreateUser(World& world, const Args& args) {
  Person person;
  person.id = ArgInt(args, "id", 0);
  person.first_name = ArgText(args, "first_name");
  person.last_name = ArgText(args, "last_name");
  person.username = ArgText(args, "username");
  person.language_code = ArgText(args, "language_code");
  person.aside = ArgFlag(args, "aside");
  if (Trim(person.first_name).empty()) return Refused(400, "A user needs a first_name.");
  if (person.id < 0) return Refused(400, "A user's id is positive.");
  if (person.id != 0 && world.FindPerson(person.id) != nullptr) {
    return Refused(409, "There is a user with this id already.");
  }
  if (world.people.size() >= kPeopleMax) return Refused(409, "There are too many users.");
  return Done(world, world.UserObject(world.AddPerson(std::move(person))));
}

SimResult CreateGroup(World& world, const Args& args) {
  const std::string title = ArgText(args, "title");
  if (Trim(title).empty()) return Refused(400, "A group needs a title.");
  std::vector<std::int64_t> members;
  for (const json& member : args.value("members", json::array())) {
    const std::int64_t id = member.is_number_integer() ? member.get<std::int64_t>() : 0;
    if (world.FindPerson(id) == nullptr) return Refused(404, "A member of the group is no user.");
    members.push_back(id);
  }
  if (members.empty()) return Refused(400, "A group needs members: a list of user ids.");
  Chat& chat = world.AddGroup(title, std::move(members));
  TellOfMembership(world, chat, *world.FindPerson(chat.people.front()), {"left", "member"});
  world.Bump();
  return Done(world, world.ChatObject(chat));
}

SimResult KickBot(World& world, const Args& args) { return SetMembership(world, args, "kicked"); }

SimResult AdmitBot(World& world, const Args& args) { return SetMembership(world, args, "member"); }

SimResult SendAsPerson(World& world, const Args& args) {
  const auto [person, refusal] = ReadPerson(world, args);
  if (person == nullptr) return refusal;
  Chat* chat = ReadPersonChat(world, args, *person);
  if (chat == nullptr) return NotInChat();
  const std::string text = ArgText(args, "text");
  if (!IsUtf8(text) || Trim(text).empty()) return Refused(400, "A message needs a text.");
  if (CodePoints(text) > kTextCodePointsMax) return Refused(400, "The text is too long.");
  json api = TextContent(text);
  if (!AddAnswered(world, *chat, args, api)) return NothingToReplyTo();
  if (ArgFlag(args, "anonymous")) {
    if (chat->id > 0) return Refused(400, "In a private chat nobody is anonymous.");
    api["sender_chat"] = world.ChatObject(*chat);
  }
  return Post(world, *chat, *person, std::move(api));
}

SimResult EditAsPerson(World& world, const Args& args) {
  const auto [person, refusal] = ReadPerson(world, args);
  if (person == nullptr) return refusal;
  Chat* chat = ReadPersonChat(world, args, *person);
  if (chat == nullptr) return NotInChat();
  Message* message = world.FindMessage(*chat, ArgInt(args, "message_id", 0));
  const bool own = message != nullptr && message->api["from"]["id"] == person->id;
  const bool captioned =
      own && (message->api.contains("photo") || message->api.contains("document") ||
              message->api.contains("voice"));
  if (!own || !(captioned || message->api.contains("text"))) {
    return Refused(404, "There is no such text of this user.");
  }
  const std::string text = ArgText(args, "text");
  if (!IsUtf8(text) || (!captioned && Trim(text).empty())) {
    return Refused(400, "A message needs a text.");
  }
  if (CodePoints(text) > (captioned ? kCaptionCodePointsMax : kTextCodePointsMax)) {
    return Refused(400, "The text is too long.");
  }
  if (captioned) {
    message->api.erase("caption");
    if (!text.empty()) message->api["caption"] = text;
  } else {
    message->api.erase("entities");
    message->api.update(TextContent(text));
  }
  message->api["edit_date"] = world.now_ms() / 1000;
  ++message->edits;
  const std::int64_t update_id =
      BotHears(world, *chat, message->api)
          ? world.updates.Push("edited_message", message->api, world.now_ms())
          : 0;
  world.Touch(*chat, *message);
  return Done(world, {{"message_id", message->id}, {"update_id", update_id}});
}

SimResult StartBot(World& world, const Args& args) {
  const auto [person, refusal] = ReadPerson(world, args);
  if (person == nullptr) return refusal;
  const std::string payload = ArgText(args, "payload");
  if (!payload.empty() && !IsToken(payload, kDeepLinkPayloadMax)) {
    return Refused(400, "A deep link's payload has 1 to 64 characters of A-Z a-z 0-9 _ -.");
  }
  if (person->blocked) SetBlocked(world, *person, "member");
  return Post(world, *world.FindChat(person->id), *person,
              TextContent(payload.empty() ? "/start" : "/start " + payload));
}

SimResult SendDocumentAsPerson(World& world, const Args& args) {
  const auto [person, refusal] = ReadPerson(world, args);
  if (person == nullptr) return refusal;
  Chat* chat = ReadPersonChat(world, args, *person);
  if (chat == nullptr) return NotInChat();
  auto bytes = DecodeBase64(ArgText(args, "content_base64"));
  if (!bytes) return Refused(400, "content_base64 must be a file in base64.");
  // Apps send no empty files; a bot that relies on that is to be found out.
  if (bytes->empty() && !ArgFlag(args, "force")) {
    return Refused(400, "The file is empty; only force sends it all the same.");
  }
  File file;
  file.name = ArgText(args, "file_name");
  file.mime_type = ArgText(args, "mime_type");
  file.bytes = *std::move(bytes);
  const std::string caption = ArgText(args, "caption");
  json api = json::object();
  if (!caption.empty()) api["caption"] = caption;
  // What is sent together has this in common, and comes as messages of their own all the same.
  const std::string album = ArgText(args, "media_group_id");
  if (!album.empty()) api["media_group_id"] = album;
  if (!AddAnswered(world, *chat, args, api)) return NothingToReplyTo();
  if (ArgFlag(args, "photo")) {
    const auto size = ReadImageSize(file.bytes);
    if (!size) return Refused(400, "A photo must be a PNG or a JPEG.");
    file.width = size->width;
    file.height = size->height;
    api["photo"] = PhotoObject(world.AddFile("photos", std::move(file)));
  } else if (ArgFlag(args, "voice")) {
    file.mime_type = "audio/ogg";
    api["voice"] = VoiceObject(world.AddFile("voice", std::move(file)));
  } else if (ArgFlag(args, "sticker")) {
    const File& sticker = world.AddFile("stickers", std::move(file));
    api["sticker"] = {{"file_id", sticker.id}, {"file_unique_id", sticker.unique_id},
                      {"type", "regular"},     {"width", 512},
                      {"height", 512},         {"is_animated", false},
                      {"is_video", false},     {"file_size", sticker.bytes.size()}};
  } else {
    if (file.name.empty()) return Refused(400, "A document needs a file_name.");
    if (file.mime_type.empty()) file.mime_type = "application/octet-stream";
    api["document"] = DocumentObject(world.AddFile("documents", std::move(file)));
  }
  return Post(world, *chat, *person, std::move(api));
}

SimResult SendPlaceAsPerson(World& world, const Args& args) {
  const auto [person, refusal] = ReadPerson(world, args);
  if (person == nullptr) return refusal;
  Chat* chat = ReadPersonChat(world, args, *person);
  if (chat == nullptr) return NotInChat();
  json api = {{"location", {{"latitude", 52.52}, {"longitude", 13.405}}}};
  if (!AddAnswered(world, *chat, args, api)) return NothingToReplyTo();
  return Post(world, *chat, *person, std::move(api));
}

SimResult BlockBot(World& world, const Args& args) {
  const auto [person, refusal] = ReadPerson(world, args);
  if (person == nullptr) return refusal;
  if (!person->blocked) SetBlocked(world, *person, "kicked");
  return Done(world, json::object());
}

SimResult UnblockBot(World& world, const Args& args) {
  const auto [person, refusal] = ReadPerson(world, args);
  if (person == nullptr) return refusal;
  if (person->blocked) SetBlocked(world, *person, "member");
  return Done(world, json::object());
}

SimResult DeleteChat(World& world, const Args& args) {
  const auto [person, refusal] = ReadPerson(world, args);
  if (person == nullptr) return refusal;
  Chat& chat = *world.FindChat(person->id);
  for (Message& message : chat.messages) {
    message.hidden = true;
    message.revision = world.revision() + 1;
  }
  chat.keyboard_message = 0;
  world.Touch(chat);
  return Done(world, json::object());
}

}  // namespace kalends::sim
