#include "storage/chat.h"

#include <limits>

#include "core/base/limits.h"
#include "storage/privacy.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

constexpr std::int64_t kAboveAll = std::numeric_limits<std::int64_t>::max();

core::Thread ReadThread(const Row& row) {
  core::Thread thread;
  thread.key = {IdAt<core::ProviderId>(row, 0), IdAt<core::AccountId>(row, 1)};
  thread.last_number = row.Int(2);
  thread.last_message = InstantAt(row, 3);
  thread.customer_read = row.Int(4);
  thread.provider_read = row.Int(5);
  thread.activity = IdAt<core::ActivityId>(row, 6);
  return thread;
}

core::Message ReadMessage(const core::LinkKey& thread, const Row& row) {
  core::Message message;
  message.thread = thread;
  message.number = row.Int(0);
  message.sender = ParsedAt(row, 1, core::ParseSide);
  message.account = IdAt<core::AccountId>(row, 2);
  message.content = row.Text(3);
  message.created = InstantAt(row, 4);
  message.edited = OptionalInstantAt(row, 5);
  return message;
}

}  // namespace

std::optional<core::Thread> FindThread(Transaction& tx, const core::LinkKey& key) {
  return RowOf(
      tx,
      "SELECT provider_id, customer_id, last_number, last_message_s, customer_read,"
      " provider_read, activity_id FROM threads WHERE provider_id = $1 AND customer_id = $2",
      {ToValue(key.provider), ToValue(key.customer)}, ReadThread);
}

void PutThread(Transaction& tx, const core::Thread& thread) {
  tx.Execute(
      "INSERT INTO threads (provider_id, customer_id, last_number, last_message_s, customer_read,"
      " provider_read, activity_id) VALUES ($1, $2, $3, $4, $5, $6, $7)"
      " ON CONFLICT (provider_id, customer_id) DO UPDATE SET last_number = $3,"
      " last_message_s = $4, customer_read = $5, provider_read = $6, activity_id = $7",
      {ToValue(thread.key.provider), ToValue(thread.key.customer), thread.last_number,
       ToValue(thread.last_message), thread.customer_read, thread.provider_read,
       ToValue(thread.activity)});
}

void InsertMessage(Transaction& tx, const core::Message& message) {
  tx.Execute(
      "INSERT INTO messages (provider_id, customer_id, number, sender, sender_id, content,"
      " created_s) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {ToValue(message.thread.provider), ToValue(message.thread.customer), message.number,
       core::NameOf(message.sender), ToValue(message.account), Blob{message.content},
       ToValue(message.created)});
}

std::optional<core::Message> FindMessage(Transaction& tx, const core::LinkKey& thread,
                                         std::int64_t number) {
  return RowOf(tx,
               "SELECT number, sender, sender_id, content, created_s, edited_s FROM messages"
               " WHERE provider_id = $1 AND customer_id = $2 AND number = $3",
               {ToValue(thread.provider), ToValue(thread.customer), number},
               [&](const Row& row) { return ReadMessage(thread, row); });
}

void UpdateMessage(Transaction& tx, const core::Message& message) {
  tx.Execute(
      "UPDATE messages SET content = $4, edited_s = $5"
      " WHERE provider_id = $1 AND customer_id = $2 AND number = $3",
      {ToValue(message.thread.provider), ToValue(message.thread.customer), message.number,
       Blob{message.content}, ToValue(message.edited)});
}

void InsertMessageVersion(Transaction& tx, const core::LinkKey& thread,
                          const core::MessageVersion& version) {
  tx.Execute(
      "INSERT INTO message_versions (provider_id, customer_id, number, version, text, replaced_s)"
      " VALUES ($1, $2, $3, $4, $5, $6)",
      {ToValue(thread.provider), ToValue(thread.customer), version.number, ToValue(version.version),
       Blob{version.text}, ToValue(version.replaced)});
}

int CountMessageVersions(Transaction& tx, const core::LinkKey& thread, std::int64_t number) {
  return static_cast<int>(NumberOf(tx,
                                   "SELECT count(*) FROM message_versions"
                                   " WHERE provider_id = $1 AND customer_id = $2 AND number = $3",
                                   {ToValue(thread.provider), ToValue(thread.customer), number}));
}

