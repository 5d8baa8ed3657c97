// Updates for tests of what is kept of them.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "adapters/telegram/inbox.h"

namespace kalends::telegram {

inline constexpr std::int64_t kGroup = -7;
inline constexpr std::int64_t kBot = 1000000001;

// Handled without a call to the core.
inline nlohmann::json LeftTheGroup(std::int64_t id) {
  return {{"update_id", id},
          {"my_chat_member",
           {{"chat", {{"id", kGroup}, {"type", "group"}}},
            {"from", {{"id", 1}, {"first_name", "Sam"}}},
            {"new_chat_member", {{"status", "left"}}}}}};
}

inline nlohmann::json Long(std::int64_t id, std::size_t bytes) {
  nlohmann::json update = LeftTheGroup(id);
  update["my_chat_member"]["from"]["first_name"] = std::string(bytes, 'x');
  return update;
}

inline UpdateKey Of(const nlohmann::json& update) { return KeyOf(update, kBot); }

}  // namespace kalends::telegram
