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

}  // namespace kalends::telegram
