#include "adapters/telegram/channel.h"

#include <fmt/format.h>

#include <charconv>

namespace kalends::telegram {

std::string MessageKeyOf(std::int64_t bot, std::int64_t chat, std::int64_t message) {
  return fmt::format("{}:{}:{}", IdentityOf(chat), bot, message);
}

std::int64_t MessageOf(std::string_view key, std::int64_t bot, std::int64_t chat) {
  const std::string before = fmt::format("{}:{}:", IdentityOf(chat), bot);
  if (!key.starts_with(before)) return 0;
  key.remove_prefix(before.size());
  std::int64_t message = 0;
  const auto parsed = std::from_chars(key.data(), key.data() + key.size(), message);
  return parsed.ec == std::errc() && parsed.ptr == key.data() + key.size() ? message : 0;
}

}  // namespace kalends::telegram
