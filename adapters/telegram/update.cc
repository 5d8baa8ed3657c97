#include "adapters/telegram/update.h"

#include <algorithm>
#include <charconv>

#include "adapters/shared/safe_text.h"
#include "adapters/telegram/json_reader.h"

namespace kalends::telegram {
namespace {

using Json = nlohmann::json;

constexpr char kUpdateId[] = "update_id";
constexpr std::int64_t kUpdateIdMax = std::int64_t{1} << 52;  // Telegram's have 32 bits.

std::optional<std::int64_t> IdWithin(std::int64_t id) {
  return id >= 0 && id <= kUpdateIdMax ? std::optional(id) : std::nullopt;
}

const Json& At(const Json& object, const char* key) {
  static const Json kNothing;
  if (!object.is_object()) return kNothing;
  const auto found = object.find(key);
  return found == object.end() ? kNothing : *found;
}

std::string FullNameOf(const Json& user) {
  std::string name = TextAt(user, "first_name");
  const std::string last = TextAt(user, "last_name");
  if (!name.empty() && !last.empty()) name += ' ';
  name += last;
  // A name that shows nothing makes buttons nobody can read.
  if (name.empty() || SafeText(name) == kNothingSeen) name = TextAt(user, "username");
  return name.empty() ? "Telegram " + std::to_string(NumberAt(user, "id")) : name;
}

// Names of files come from anyone.
std::string WithoutControls(std::string text) {
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  return text;
}

std::optional<SentFile> FileOf(const Json& message) {
  const auto read = [](const Json& json, SentFile::Kind kind) {
    return SentFile{kind, TextAt(json, "file_id"), WithoutControls(TextAt(json, "file_name")),
                    WithoutControls(TextAt(json, "mime_type")), NumberAt(json, "file_size")};
  };
  std::optional<SentFile> file;
  if (const Json& sizes = At(message, "photo"); sizes.is_array() && !sizes.empty()) {
    file = read(sizes.back(), SentFile::Kind::kPhoto);  // The largest is the last.
  } else if (const Json& voice = At(message, "voice"); voice.is_object()) {
    file = read(voice, SentFile::Kind::kVoice);
  } else if (const Json& document = At(message, "document"); document.is_object()) {
    file = read(document, SentFile::Kind::kFile);
  } else if (const Json& audio = At(message, "audio"); audio.is_object()) {
    file = read(audio, SentFile::Kind::kFile);
  } else if (const Json& video = At(message, "video"); video.is_object()) {
    file = read(video, SentFile::Kind::kFile);
  }
  if (file && file->file_id.empty()) file.reset();
  return file;
}

// What all buttons of `message` have under `key`; empty texts where they have nothing.
std::vector<std::string> ButtonsOf(const Json& message, const char* key) {
  std::vector<std::string> buttons;
  const Json& rows = At(At(message, "reply_markup"), "inline_keyboard");
  if (!rows.is_array()) return buttons;
  for (const Json& row : rows) {
    if (!row.is_array()) continue;
    for (const Json& button : row) buttons.push_back(TextAt(button, key));
  }
  return buttons;
}

std::vector<std::string> LinksOf(const Json& message) {
  std::vector<std::string> links = ButtonsOf(message, "url");
  for (const char* key : {"entities", "caption_entities"}) {
    const Json& entities = At(message, key);
    if (!entities.is_array()) continue;
    for (const Json& entity : entities) links.push_back(TextAt(entity, "url"));
  }
  std::erase(links, "");
  return links;
}

Typed TypedOf(const Json& message) {
  Typed typed;
  const std::string text = TextAt(message, "text");
  typed.text = text.empty() ? TextAt(message, "caption") : text;
  if (auto file = FileOf(message)) {
    file->caption = typed.text;
    typed.files.push_back(*std::move(file));
  }
  typed.replied = ButtonsOf(At(message, "reply_to_message"), "callback_data");
  typed.links = LinksOf(message);
  typed.message = typed.editable = NumberAt(message, "message_id");
  typed.sent = Instant(std::chrono::seconds(NumberAt(message, "date")));
  typed.album = TextAt(message, "media_group_id");
  return typed;
}

// Telegram also calls it an edit when, say, a shared location moves.
bool HasWords(const Json& message) {
  return !TextAt(message, "text").empty() || !TextAt(message, "caption").empty();
}

// Who speaks in a group and is nobody: Telegram itself, which brings a channel's posts into the
// group of their discussion, and the administrators who speak as the group.
constexpr std::int64_t kTelegramItself = 777000;
constexpr std::int64_t kAnonymousAdmin = 1087968824;

// A reply in a group; nullopt: none, or not a member's. Channels speak through members and through
// Telegram, and bots to each other.
std::optional<GroupReply> GroupReplyOf(const Json& message) {
  const Json& replied = At(message, "reply_to_message");
  if (!replied.is_object()) return std::nullopt;
  const Json& from = At(message, "from");
  const Json& speaks_as = At(message, "sender_chat");
  GroupReply reply;
  reply.group = NumberAt(At(message, "chat"), "id");
  reply.message = NumberAt(replied, "message_id");
  reply.anonymous = speaks_as.is_object() ? NumberAt(speaks_as, "id") == reply.group
                                          : NumberAt(from, "id") == kAnonymousAdmin;
  const bool member = !speaks_as.is_object() && At(from, "is_bot") != true &&
                      At(message, "is_automatic_forward") != true &&
                      NumberAt(from, "id") != kTelegramItself;
  if (!member && !reply.anonymous) return std::nullopt;
  reply.typed = TypedOf(message);
  return reply;
}

bool IsPrivate(const Json& chat) { return TextAt(chat, "type") == "private"; }

}  // namespace

std::optional<std::int64_t> UpdateIdOf(const Json& json) {
  return At(json, kUpdateId).is_number_integer() ? IdWithin(NumberAt(json, kUpdateId))
                                                 : std::nullopt;
}

std::optional<std::int64_t> FindUpdateId(std::string_view bytes) {
  constexpr std::string_view kKey = "\"update_id\"";
  const std::size_t key = bytes.find(kKey);
  if (key == std::string_view::npos) return std::nullopt;
  bytes.remove_prefix(key + kKey.size());
  bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n:"), bytes.size()));
  std::int64_t id = 0;
  const auto error = std::from_chars(bytes.data(), bytes.data() + bytes.size(), id).ec;
  return error == std::errc() ? IdWithin(id) : std::nullopt;
}

Typed* TypedIn(Update& update) {
  if (auto* reply = std::get_if<GroupReply>(&update.what)) {
    return reply->edited ? nullptr : &reply->typed;
  }
  return std::get_if<Typed>(&update.what);
}

const Typed* TypedIn(const Update& update) { return TypedIn(const_cast<Update&>(update)); }

bool BelongTogether(const Update& whole, const Update& part) {
  const Typed* const first = TypedIn(whole);
  const Typed* const next = TypedIn(part);
  if (first == nullptr || next == nullptr || first->album.empty()) return false;
  return first->album == next->album && whole.user == part.user &&
         whole.what.index() == part.what.index() &&
         first->files.size() + next->files.size() <= kAlbumFilesMax;
}

void Join(Update& whole, const Update& part) {
  Typed& typed = *TypedIn(whole);
  const Typed& more = *TypedIn(part);
  if (typed.text.empty() && !more.text.empty()) {
    typed.editable = more.message;  // The one caption, which may be changed there.
  } else if (!more.text.empty()) {
    typed.editable = 0;
  }
  if (!typed.text.empty() && !more.text.empty()) typed.text += '\n';
  typed.text += more.text;
  typed.files.insert(typed.files.end(), more.files.begin(), more.files.end());
  typed.links.insert(typed.links.end(), more.links.begin(), more.links.end());
}

std::optional<Update> ParseUpdate(const Json& json, std::int64_t bot) {
  if (!UpdateIdOf(json)) return std::nullopt;
  Update update;
  update.key = KeyOf(json, bot);
  const Json* from = nullptr;
  if (const Json& message = At(json, "message"); message.is_object()) {
    const Json& chat = At(message, "chat");
    from = &At(message, "from");
    if (IsPrivate(chat)) {
      update.what = TypedOf(message);
    } else if (auto reply = GroupReplyOf(message)) {
      update.what = *std::move(reply);
    } else {
      return std::nullopt;
    }
  } else if (const Json& edited = At(json, "edited_message"); edited.is_object()) {
    const Json& chat = At(edited, "chat");
    from = &At(edited, "from");
    if (!HasWords(edited) && !FileOf(edited)) return std::nullopt;
    if (IsPrivate(chat)) {
      update.what = Edited{TypedOf(edited)};
    } else if (auto reply = GroupReplyOf(edited)) {
      reply->edited = true;
      update.what = *std::move(reply);
    } else {
      return std::nullopt;
    }
  } else if (const Json& press = At(json, "callback_query"); press.is_object()) {
    const Json& carrier = At(press, "message");
    if (carrier.is_object() && !IsPrivate(At(carrier, "chat"))) return std::nullopt;
    from = &At(press, "from");
    update.what =
        Press{TextAt(press, "id"), TextAt(press, "data"), NumberAt(carrier, "message_id")};
  } else if (const Json& query = At(json, "inline_query"); query.is_object()) {
    from = &At(query, "from");
    update.what = InlineQuery{TextAt(query, "id"), TextAt(query, "query")};
  } else if (const Json& member = At(json, "my_chat_member"); member.is_object()) {
    const Json& chat = At(member, "chat");
    from = &At(member, "from");
    const std::string status = TextAt(At(member, "new_chat_member"), "status");
    update.what = Membership{status == "member" || status == "administrator",
                             IsPrivate(chat) ? 0 : NumberAt(chat, "id")};
  } else {
    return std::nullopt;
  }
  update.user = NumberAt(*from, "id");
  update.name = FullNameOf(*from);
  update.language = TextAt(*from, "language_code");
  return update.user > 0 ? std::optional(update) : std::nullopt;
}

}  // namespace kalends::telegram
