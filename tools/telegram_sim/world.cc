#include "tools/telegram_sim/world.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "tools/telegram_sim/limits.h"
#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

constexpr std::int64_t kSeedStep = 100'000;
constexpr std::size_t kCallbacksMax = 10'000;  // The newest.

// Ends in the name's extension, so that a downloaded file opens.
std::string Extension(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  const std::string_view extension = dot == std::string_view::npos ? "" : name.substr(dot + 1);
  return IsToken(extension, 8) ? "." + std::string(extension) : "";
}

// Who Telegram says it is when an administrator speaks as the group.
json AnonymousAdminObject() {
  return {{"id", 1087968824},
          {"is_bot", true},
          {"first_name", "Group"},
          {"username", "GroupAnonymousBot"}};
}

}  // namespace

std::int64_t MessagesBefore(std::int64_t now_ms) {
  constexpr std::int64_t kFirstStart = 1'767'225'600;  // 2026-01-01.
  return std::max<std::int64_t>(0, now_ms / 1000 - kFirstStart);
}

World::World(const WorldOptions& options, Clock clock)
    : bot{options.bot_id, options.bot_username, {}, {}, {}, {}, {}},
      updates(700'000'000 + options.seed * kSeedStep),
      limiter(options.limits),
      clock_(std::move(clock)),
      next_person_(5'000'000'000 + options.seed * kSeedStep),
      next_group_(-1'000'000'000'000 - options.seed * kSeedStep),
      next_message_(options.messages_before + options.seed * 100 + 1),
      next_callback_(4'000'000'000'000'000 + options.seed * kSeedStep) {}

void World::Advance(std::int64_t ms) {
  offset_ms_ += ms;
  if (on_advance) on_advance();
  Bump();
}

void World::Reset() {
  people.clear();
  chats.clear();
  callbacks.clear();
  inline_queries.clear();
  faults.clear();
  log.clear();
  files_.clear();
  updates.Clear();
  limiter.SetLimits(limiter.limits());
  hint = nullptr;
  Bump();
}

Person& World::AddPerson(Person person) {
  while (person.id == 0 || people.contains(person.id)) person.id = next_person_++;
  const std::int64_t id = person.id;
  Chat& chat = chats[id];
  chat.id = id;
  chat.people = {id};
  Person& added = people[id] = std::move(person);
  Touch(chat);
  return added;
}

Chat& World::AddGroup(std::string title, std::vector<std::int64_t> members) {
  const std::int64_t id = next_group_--;
  Chat& chat = chats[id];
  chat.id = id;
  chat.title = std::move(title);
  chat.people = std::move(members);
  Touch(chat);
  return chat;
}

Person* World::FindPerson(std::int64_t id) {
  const auto found = people.find(id);
  return found == people.end() ? nullptr : &found->second;
}

Chat* World::FindChat(std::int64_t id) {
  const auto found = chats.find(id);
  return found == chats.end() ? nullptr : &found->second;
}

Message* World::FindMessage(Chat& chat, std::int64_t id) {
  const auto found =
      std::find_if(chat.messages.begin(), chat.messages.end(),
                   [&](const Message& message) { return message.id == id && !message.deleted; });
  return found == chat.messages.end() ? nullptr : &*found;
}

CallbackQuery* World::FindCallback(std::string_view id) {
  const auto found = std::find_if(callbacks.begin(), callbacks.end(),
                                  [&](const CallbackQuery& query) { return query.id == id; });
  return found == callbacks.end() ? nullptr : &*found;
}

InlineQuery* World::FindInlineQuery(std::string_view id) {
  const auto found = std::find_if(inline_queries.begin(), inline_queries.end(),
                                  [&](const InlineQuery& query) { return query.id == id; });
  return found == inline_queries.end() ? nullptr : &*found;
}

Message& World::AddMessage(Chat& chat, std::int64_t from, json api) {
  Message message;
  message.id = next_message_++;
  message.time_ms = now_ms();
  message.from_bot = from == 0;
  api["message_id"] = message.id;
  api["date"] = message.time_ms / 1000;
  api["chat"] = ChatObject(chat);
  if (api.contains("sender_chat")) {
    api["from"] = AnonymousAdminObject();
  } else {
    api["from"] = from == 0 ? BotObject() : UserObject(people.at(from));
  }
  message.api = std::move(api);
  chat.messages.push_back(std::move(message));
  Touch(chat, chat.messages.back());
  return chat.messages.back();
}

const File& World::AddFile(std::string_view kind, File file) {
  const std::string number = std::to_string(next_file_++);
  file.unique_id = "AgAD" + EncodeBase64("file" + number).substr(0, 8) + number;
  file.id = "BQACAgIAAxkB" + EncodeBase64("kalends-file-" + number);
  while (file.id.ends_with('=')) file.id.pop_back();
  std::replace(file.id.begin(), file.id.end(), '+', '-');
  std::replace(file.id.begin(), file.id.end(), '/', '_');
  file.path = std::string(kind) + "/file_" + number + Extension(file.name);
  const std::string id = file.id;
  return files_[id] = std::move(file);
}

const File* World::FindFile(std::string_view id) const {
  const auto found = files_.find(id);
  return found == files_.end() ? nullptr : &found->second;
}

const File* World::FindFileByPath(std::string_view path) const {
  const auto found = std::find_if(files_.begin(), files_.end(),
                                  [&](const auto& item) { return item.second.path == path; });
  return found == files_.end() ? nullptr : &found->second;
}

CallbackQuery& World::AddCallback(CallbackQuery query) {
  query.id = std::to_string(next_callback_);
  next_callback_ += 7919;  // Ids that look like no sequence, and are the same in every run.
  query.time_ms = now_ms();
  callbacks.push_back(std::move(query));
  if (callbacks.size() > kCallbacksMax) callbacks.pop_front();
  Touch(chats.at(callbacks.back().chat));
  callbacks.back().revision = revision_;
  return callbacks.back();
}

InlineQuery& World::AddInlineQuery(std::int64_t person, std::string text) {
  InlineQuery query{.id = std::to_string(next_callback_),
                    .person = person,
                    .text = std::move(text),
                    .time_ms = now_ms(),
                    .results = json()};
  next_callback_ += 7919;
  inline_queries.push_back(std::move(query));
  if (inline_queries.size() > kCallbacksMax) inline_queries.pop_front();
  return inline_queries.back();
}

void World::Log(LogEntry entry) {
  entry.seq = next_log_++;
  entry.time_ms = now_ms();
  log.push_back(std::move(entry));
  if (log.size() > kRequestLogMax) log.pop_front();
  Bump();
}

void World::Touch(Chat& chat, Message& message) {
  message.revision = chat.revision = revision_ + 1;
  Bump();
}

void World::Touch(Chat& chat) {
  chat.revision = revision_ + 1;
  Bump();
}

std::int64_t World::Bump() {
  ++revision_;
  if (on_change) on_change();
  return revision_;
}

json World::UserObject(const Person& person) const {
  json user = {{"id", person.id}, {"is_bot", false}, {"first_name", person.first_name}};
  if (!person.last_name.empty()) user["last_name"] = person.last_name;
  if (!person.username.empty()) user["username"] = person.username;
  if (!person.language_code.empty()) user["language_code"] = person.language_code;
  return user;
}

json World::BotObject() const {
  const auto name = bot.names.find("");
  return {{"id", bot.id},
          {"is_bot", true},
          {"first_name", name == bot.names.end() ? bot.username : name->second},
          {"username", bot.username}};
}

json World::ChatObject(const Chat& chat) {
  if (chat.id < 0) return {{"id", chat.id}, {"type", "supergroup"}, {"title", chat.title}};
  const Person& person = people.at(chat.id);
  json object = {{"id", chat.id}, {"type", "private"}, {"first_name", person.first_name}};
  if (!person.last_name.empty()) object["last_name"] = person.last_name;
  if (!person.username.empty()) object["username"] = person.username;
  return object;
}

json World::QuotedObject(const Message& message) {
  json quoted = message.api;
  quoted.erase("reply_to_message");
  return quoted;
}

}  // namespace kalends::sim
