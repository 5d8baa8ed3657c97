// Everything the simulator knows: people, chats, messages, files, the bot and its updates. In
// memory, for one thread. No HTTP, no clock of its own, no randomness: the same calls give the same
// ids.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/telegram_sim/rate_limit.h"
#include "tools/telegram_sim/update_queue.h"

namespace kalends::sim {

// Milliseconds since 1970, UTC.
using Clock = std::function<std::int64_t()>;

struct Person {
  std::int64_t id = 0;
  std::string first_name;
  std::string last_name;      // May be empty, as the next two.
  std::string username;       // Without @.
  std::string language_code;  // IETF, such as "de".
  bool started = false;       // Has written to the bot, which may write back since.
  bool blocked = false;       // Has blocked the bot.
  bool aside = false;         // The page shows a name, and a column once that is pressed.
};

struct Message {
  std::int64_t id = 0;
  nlohmann::json api;     // The Message object as the Bot API gives it.
  nlohmann::json markup;  // reply_markup as it was sent, of any kind; null: none.
  nlohmann::json reactions = nlohmann::json::array();  // ReactionType objects, of the bot.
  bool from_bot = false;
  bool deleted = false;  // For everybody.
  bool hidden = false;   // In a history that its person has deleted.
  int edits = 0;
  std::int64_t time_ms = 0;
  std::int64_t revision = 0;  // World::revision of the last change that shows.
};

struct Chat {
  std::int64_t id = 0;                // The person's id, or negative: a group.
  std::string title;                  // Groups only.
  std::vector<std::int64_t> people;   // One, or the members of the group.
  bool without_bot = false;           // Groups only: the bot was kicked.
  std::vector<Message> messages;      // Oldest first.
  std::int64_t keyboard_message = 0;  // The message whose reply keyboard shows; 0: none.
  std::string action;                 // The last sendChatAction, such as "typing" ...
  std::int64_t action_until_ms = 0;   // ... and its end.
  std::int64_t revision = 0;
};

// A tap on an inline button.
struct CallbackQuery {
  std::string id;
  std::int64_t person = 0;
  std::int64_t chat = 0;
  std::int64_t message = 0;
  std::string data;
  std::int64_t time_ms = 0;
  bool answered = false;
  nlohmann::json answer;      // text, show_alert, url.
  std::int64_t revision = 0;  // Of the tap, then of the answer.
};

// What a person typed behind the bot's name in any chat.
struct InlineQuery {
  std::string id;
  std::int64_t person = 0;
  std::string text;
  std::int64_t time_ms = 0;
  bool answered = false;
  nlohmann::json results;  // InlineQueryResult objects, once answered.
};

struct File {
  std::string id;
  std::string unique_id;
  std::string path;  // As in getFile.
  std::string name;
  std::string mime_type;
  std::string bytes;
  int width = 0;  // Pictures only.
  int height = 0;
};

struct LogEntry {
  std::int64_t seq = 0;
  std::int64_t time_ms = 0;
  std::string method;
  nlohmann::json params;
  int code = 0;
  nlohmann::json response;
};

enum class FaultMode { kBefore, kAfter, kDropAnswer, kDelay, kClose };
// What goes wrong with the next `times` matching calls.
struct Fault {
  std::string method;    // Lower case; "*" is any.
  std::string contains;  // In the parameters, as JSON; empty: always.
  FaultMode mode = FaultMode::kBefore;
  int code = 500;
  std::string description = "Internal Server Error";
  int retry_after = 0;  // Seconds.
  int times = 1;
  int delay_ms = 0;
};

struct Bot {
  std::int64_t id = 0;
  std::string username;
  std::map<std::string, nlohmann::json> commands;         // By scope and language, see CommandsKey.
  std::map<std::string, std::string> names;               // By language; "" is the default.
  std::map<std::string, std::string> descriptions;        // By language.
  std::map<std::string, std::string> short_descriptions;  // By language.
  std::map<std::int64_t, nlohmann::json> menu_buttons;    // By chat; 0 is the default.
  std::string picture = {};                               // The id of its file; empty: none.
};

struct Webhook {
  std::string url;  // Empty: none.
  std::string secret_token;
  int max_connections = 40;
  std::int64_t last_error_s = 0;
  std::string last_error;
};

// What getUpdates remembers from call to call.
struct PollState {
  std::int64_t generation = 0;  // Of the newest poll; older ones have lost.
  std::int64_t offset = 0;
  std::int64_t start_ms = 0;
  std::int64_t finish_ms = 0;
};

struct WorldOptions {
  std::string bot_username = "kalends_demo_bot";
  std::int64_t bot_id = 1000000001;
  Limits limits = Limits::kTelegram;
  std::int64_t seed = 1;  // Moves the first ids.
  // Below the first id of a message: above those of an earlier start, whose messages old screens of
  // the bot may still name.
  std::int64_t messages_before = 0;
};
// Of a start at this time: ids rise from one start to the next as long as fewer messages are sent
// than seconds pass. They stay below 2^31, as Telegram's do, until 2094.
std::int64_t MessagesBefore(std::int64_t now_ms);

class World {
 public:
  World(const WorldOptions& options, Clock clock);

