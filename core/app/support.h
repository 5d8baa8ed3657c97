// Use cases of support tickets and their desks.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/app/accounts.h"
#include "core/app/chat.h"
#include "core/app/context.h"
#include "core/chat/content.h"
#include "core/support/ticket.h"
#include "storage/support.h"

namespace kalends::app {

struct TicketView {
  core::Ticket ticket;
  std::string account_name;
  bool awaits_answer = false;
};
struct TicketMessageView {
  core::TicketMessage message;
  core::Content content;
  std::string answered_by = {};  // Who of the team; empty also where the caller is not to know.
};

struct AskInput {
  std::optional<core::TicketId> ticket;  // None: the newest open one, or a new one.
  bool new_ticket = false;
  core::Content content;
  std::string channel_key;  // What the asker's channel calls the message; empty: nothing.
};
struct Asked {
  TicketView ticket;
  TicketMessageView message;
};
// TICKET_CLOSED, LIMIT_REACHED, RATE_LIMITED.
absl::StatusOr<Asked> AskSupport(WriteContext& cx, const AskInput& input);

// By id, or by the bridge key of a message of a support group.
using TicketRef = std::variant<core::TicketId, std::string>;
struct AnswerInput {
  core::Content content;
  std::string channel_key;  // What the team's channel calls the message; empty: nothing.
  std::string answered_by;  // Who of the team; empty: not said.
};
// By the team: tools, and adapters that know the bridge key. TICKET_CLOSED.
absl::StatusOr<TicketMessageView> AnswerTicket(WriteContext& cx, const TicketRef& ref,
                                               const AnswerInput& input);
// By its place, or by what the channel of who wrote it calls it.
using TicketMessageWhich = std::variant<storage::TicketMessageRef, std::string>;
// Gives a message of the caller, or of the team the caller speaks for, the text of `edited`, and
// keeps what it said before. TICKET_CLOSED, LIMIT_REACHED, UNREADABLE; NOT_FOUND: the caller wrote
// no such message.
absl::StatusOr<TicketMessageView> EditTicketMessage(WriteContext& cx,
                                                    const TicketMessageWhich& which,
                                                    const core::Content& edited);
// Of all messages of a ticket, by number and version.
absl::StatusOr<std::vector<MessageVersionView>> ListTicketMessageVersions(
    const ReadContext& cx, core::TicketId ticket,
    const std::optional<storage::VersionCursor>& after, int limit);
absl::StatusOr<TicketView> CloseTicket(WriteContext& cx, const TicketRef& ref);

absl::StatusOr<TicketView> GetTicket(const ReadContext& cx, core::TicketId id);
// Of an account, the newest first, from below `from`.
absl::StatusOr<std::vector<TicketView>> ListTicketsOf(const ReadContext& cx,
                                                      core::AccountId account,
                                                      std::optional<core::TicketId> from,
                                                      int limit);
// Of everybody; open ones the oldest first, closed ones the newest first, beyond `from`.
absl::StatusOr<std::vector<TicketView>> ListTickets(const ReadContext& cx, core::TicketState state,
                                                    std::optional<core::TicketId> from, int limit);
// The newest first; those with a number below `before`.
absl::StatusOr<std::vector<TicketMessageView>> ListTicketMessages(const ReadContext& cx,
                                                                  core::TicketId ticket,
                                                                  std::int64_t before, int limit);

absl::Status BridgeTicket(WriteContext& cx, core::TicketId ticket, const std::string& key);
absl::StatusOr<core::AccountId> ConnectSupportDesk(WriteContext& cx,
                                                   const EnsureAccountInput& input);
absl::Status DisconnectSupportDesk(WriteContext& cx, const core::Identity& identity);
struct SupportDeskView {
  core::Account account;
  core::Identity identity;
};
// By the account's id, from above `after`.
absl::StatusOr<std::vector<SupportDeskView>> ListSupportDesks(const ReadContext& cx,
                                                              std::optional<core::AccountId> after,
                                                              int limit);

// For notifications to their recipients. NOT_FOUND: it was erased.
absl::StatusOr<TicketView> ViewTicket(const ReadContext& cx, core::TicketId id);
absl::StatusOr<TicketMessageView> ViewTicketMessage(const ReadContext& cx, core::TicketId ticket,
                                                    std::int64_t number);

}  // namespace kalends::app
