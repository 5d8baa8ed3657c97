// Use cases of chats.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/accounts/account.h"
#include "core/app/context.h"
#include "core/app/sealed.h"
#include "core/chat/chat.h"
#include "storage/chat.h"

namespace kalends::app {

// A message, opened.
struct MessageView {
  core::Message message;
  core::Content content;
  std::string sender_name;
  bool read = false;  // By the other side.
};

struct ThreadView {
  core::Thread thread;  // Of a link without messages: empty.
  core::Provider provider;
  std::string provider_time_zone;
  core::Account customer;
  int unread = 0;
  std::optional<MessageView> last;
  std::string refusal;  // The reason's name why nothing can be sent; empty: it can.
};

// `channel_key` is what the sender's channel calls it; empty: nothing. LINK_REMOVED, LINK_BLOCKED,
// RATE_LIMITED; NOT_FOUND: no such link.
absl::StatusOr<MessageView> SendMessage(WriteContext& cx, const core::LinkKey& key,
                                        const core::Content& content, std::string_view channel_key);
// By its place, or by what the caller's channel calls it.
using MessageWhich = std::variant<storage::MessageRef, std::string>;
// Gives a message of the caller the text of `edited`, and keeps what it said before. LINK_REMOVED,
// LINK_BLOCKED, LIMIT_REACHED, UNREADABLE; NOT_FOUND: the caller sent no such message.
absl::StatusOr<MessageView> EditMessage(WriteContext& cx, const MessageWhich& which,
                                        const core::Content& edited);
struct MessageVersionView {
  core::MessageVersion version;
  Opened text;
};
// Of all messages of a thread, by number and version.
absl::StatusOr<std::vector<MessageVersionView>> ListMessageVersions(
    const ReadContext& cx, const core::LinkKey& key,
    const std::optional<storage::VersionCursor>& after, int limit);
// The newest first; those with a number below `before`.
absl::StatusOr<std::vector<MessageView>> ListMessages(const ReadContext& cx,
                                                      const core::LinkKey& key, std::int64_t before,
                                                      int limit);
absl::StatusOr<ThreadView> MarkRead(WriteContext& cx, const core::LinkKey& key,
                                    std::int64_t number);
absl::StatusOr<ThreadView> GetThread(const ReadContext& cx, const core::LinkKey& key);
absl::StatusOr<std::vector<ThreadView>> ListThreads(
    const ReadContext& cx, const std::variant<core::ProviderId, core::AccountId>& of,
    const std::optional<storage::ThreadCursor>& before, int limit);

// One message for a notification to its recipient, whatever became of the link. NOT_FOUND: it was
// erased.
absl::StatusOr<MessageView> ViewMessage(const ReadContext& cx, const core::LinkKey& key,
                                        std::int64_t number);

}  // namespace kalends::app
