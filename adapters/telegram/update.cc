#include "adapters/telegram/update.h"

namespace kalends::telegram {
namespace {

using Json = nlohmann::json;

const Json& At(const Json& object, const char* key) {
  static const Json kNothing;
  if (!object.is_object()) return kNothing;
  const auto found = object.find(key);
  return found == object.end() ? kNothing : *found;
}

std::string TextAt(const Json& object, const char* key) {
  const Json& value = At(object, key);
  return value.is_string() ? value.get<std::string>() : std::string();
}

std::int64_t NumberAt(const Json& object, const char* key) {
  const Json& value = At(object, key);
  return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

std::string NameOf(const Json& user) {
  std::string name = TextAt(user, "first_name");
  const std::string last = TextAt(user, "last_name");
  if (!name.empty() && !last.empty()) name += ' ';
  name += last;
  if (name.empty()) name = TextAt(user, "username");
  return name.empty() ? "Telegram " + std::to_string(NumberAt(user, "id")) : name;
}

bool IsPrivate(const Json& chat) { return TextAt(chat, "type") == "private"; }

}  // namespace

std::optional<std::int64_t> UpdateIdOf(const Json& json) {
  const Json& id = At(json, "update_id");
  return id.is_number_integer() ? std::optional(id.get<std::int64_t>()) : std::nullopt;
}

std::optional<Update> ParseUpdate(const Json& json) {
  const auto id = UpdateIdOf(json);
  if (!id) return std::nullopt;
  Update update;
  update.id = *id;
  const Json* from = nullptr;
  if (const Json& message = At(json, "message"); message.is_object()) {
    if (!IsPrivate(At(message, "chat"))) return std::nullopt;
    from = &At(message, "from");
    update.what = Typed{TextAt(message, "text")};
  } else if (const Json& press = At(json, "callback_query"); press.is_object()) {
    const Json& carrier = At(press, "message");
    if (carrier.is_object() && !IsPrivate(At(carrier, "chat"))) return std::nullopt;
    from = &At(press, "from");
    update.what =
        Press{TextAt(press, "id"), TextAt(press, "data"), NumberAt(carrier, "message_id")};
  } else if (const Json& member = At(json, "my_chat_member"); member.is_object()) {
    if (!IsPrivate(At(member, "chat"))) return std::nullopt;
    from = &At(member, "from");
    update.what = Membership{TextAt(At(member, "new_chat_member"), "status") == "member"};
  } else {
    return std::nullopt;
  }
  update.user = NumberAt(*from, "id");
  update.name = NameOf(*from);
  update.language = TextAt(*from, "language_code");
  return update.user > 0 ? std::optional(update) : std::nullopt;
}

}  // namespace kalends::telegram
