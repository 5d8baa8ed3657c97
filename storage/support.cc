#include "storage/support.h"

#include <limits>

#include "core/base/limits.h"
#include "storage/privacy.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

constexpr std::int64_t kAboveAll = std::numeric_limits<std::int64_t>::max();
constexpr core::AccountId kTeamItself{0};  // In whose channel a copy stands.

core::Ticket ReadTicket(const Row& row) {
  core::Ticket ticket;
  ticket.id = IdAt<core::TicketId>(row, 0);
  ticket.account = IdAt<core::AccountId>(row, 1);
  ticket.state = ParsedAt(row, 2, core::ParseTicketState);
  ticket.last_number = row.Int(3);
  ticket.created = InstantAt(row, 4);
  ticket.updated = InstantAt(row, 5);
  ticket.version = row.Int(6);
  return ticket;
}

core::TicketMessage ReadTicketMessage(const Row& row) {
  core::TicketMessage message;
  message.ticket = IdAt<core::TicketId>(row, 0);
  message.number = row.Int(1);
  message.author = ParsedAt(row, 2, core::ParseTicketAuthor);
  message.account = OptionalIdAt<core::AccountId>(row, 3);
  message.content = row.Text(4);
  message.created = InstantAt(row, 5);
  message.edited = OptionalInstantAt(row, 6);
  message.answered_by = row.IsNull(7) ? "" : row.Text(7);
  return message;
}

}  // namespace

void InsertTicket(Transaction& tx, const core::Ticket& ticket) {
  tx.Execute(
      "INSERT INTO tickets (id, account_id, state, last_number, created_s, updated_s, version)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {ToValue(ticket.id), ToValue(ticket.account), core::NameOf(ticket.state), ticket.last_number,
       ToValue(ticket.created), ToValue(ticket.updated), ticket.version});
}

void UpdateTicket(Transaction& tx, const core::Ticket& ticket) {
  tx.Execute(
      "UPDATE tickets SET state = $2, last_number = $3, updated_s = $4, version = $5 WHERE id = $1",
      {ToValue(ticket.id), core::NameOf(ticket.state), ticket.last_number, ToValue(ticket.updated),
       ticket.version});
}

std::optional<core::Ticket> FindTicket(Transaction& tx, core::TicketId id) {
  return RowOf(tx,
               "SELECT id, account_id, state, last_number, created_s, updated_s, version"
               " FROM tickets WHERE id = $1",
               {ToValue(id)}, ReadTicket);
}

std::optional<core::Ticket> FindOpenTicket(Transaction& tx, core::AccountId account) {
  return RowOf(tx,
               "SELECT id, account_id, state, last_number, created_s, updated_s, version"
               " FROM tickets WHERE account_id = $1 AND state = 'OPEN' ORDER BY id DESC LIMIT 1",
               {ToValue(account)}, ReadTicket);
}

int CountOpenTickets(Transaction& tx, core::AccountId account) {
  return static_cast<int>(
      NumberOf(tx, "SELECT count(*) FROM tickets WHERE account_id = $1 AND state = 'OPEN'",
               {ToValue(account)}));
}

std::vector<core::Ticket> ListTicketsOf(Transaction& tx, core::AccountId account,
                                        std::optional<core::TicketId> before, int limit) {
  return RowsOf(tx,
                "SELECT id, account_id, state, last_number, created_s, updated_s, version"
                " FROM tickets WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
                {ToValue(account), before ? before->value : kAboveAll, ToValue(limit)}, ReadTicket);
}

std::vector<core::Ticket> ListTickets(Transaction& tx, core::TicketState state,
                                      std::optional<core::TicketId> from, int limit) {
  if (state == core::TicketState::kOpen) {
    return RowsOf(tx,
                  "SELECT id, account_id, state, last_number, created_s, updated_s, version"
                  " FROM tickets WHERE state = $1 AND id > $2 ORDER BY id LIMIT $3",
                  {core::NameOf(state), from ? from->value : -1, ToValue(limit)}, ReadTicket);
  }
  return RowsOf(tx,
                "SELECT id, account_id, state, last_number, created_s, updated_s, version"
                " FROM tickets WHERE state = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
                {core::NameOf(state), from ? from->value : kAboveAll, ToValue(limit)}, ReadTicket);
}

