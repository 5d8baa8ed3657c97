// The sessions of all chats: in memory, and in the core for after a restart.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "absl/status/statusor.h"
#include "adapters/telegram/client.h"
#include "adapters/telegram/session.h"

namespace kalends::telegram {

// What has become of the message that was the screen of a chat that has none now.
enum class FormerScreen { kTakenAway, kStays };

// Safe to share between threads; of one chat, one thread at a time, which the strands see to. No
// other process writes these sessions, so what was read once need not be read again.
class Sessions {
 public:
  explicit Sessions(const Client& client) : client_(client) {}

  // What is remembered of `chat`; empty for a new one.
  absl::StatusOr<Session> Load(std::int64_t chat);
  // Remembers `session`, in the core too. Where only the screen is gone, the core hears of it with
  // the next one: after a restart in between, a message is taken away that is not there any more.
  // Of one that stays in the chat it hears at once, so that it is not taken away. What the core
  // could not be told as it was away, it hears with the next change of the chat.
  void Store(std::int64_t chat, const Session& session,
             FormerScreen former = FormerScreen::kTakenAway);
  // The account is gone, and the core has forgotten its session.
  void Forget(std::int64_t chat);

 private:
  // As WriteSession writes it.
  struct Entry {
    std::optional<std::string> kept;  // In the core; nullopt: not known.
    std::string now;
  };
  void Put(std::int64_t chat, Entry entry);

  const Client& client_;
  std::mutex mutex_;
  std::unordered_map<std::int64_t, Entry> entries_;
};

}  // namespace kalends::telegram
