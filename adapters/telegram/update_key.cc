#include "adapters/telegram/update_key.h"

#include <fmt/format.h>

#include <charconv>

#include "adapters/telegram/json_reader.h"
#include "adapters/telegram/update.h"

namespace kalends::telegram {
namespace {

// FNV-1a: the same in every build, as what is kept outlives this program.
std::uint64_t StableHash(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char byte : bytes) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 0x100000001b3;
  }
  return hash;
}

const nlohmann::json& MemberOf(const nlohmann::json& object, const char* key) {
  static const nlohmann::json kNothing;
  if (!object.is_object()) return kNothing;
  const auto found = object.find(key);
  return found == object.end() ? kNothing : *found;
}

// What stays as it is when a Bot API server writes the update once more: names, files' ids and the
// message around a button may read differently by then.
std::string OriginOf(const nlohmann::json& update) {
  for (const char* kind :
       {"message", "edited_message", "callback_query", "inline_query", "my_chat_member"}) {
    const nlohmann::json& what = MemberOf(update, kind);
    if (!what.is_object()) continue;
    return fmt::format("{}\n{} {} {} {} {} {}\n{}\n{}\n{}\n{}\n{}", kind,
                       NumberAt(what, "message_id"), NumberAt(what, "date"),
                       NumberAt(what, "edit_date"), NumberAt(MemberOf(what, "from"), "id"),
                       NumberAt(MemberOf(what, "chat"), "id"),
                       NumberAt(MemberOf(what, "message"), "message_id"), TextAt(what, "id"),
                       TextAt(what, "data"), TextAt(MemberOf(what, "new_chat_member"), "status"),
                       TextAt(what, "text"), TextAt(what, "caption"));
  }
  return {};
}

// Takes a number and the character after it, if any, off the front of `text`.
template <typename Number>
bool TakeKeyPart(std::string_view& text, Number& number, int base) {
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  if (text.empty()) return true;
  const bool parted = text.front() == ':';
  text.remove_prefix(1);
  return parted;
}

}  // namespace

UpdateKey KeyOf(const nlohmann::json& update, std::int64_t bot) {
  return {UpdateIdOf(update).value_or(0), bot, StableHash(OriginOf(update))};
}

std::string TextOf(const UpdateKey& key) {
  return fmt::format("{}:{}:{:016x}", key.bot, key.id, key.origin);
}

std::optional<UpdateKey> ReadUpdateKey(std::string_view text) {
  UpdateKey key;
  std::string_view rest = text;
  const bool read = TakeKeyPart(rest, key.bot, 10) && TakeKeyPart(rest, key.id, 10) &&
                    TakeKeyPart(rest, key.origin, 16) && rest.empty();
  return read && TextOf(key) == text ? std::optional(key) : std::nullopt;
}

std::string RequestIdOf(const UpdateKey& key, int number) {
  return fmt::format("tg:{}:{}", TextOf(key), number);
}

std::uint64_t FingerprintOf(const UpdateKey& key, int bits) {
  const std::uint64_t hash = StableHash(TextOf(key));
  return (hash ^ hash >> bits) & ((std::uint64_t{1} << bits) - 1);
}

}  // namespace kalends::telegram
