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
// Replaces the content and the time of the last edit.
void UpdateMessage(Transaction& tx, const core::Message& message);
void InsertMessageVersion(Transaction& tx, const core::LinkKey& thread,
                          const core::MessageVersion& version);
int CountMessageVersions(Transaction& tx, const core::LinkKey& thread, std::int64_t number);
// Where a page of versions ends.
struct VersionCursor {
  std::int64_t number = 0;
  int version = 0;
};
// Of all messages of a thread, by number and version.
std::vector<core::MessageVersion> ListMessageVersions(Transaction& tx, const core::LinkKey& thread,
                                                      const std::optional<VersionCursor>& after,
                                                      int limit);

// `key` is what the channel of `account` calls the message, from now on. What channels call the
// messages more than kCopiedMessagesMax before it is forgotten.
void PutMessageCopy(Transaction& tx, const core::LinkKey& thread, std::int64_t number,
                    core::AccountId account, std::string_view key);
// "": the channel of `account` has none.
std::string FindMessageCopy(Transaction& tx, const core::LinkKey& thread, std::int64_t number,
                            core::AccountId account);
struct MessageRef {
  core::LinkKey thread;
  std::int64_t number = 0;
};
// The message that the channel of `account` calls `key`.
std::optional<MessageRef> FindMessageByCopy(Transaction& tx, core::AccountId account,
                                            std::string_view key);

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

// Threads that the provider has not read to the end, among the `newest` last written in.
int CountUnreadThreads(Transaction& tx, core::ProviderId provider, int newest);

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