void InsertTicketMessage(Transaction& tx, const core::TicketMessage& message) {
  tx.Execute(
      "INSERT INTO ticket_messages"
      " (ticket_id, number, author, sender_id, content, created_s, answered_by)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {ToValue(message.ticket), message.number, core::NameOf(message.author),
       ToValue(message.account), Blob{message.content}, ToValue(message.created),
       message.answered_by.empty() ? Value() : Blob{message.answered_by}});
}

std::optional<core::TicketMessage> FindTicketMessage(Transaction& tx, core::TicketId ticket,
                                                     std::int64_t number) {
  return RowOf(
      tx,
      "SELECT ticket_id, number, author, sender_id, content, created_s, edited_s, answered_by"
      " FROM ticket_messages WHERE ticket_id = $1 AND number = $2",
      {ToValue(ticket), number}, ReadTicketMessage);
}

std::vector<core::TicketMessage> ListTicketMessages(Transaction& tx, core::TicketId ticket,
                                                    std::int64_t before, int limit) {
  return RowsOf(
      tx,
      "SELECT ticket_id, number, author, sender_id, content, created_s, edited_s, answered_by"
      " FROM ticket_messages WHERE ticket_id = $1 AND number < $2"
      " ORDER BY number DESC LIMIT $3",
      {ToValue(ticket), before, ToValue(limit)}, ReadTicketMessage);
}

std::optional<core::Instant> NthNewestTicketMessage(Transaction& tx, core::AccountId sender,
                                                    int nth, core::Instant now) {
  return RowOf(tx,
               "SELECT created_s FROM ticket_messages WHERE sender_id = $1"
               " AND created_s <= $2 ORDER BY created_s DESC LIMIT 1 OFFSET $3",
               {ToValue(sender), ToValue(now), ToValue(nth - 1)},
               [](const Row& row) { return InstantAt(row, 0); });
}

void UpdateTicketMessage(Transaction& tx, const core::TicketMessage& message) {
  tx.Execute(
      "UPDATE ticket_messages SET content = $3, edited_s = $4"
      " WHERE ticket_id = $1 AND number = $2",
      {ToValue(message.ticket), message.number, Blob{message.content}, ToValue(message.edited)});
}

void InsertTicketMessageVersion(Transaction& tx, core::TicketId ticket,
                                const core::MessageVersion& version) {
  tx.Execute(
      "INSERT INTO ticket_message_versions (ticket_id, number, version, text, replaced_s)"
      " VALUES ($1, $2, $3, $4, $5)",
      {ToValue(ticket), version.number, ToValue(version.version), Blob{version.text},
       ToValue(version.replaced)});
}

int CountTicketMessageVersions(Transaction& tx, core::TicketId ticket, std::int64_t number) {
  return static_cast<int>(NumberOf(
      tx, "SELECT count(*) FROM ticket_message_versions WHERE ticket_id = $1 AND number = $2",
      {ToValue(ticket), number}));
}

std::vector<core::MessageVersion> ListTicketMessageVersions(
    Transaction& tx, core::TicketId ticket, const std::optional<VersionCursor>& after, int limit) {
  const VersionCursor from = after.value_or(VersionCursor{});
  return RowsOf(
      tx,
      "SELECT number, version, text, replaced_s FROM ticket_message_versions"
      " WHERE ticket_id = $1 AND (number, version) > ($2, $3)"
      " ORDER BY number, version LIMIT $4",
      {ToValue(ticket), from.number, ToValue(from.version), ToValue(limit)}, [](const Row& row) {
        return core::MessageVersion{row.Int(0), NumberAt(row, 1), row.Text(2), InstantAt(row, 3)};
      });
}

void PutTicketMessageCopy(Transaction& tx, core::TicketId ticket, std::int64_t number,
                          std::optional<core::AccountId> account, std::string_view key) {
  tx.Execute("DELETE FROM ticket_message_copies WHERE copy_key = $1", {key});
  tx.Execute(
      "INSERT INTO ticket_message_copies (ticket_id, number, account_id, copy_key)"
      " VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (ticket_id, number, account_id) DO UPDATE SET copy_key = $4",
      {ToValue(ticket), number, ToValue(account.value_or(kTeamItself)), key});
  tx.Execute("DELETE FROM ticket_message_copies WHERE ticket_id = $1 AND number <= $2",
             {ToValue(ticket), number - core::kCopiedMessagesMax});
}

