// Support tickets: what customers ask the team that runs Kalends.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "core/access/access.h"
#include "core/base/id.h"
#include "core/base/time.h"

namespace kalends::core {

enum class TicketState { kOpen, kClosed };
enum class TicketAuthor { kCustomer, kTeam };
// "OPEN", "TEAM" and so on: the names in the database.
std::string_view NameOf(TicketState state);
std::optional<TicketState> ParseTicketState(std::string_view name);
std::string_view NameOf(TicketAuthor author);
std::optional<TicketAuthor> ParseTicketAuthor(std::string_view name);

struct Ticket {
  TicketId id;
  AccountId account;  // Who asks.
  TicketState state = TicketState::kOpen;
  std::int64_t last_number = 0;
  Instant created;
  Instant updated;
  std::int64_t version = 1;
};

// Numbered 1, 2, 3 within the ticket.
struct TicketMessage {
  TicketId ticket;
  std::int64_t number = 0;
  TicketAuthor author = TicketAuthor::kCustomer;
  std::optional<AccountId> account;  // Of a customer; none: the team.
  std::string content;               // Sealed.
  Instant created;
  std::optional<Instant> edited = std::nullopt;  // When its text was last changed.
  std::string answered_by = {};                  // Sealed: who of the team. Empty: nobody said.
};

// Whether it is open and the customer had the last word; `last` wrote it (none: nobody did).
bool AwaitsAnswer(const Ticket& ticket, std::optional<TicketAuthor> last);

// Whether the caller may change `message` (nullptr: there is none): a customer its own, and whoever
// answers for the team what that wrote. NOT_FOUND.
absl::Status CheckMayEdit(const TicketMessage* message, const Caller& caller);

// Whether a ticket takes another message: TICKET_CLOSED.
absl::Status CheckOpen(const Ticket& ticket);
// Whether `account` may ask in `ticket`; nullptr: there is none. NOT_FOUND, TICKET_CLOSED.
absl::Status CheckMayAsk(const Ticket* ticket, AccountId account);

// Whether the caller speaks for a support group: tools, and adapters, only where they act for
// nobody.
bool IsBridge(const Caller& caller);
// What an adapter calls a message of its group: 1 to kBridgeKeyBytesMax printable ASCII characters.
// INVALID_FIELD.
absl::Status CheckBridgeKey(std::string_view key);

}  // namespace kalends::core
