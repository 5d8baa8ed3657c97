// Chats: one thread per link of a customer and a provider.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/chat/content.h"

namespace kalends::core {

enum class ChatSide { kCustomer, kProvider };
// "CUSTOMER", "PROVIDER": the name in the database.
std::string_view NameOf(ChatSide side);
std::optional<ChatSide> ParseChatSide(std::string_view name);

// Which thread: that of a link.
struct ThreadKey {
  ProviderId provider;
  AccountId customer;

  friend bool operator==(const ThreadKey&, const ThreadKey&) = default;
};

// Messages are numbered 1, 2, 3 within their thread.
struct Thread {
  ThreadKey key;
  std::int64_t last_number = 0;
  Instant last_message;
  std::int64_t customer_read = 0;  // Up to which number each side has read.
  std::int64_t provider_read = 0;

  std::int64_t ReadBy(ChatSide side) const {
    return side == ChatSide::kCustomer ? customer_read : provider_read;
  }
};

struct Message {
  ThreadKey thread;
  std::int64_t number = 0;
  ChatSide sender = ChatSide::kCustomer;
  AccountId account;    // Of the sender.
  std::string content;  // Sealed.
  Instant created;
};

}  // namespace kalends::core
