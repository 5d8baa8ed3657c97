// Chats: one thread per link of a customer and a provider.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/base/id.h"
#include "core/base/time.h"
#include "core/chat/content.h"
#include "core/links/link.h"

namespace kalends::core {

// Messages are numbered 1, 2, 3 within their thread.
struct Thread {
  LinkKey key;
  std::int64_t last_number = 0;
  Instant last_message;
  ActivityId activity;             // Of the last message.
  std::int64_t customer_read = 0;  // Up to which number each side has read.
  std::int64_t provider_read = 0;

  std::int64_t ReadBy(Side side) const {
    return side == Side::kCustomer ? customer_read : provider_read;
  }
  std::int64_t& ReadBy(Side side) {
    return side == Side::kCustomer ? customer_read : provider_read;
  }
};

// A further message by `sender`, who thereby has read what came before. Returns its number.
struct Sent {
  Side sender = Side::kCustomer;
  Instant when;
  ActivityId activity;
};
std::int64_t AddMessage(Thread& thread, const Sent& sent);
// `side` has read up to `number`. False: it had before. NOT_FOUND: there is no such message.
absl::StatusOr<bool> MarkRead(Thread& thread, Side side, std::int64_t number);

struct Message {
  LinkKey thread;
  std::int64_t number = 0;
  Side sender = Side::kCustomer;
  AccountId account;    // Of the sender.
  std::string content;  // Sealed.
  Instant created;
  std::optional<Instant> edited = std::nullopt;  // When its text was last changed.
};

// What a message said before an edit.
struct MessageVersion {
  std::int64_t number = 0;  // Of the message.
  int version = 0;          // 1, 2, 3 within the message.
  std::string text;         // Sealed.
  Instant replaced;
};

}  // namespace kalends::core