std::vector<core::MessageVersion> ListMessageVersions(Transaction& tx, const core::LinkKey& thread,
                                                      const std::optional<VersionCursor>& after,
                                                      int limit) {
  const VersionCursor from = after.value_or(VersionCursor{});
  return RowsOf(tx,
                "SELECT number, version, text, replaced_s FROM message_versions"
                " WHERE provider_id = $1 AND customer_id = $2 AND (number, version) > ($3, $4)"
                " ORDER BY number, version LIMIT $5",
                {ToValue(thread.provider), ToValue(thread.customer), from.number,
                 ToValue(from.version), ToValue(limit)},
                [](const Row& row) {
                  return core::MessageVersion{row.Int(0), NumberAt(row, 1), row.Text(2),
                                              InstantAt(row, 3)};
                });
}

void PutMessageCopy(Transaction& tx, const core::LinkKey& thread, std::int64_t number,
                    core::AccountId account, std::string_view key) {
  tx.Execute("DELETE FROM message_copies WHERE copy_key = $1", {key});
  tx.Execute(
      "INSERT INTO message_copies (provider_id, customer_id, number, account_id, copy_key)"
      " VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (provider_id, customer_id, number, account_id) DO UPDATE SET copy_key = $5",
      {ToValue(thread.provider), ToValue(thread.customer), number, ToValue(account), key});
  tx.Execute(
      "DELETE FROM message_copies WHERE provider_id = $1 AND customer_id = $2 AND number <= $3",
      {ToValue(thread.provider), ToValue(thread.customer), number - core::kCopiedMessagesMax});
}

std::string FindMessageCopy(Transaction& tx, const core::LinkKey& thread, std::int64_t number,
                            core::AccountId account) {
  return RowOf(tx,
               "SELECT copy_key FROM message_copies WHERE provider_id = $1 AND customer_id = $2"
               " AND number = $3 AND account_id = $4",
               {ToValue(thread.provider), ToValue(thread.customer), number, ToValue(account)},
               [](const Row& row) { return row.Text(0); })
      .value_or("");
}

std::optional<MessageRef> FindMessageByCopy(Transaction& tx, core::AccountId account,
                                            std::string_view key) {
  return RowOf(tx,
               "SELECT provider_id, customer_id, number FROM message_copies"
               " WHERE copy_key = $1 AND account_id = $2",
               {key, ToValue(account)}, [](const Row& row) {
                 return MessageRef{{IdAt<core::ProviderId>(row, 0), IdAt<core::AccountId>(row, 1)},
                                   row.Int(2)};
               });
}

std::vector<core::Message> ListMessages(Transaction& tx, const core::LinkKey& thread,
                                        std::int64_t before, int limit) {
  return RowsOf(tx,
                "SELECT number, sender, sender_id, content, created_s, edited_s FROM messages"
                " WHERE provider_id = $1 AND customer_id = $2 AND number < $3"
                " ORDER BY number DESC LIMIT $4",
                {ToValue(thread.provider), ToValue(thread.customer), before, ToValue(limit)},
                [&](const Row& row) { return ReadMessage(thread, row); });
}

int CountMessages(Transaction& tx, const core::LinkKey& thread, core::Side sender,
                  std::int64_t above, int limit) {
  int count = 0;
  tx.Query(
      "SELECT 1 FROM messages WHERE provider_id = $1 AND customer_id = $2 AND number > $3"
      " AND sender = $4 LIMIT $5",
      {ToValue(thread.provider), ToValue(thread.customer), above, core::NameOf(sender),
       ToValue(limit)},
      [&](const Row&) { ++count; });
  return count;
}

std::optional<core::Instant> NthNewestMessage(Transaction& tx, core::AccountId sender, int nth,
                                              core::Instant now) {
  return RowOf(tx,
               "SELECT created_s FROM messages WHERE sender_id = $1 AND created_s <= $2"
               " ORDER BY created_s DESC LIMIT 1 OFFSET $3",
               {ToValue(sender), ToValue(now), ToValue(nth - 1)},
               [](const Row& row) { return InstantAt(row, 0); });
}