  // The clock, plus what `advance_ms` has added.
  std::int64_t now_ms() const { return clock_() + offset_ms_; }
  void Advance(std::int64_t ms);
  std::int64_t clock_offset_ms() const { return offset_ms_; }

  // Forgets people, chats, files, updates, faults and the log; ids go on growing.
  void Reset();

  // `id` 0 takes the next free one.
  Person& AddPerson(Person person);
  Chat& AddGroup(std::string title, std::vector<std::int64_t> people);
  Person* FindPerson(std::int64_t id);
  Chat* FindChat(std::int64_t id);
  // Messages that are deleted are not found.
  Message* FindMessage(Chat& chat, std::int64_t id);
  CallbackQuery* FindCallback(std::string_view id);
  InlineQuery* FindInlineQuery(std::string_view id);

  // Adds a message whose `api` lacks message_id, date and chat. `from` 0 is the bot.
  Message& AddMessage(Chat& chat, std::int64_t from, nlohmann::json api);
  // Adds the file and gives it its ids and path; `kind` is "documents", "photos", "voice" or
  // "stickers".
  const File& AddFile(std::string_view kind, File file);
  const File* FindFile(std::string_view id) const;
  const File* FindFileByPath(std::string_view path) const;
  // The id, time and revision of `query` are set here.
  CallbackQuery& AddCallback(CallbackQuery query);
  InlineQuery& AddInlineQuery(std::int64_t person, std::string text);
  void Log(LogEntry entry);

  // Call after each visible change. Each change has its own revision, which waiters compare.
  void Touch(Chat& chat, Message& message);
  void Touch(Chat& chat);
  std::int64_t Bump();
  std::int64_t revision() const { return revision_; }
  // Called, if set, after each Bump; must not change the world.
  std::function<void()> on_change;
  // Called, if set, after each Advance: whoever else goes by this clock follows.
  std::function<void()> on_advance;

  // Bot API objects.
  nlohmann::json UserObject(const Person& person) const;
  nlohmann::json BotObject() const;
  nlohmann::json ChatObject(const Chat& chat);
  // `message` as the reply_to_message of another one: without its own.
  static nlohmann::json QuotedObject(const Message& message);

  Bot bot;
  Webhook webhook;
  PollState poll;
  UpdateQueue updates;
  RateLimiter limiter;
  std::map<std::int64_t, Person> people;
  std::map<std::int64_t, Chat> chats;
  std::deque<CallbackQuery> callbacks;
  std::deque<InlineQuery> inline_queries;
  std::vector<Fault> faults;
  std::deque<LogEntry> log;
  nlohmann::json hint;  // {text, deep_link} or null.

 private:
  Clock clock_;
  std::int64_t offset_ms_ = 0;
  std::int64_t revision_ = 0;
  std::int64_t next_person_;
  std::int64_t next_group_;
  std::int64_t next_message_;
  std::int64_t next_file_ = 1;
  std::int64_t next_callback_;
  std::int64_t next_log_ = 1;
  std::map<std::string, File, std::less<>> files_;
};

}  // namespace kalends::sim
