// Support tickets. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/chat/chat.h"
#include "core/support/ticket.h"
#include "storage/chat.h"
#include "storage/database.h"

namespace kalends::storage {

void InsertTicket(Transaction& tx, const core::Ticket& ticket);
// Writes state, last number, updated, version.
void UpdateTicket(Transaction& tx, const core::Ticket& ticket);
std::optional<core::Ticket> FindTicket(Transaction& tx, core::TicketId id);
// The newest open ticket of an account.
std::optional<core::Ticket> FindOpenTicket(Transaction& tx, core::AccountId account);
int CountOpenTickets(Transaction& tx, core::AccountId account);
// Of an account, the newest first: those with an id below `before` if given.
std::vector<core::Ticket> ListTicketsOf(Transaction& tx, core::AccountId account,
                                        std::optional<core::TicketId> before, int limit);
// Of everybody; open ones the oldest first, closed ones the newest first.
std::vector<core::Ticket> ListTickets(Transaction& tx, core::TicketState state,
                                      std::optional<core::TicketId> from, int limit);

void InsertTicketMessage(Transaction& tx, const core::TicketMessage& message);
std::optional<core::TicketMessage> FindTicketMessage(Transaction& tx, core::TicketId ticket,
                                                     std::int64_t number);
// The newest first; those with a number below `before`.
std::vector<core::TicketMessage> ListTicketMessages(Transaction& tx, core::TicketId ticket,
                                                    std::int64_t before, int limit);
// When the account wrote its `nth`-newest message to support; nullopt: it wrote fewer. What a clock
// that was ahead put after `now` does not count.
std::optional<core::Instant> NthNewestTicketMessage(Transaction& tx, core::AccountId sender,
                                                    int nth, core::Instant now);

// Replaces the content and the time of the last edit.
void UpdateTicketMessage(Transaction& tx, const core::TicketMessage& message);
void InsertTicketMessageVersion(Transaction& tx, core::TicketId ticket,
                                const core::MessageVersion& version);
int CountTicketMessageVersions(Transaction& tx, core::TicketId ticket, std::int64_t number);
// Of all messages of a ticket, by number and version.
std::vector<core::MessageVersion> ListTicketMessageVersions(
    Transaction& tx, core::TicketId ticket, const std::optional<VersionCursor>& after, int limit);

// `key` is what the channel of `account` (nullopt: of the team itself) calls the message, from now
// on. What channels call the messages more than kCopiedMessagesMax before it is forgotten.
void PutTicketMessageCopy(Transaction& tx, core::TicketId ticket, std::int64_t number,
                          std::optional<core::AccountId> account, std::string_view key);
// "": the channel of `account` has none.
std::string FindTicketMessageCopy(Transaction& tx, core::TicketId ticket, std::int64_t number,
                                  core::AccountId account);
struct TicketMessageRef {
  core::TicketId ticket;
  std::int64_t number = 0;
};
// The message that the channel of `account`, or of the team itself, calls `key`.
std::optional<TicketMessageRef> FindTicketMessageByCopy(Transaction& tx,
                                                        std::optional<core::AccountId> account,
                                                        std::string_view key);

// Accounts that are told what customers write.
void InsertSupportDesk(Transaction& tx, core::AccountId account, core::Instant now);
bool DeleteSupportDesk(Transaction& tx, core::AccountId account);
std::vector<core::AccountId> SupportDesks(Transaction& tx);

// Which ticket a message of a support group is about. Bridging again moves the key.
void PutTicketBridge(Transaction& tx, std::string_view key, core::TicketId ticket,
                     core::Instant now);
std::optional<core::TicketId> FindTicketBridge(Transaction& tx, std::string_view key);

}  // namespace kalends::storage
