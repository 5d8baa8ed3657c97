// What this adapter and its users are called in the core.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kalends::telegram {

inline constexpr std::string_view kChannel = "telegram";

// "telegram:4711", of a user's or a group's Telegram id.
inline std::string IdentityOf(std::int64_t id) {
  return std::string(kChannel) + ":" + std::to_string(id);
}

// What the core is told a message is called: by its chat, the bot that shows or got it (in a small
// chat each bot counts messages by itself), and its number.
std::string MessageKeyOf(std::int64_t bot, std::int64_t chat, std::int64_t message);
// The number of the message of `chat` that `bot` calls so; 0: it is none.
std::int64_t MessageOf(std::string_view key, std::int64_t bot, std::int64_t chat);

}  // namespace kalends::telegram
