// What an answer of the Bot API means for us.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "nlohmann/json.hpp"

namespace kalends::telegram {

inline constexpr std::chrono::seconds kRetryAfterMax{3600};

enum class Outcome {
  kOk,
  kBenign,      // Refused because it is so already: not modified, query too old, already deleted.
  kRetry,       // Later: flood control (with retry_after_s), their trouble, or the network's.
  kCannotEdit,  // That message cannot be edited any more: send a new one.
  kGone,        // This chat cannot be written to: blocked, deleted, never started.
  kMigrated,    // The group has become migrate_to_chat_id.
  kConflict,    // Another process polls with this token, or a webhook is set.
  kNotServed,   // Nothing about this call: a wrong token or address, or a proxy's words.
  kBug,         // We sent what Telegram refuses; repeating it is useless.
};

// In metrics.
std::string_view NameOf(Outcome outcome);

struct ApiResult {
  Outcome outcome = Outcome::kRetry;
  nlohmann::json result;        // With kOk; may be null.
  std::string description;      // Telegram's words; for logs.
  int retry_after_s = 0;        // With kRetry; 0: not said.
  std::int64_t migrate_to = 0;  // With kMigrated.
  int code = 0;                 // Telegram's own, of a refusal; 0: it said none.
  bool told = false;            // The log tells of it already (bot_standing.h).
  bool left = false;            // Of a screen that its chat had left meanwhile (send_queue.h).
  // With kRetry: what came as a success and cannot be read; empty: it is not that. Never for logs.
  std::string unreadable;
};

// Reads an answer: its HTTP status and body, which need not be JSON.
ApiResult ReadAnswer(long http_status, std::string_view body);

}  // namespace kalends::telegram
