#include "core/chat/chat.h"

namespace kalends::core {

std::string_view NameOf(ChatSide side) {
  return side == ChatSide::kCustomer ? "CUSTOMER" : "PROVIDER";
}

std::optional<ChatSide> ParseChatSide(std::string_view name) {
  if (name == "CUSTOMER") return ChatSide::kCustomer;
  if (name == "PROVIDER") return ChatSide::kProvider;
  return std::nullopt;
}

}  // namespace kalends::core