std::string FindTicketMessageCopy(Transaction& tx, core::TicketId ticket, std::int64_t number,
                                  core::AccountId account) {
  return RowOf(tx,
               "SELECT copy_key FROM ticket_message_copies"
               " WHERE ticket_id = $1 AND number = $2 AND account_id = $3",
               {ToValue(ticket), number, ToValue(account)},
               [](const Row& row) { return row.Text(0); })
      .value_or("");
}

std::optional<TicketMessageRef> FindTicketMessageByCopy(Transaction& tx,
                                                        std::optional<core::AccountId> account,
                                                        std::string_view key) {
  return RowOf(tx,
               "SELECT ticket_id, number FROM ticket_message_copies"
               " WHERE copy_key = $1 AND account_id = $2",
               {key, ToValue(account.value_or(kTeamItself))}, [](const Row& row) {
                 return TicketMessageRef{IdAt<core::TicketId>(row, 0), row.Int(1)};
               });
}

void InsertSupportDesk(Transaction& tx, core::AccountId account, core::Instant now) {
  tx.Execute(
      "INSERT INTO support_desks (account_id, created_s) VALUES ($1, $2)"
      " ON CONFLICT (account_id) DO NOTHING",
      {ToValue(account), ToValue(now)});
}

bool DeleteSupportDesk(Transaction& tx, core::AccountId account) {
  return tx.Execute("DELETE FROM support_desks WHERE account_id = $1", {ToValue(account)}) > 0;
}

std::vector<core::AccountId> SupportDesks(Transaction& tx) {
  // At most kSupportDesksMax.
  return RowsOf(tx,
                "SELECT account_id FROM support_desks WHERE account_id > -1 ORDER BY account_id",
                {}, [](const Row& row) { return IdAt<core::AccountId>(row, 0); });
}

void PutTicketBridge(Transaction& tx, std::string_view key, core::TicketId ticket,
                     core::Instant now) {
  tx.Execute(
      "INSERT INTO ticket_bridges (bridge_key, ticket_id, created_s) VALUES ($1, $2, $3)"
      " ON CONFLICT (bridge_key) DO UPDATE SET ticket_id = $2, created_s = $3",
      {key, ToValue(ticket), ToValue(now)});
}

std::optional<core::TicketId> FindTicketBridge(Transaction& tx, std::string_view key) {
  return RowOf(tx, "SELECT ticket_id FROM ticket_bridges WHERE bridge_key = $1", {key},
               [](const Row& row) { return IdAt<core::TicketId>(row, 0); });
}

namespace {

constexpr std::string_view kErasedTables[] = {"ticket_message_copies",
                                              "ticket_message_versions",
                                              "ticket_bridges",
                                              "ticket_messages",
                                              "tickets",
                                              "support_desks"};

constexpr Trace kTraces[] = {
    {core::Side::kCustomer, "tickets", [](Transaction& tx, const Leaver& leaver) -> int {
       return CountOf(tx, "SELECT count(*) FROM tickets WHERE account_id = $1",
                      {ToValue(leaver.account)});
     }}};

UnusedBlobs EraseOfCustomer(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(tx,
                    {"DELETE FROM ticket_bridges WHERE ticket_id IN"
                     " (SELECT id FROM tickets WHERE account_id = $1)",
                     "DELETE FROM ticket_message_copies WHERE account_id = $1",
                     "DELETE FROM ticket_message_copies WHERE ticket_id IN"
                     " (SELECT id FROM tickets WHERE account_id = $1)",
                     "DELETE FROM ticket_message_versions WHERE ticket_id IN"
                     " (SELECT id FROM tickets WHERE account_id = $1)",
                     "DELETE FROM ticket_messages WHERE ticket_id IN"
                     " (SELECT id FROM tickets WHERE account_id = $1)",
                     "DELETE FROM tickets WHERE account_id = $1",
                     "DELETE FROM support_desks WHERE account_id = $1"},
                    {ToValue(leaver.account)});
}

}  // namespace

extern constinit const Erasure kSupportErasure{.subject = "support",
                                               .tables = kErasedTables,
                                               .traces = kTraces,
                                               .of_customer = EraseOfCustomer};

}  // namespace kalends::storage
