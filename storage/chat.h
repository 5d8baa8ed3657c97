// Chats. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "core/chat/chat.h"
#include "storage/database.h"

namespace kalends::storage {

std::optional<core::Thread> FindThread(Transaction& tx, const core::LinkKey& key);
// Writes a thread, new or not.
void PutThread(Transaction& tx, const core::Thread& thread);

void InsertMessage(Transaction& tx, const core::Message& message);
std::optional<core::Message> FindMessage(Transaction& tx, const core::LinkKey& thread,
                                         std::int64_t number);
// The newest first; those with a number below `before`.
std::vector<core::Message> ListMessages(Transaction& tx, const core::LinkKey& thread,
                                        std::int64_t before, int limit);
// Of `sender`, with a number above `above`; counted up to `limit`.
int CountMessages(Transaction& tx, const core::LinkKey& thread, core::Side sender,
                  std::int64_t above, int limit);
// When the account sent its `nth`-newest message (1: the newest); nullopt: it sent fewer. What a
// clock that was ahead put after `now` does not count.
std::optional<core::Instant> NthNewestMessage(Transaction& tx, core::AccountId sender, int nth,
                                              core::Instant now);

// Where a page of threads ends: the next one goes on below this activity and id, which is that of
// the other side.
struct ThreadCursor {
  core::ActivityId activity;
  std::int64_t other = 0;
};
// Of a provider, or of a customer with the providers on their list; the latest message first.
std::vector<core::Thread> ListThreads(Transaction& tx,
                                      const std::variant<core::ProviderId, core::AccountId>& of,
                                      const std::optional<ThreadCursor>& before, int limit);

}  // namespace kalends::storage