int CountUnreadThreads(Transaction& tx, core::ProviderId provider, int newest) {
  return static_cast<int>(
      NumberOf(tx,
               "SELECT count(*) FROM (SELECT last_number, provider_read FROM threads"
               " WHERE provider_id = $1 ORDER BY activity_id DESC, customer_id DESC LIMIT $2)"
               " AS newest WHERE last_number > provider_read",
               {ToValue(provider), ToValue(newest)}));
}

std::vector<core::Thread> ListThreads(Transaction& tx,
                                      const std::variant<core::ProviderId, core::AccountId>& of,
                                      const std::optional<ThreadCursor>& before, int limit) {
  const ThreadCursor from = before.value_or(ThreadCursor{{kAboveAll}, kAboveAll});
  if (const auto* provider = std::get_if<core::ProviderId>(&of)) {
    return RowsOf(tx,
                  "SELECT provider_id, customer_id, last_number, last_message_s, customer_read,"
                  " provider_read, activity_id FROM threads"
                  " WHERE provider_id = $1 AND (activity_id, customer_id) < ($2, $3)"
                  " ORDER BY activity_id DESC, customer_id DESC LIMIT $4",
                  {ToValue(*provider), ToValue(from.activity), from.other, ToValue(limit)},
                  ReadThread);
  }
  return RowsOf(
      tx,
      "SELECT t.provider_id, t.customer_id, t.last_number, t.last_message_s,"
      " t.customer_read, t.provider_read, t.activity_id FROM threads AS t"
      " WHERE t.customer_id = $1 AND (t.activity_id, t.provider_id) < ($2, $3)"
      " AND EXISTS (SELECT 1 FROM links AS l WHERE l.provider_id = t.provider_id"
      "  AND l.customer_id = t.customer_id AND l.removed_s IS NULL)"
      " ORDER BY t.activity_id DESC, t.provider_id DESC LIMIT $4",
      {ToValue(std::get<core::AccountId>(of)), ToValue(from.activity), from.other, ToValue(limit)},
      ReadThread);
}

namespace {

constexpr std::string_view kErasedTables[] = {"message_copies", "message_versions", "messages",
                                              "threads"};

constexpr Trace kTraces[] = {
    {core::Side::kCustomer, "messages",
     [](Transaction& tx, const Leaver& leaver) -> int {
       return CountOf(tx,
                      "SELECT count(*) FROM messages WHERE (provider_id, customer_id) IN"
                      " (SELECT provider_id, customer_id FROM threads WHERE customer_id = $1)",
                      {ToValue(leaver.account)});
     }},
    {core::Side::kProvider, "messages", [](Transaction& tx, const Leaver& leaver) -> int {
       return CountOf(tx, "SELECT count(*) FROM messages WHERE provider_id = $1",
                      {ToValue(*leaver.provider)});
     }}};

UnusedBlobs EraseOfCustomer(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(tx,
                    {"DELETE FROM message_copies WHERE (provider_id, customer_id) IN"
                     " (SELECT provider_id, customer_id FROM threads WHERE customer_id = $1)",
                     "DELETE FROM message_versions WHERE (provider_id, customer_id) IN"
                     " (SELECT provider_id, customer_id FROM threads WHERE customer_id = $1)",
                     "DELETE FROM messages WHERE (provider_id, customer_id) IN"
                     " (SELECT provider_id, customer_id FROM threads WHERE customer_id = $1)",
                     "DELETE FROM threads WHERE customer_id = $1"},
                    {ToValue(leaver.account)});
}

UnusedBlobs EraseOfProvider(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(
      tx,
      {"DELETE FROM message_copies WHERE provider_id = $1",
       "DELETE FROM message_versions WHERE provider_id = $1",
       "DELETE FROM messages WHERE provider_id = $1", "DELETE FROM threads WHERE provider_id = $1"},
      {ToValue(*leaver.provider)});
}

}  // namespace

extern constinit const Erasure kChatErasure{.subject = "chat",
                                            .tables = kErasedTables,
                                            .traces = kTraces,
                                            .of_customer = EraseOfCustomer,
                                            .of_provider = EraseOfProvider};

}  // namespace kalends::storage
