// Support tickets: what customers ask the team that runs Kalends.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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
};

}  // namespace kalends::core
