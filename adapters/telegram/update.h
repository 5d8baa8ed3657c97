// What Telegram tells us, as far as we care: private chats, and replies in groups.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/telegram/formats.h"
#include "adapters/telegram/update_key.h"
#include "nlohmann/json.hpp"

namespace kalends::telegram {

// A picture, a file or a voice message, as Telegram keeps it.
struct SentFile {
  enum class Kind { kPhoto, kFile, kVoice };
  Kind kind = Kind::kFile;
  std::string file_id;
  std::string name;             // May be empty.
  std::string type;             // Media type; may be empty.
  std::int64_t size_bytes = 0;  // 0: not known.
  std::string caption = {};     // What was written under it; may be empty.
};

inline constexpr std::size_t kAlbumFilesMax = 10;  // Telegram's limit.

// A message. `text` is the caption where there are files, and empty for stickers and the like.
struct Typed {
  std::string text;
  std::vector<SentFile> files = {};  // Several are an album: they were sent together.
  // The data of the buttons below the message that this one replies to: any bytes.
  std::vector<std::string> replied = {};
  // Where words of the text and the buttons below it lead: any bytes.
  std::vector<std::string> links = {};
  std::int64_t message = 0;   // Its number in its chat; of an album that of its first part.
  std::int64_t editable = 0;  // The one in which its whole text can be changed; 0: there is none.
  Instant sent = {};
  std::string album = {};  // Which it is a part of; empty: it is none.
};
// A message was changed after it was sent, to this.
struct Edited {
  Typed typed;
};
// A member's reply in a group to one of the bot's messages.
struct GroupReply {
  std::int64_t group = 0;
  std::int64_t message = 0;  // That was replied to.
  Typed typed;
  bool edited = false;     // It was sent before, and is this now.
  bool anonymous = false;  // By an administrator who speaks as the group.
};
// A press of an inline button. `data` may be any bytes.
struct Press {
  std::string callback_id;
  std::string data;
  std::int64_t message = 0;  // The message that carries the button; 0: unknown.
};
// The bot's name was typed in some chat, with `text` behind it: which cards can be sent there?
struct InlineQuery {
  std::string id;
  std::string text;
};
// The person blocked the bot, or let it in again; or a group did.
struct Membership {
  bool reachable = false;
  std::int64_t group = 0;  // 0: it is a private chat.
};

// What is asked for, of Telegram's kinds of updates.
inline const std::vector<std::string> kAllowedUpdates = {
    "message", "edited_message", "callback_query", "inline_query", "my_chat_member"};

struct Update {
  UpdateKey key;
  std::int64_t user = 0;  // Also the id of the private chat.
  std::string name;       // As the person calls themselves; never empty.
  std::string language;   // Of their client, such as "pt-br"; may be empty.
  std::variant<Typed, Press, Membership, GroupReply, Edited, InlineQuery> what;
};

// The update_id; nullopt when `json` is no update at all.
std::optional<std::int64_t> UpdateIdOf(const nlohmann::json& json);
// The first update_id in what cannot be read as JSON; nullopt: there is none.
std::optional<std::int64_t> FindUpdateId(std::string_view bytes);
// What a person says with `update`; nullptr: something else happened, or it was an edit.
const Typed* TypedIn(const Update& update);
Typed* TypedIn(Update& update);
// Whether `part` is of the album of `whole`, sent by the same person.
bool BelongTogether(const Update& whole, const Update& part);
// Makes `part` a part of `whole`: files follow each other, and so do the captions.
void Join(Update& whole, const Update& part);

// What came to `bot`; nullopt: nothing for us, such as what another bot or a channel says in a
// group. Never throws, whatever comes.
std::optional<Update> ParseUpdate(const nlohmann::json& json, std::int64_t bot);

}  // namespace kalends::telegram
