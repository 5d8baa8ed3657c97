#include "core/support/ticket.h"

namespace kalends::core {

std::string_view NameOf(TicketState state) {
  return state == TicketState::kOpen ? "OPEN" : "CLOSED";
}

std::optional<TicketState> ParseTicketState(std::string_view name) {
  if (name == "OPEN") return TicketState::kOpen;
  if (name == "CLOSED") return TicketState::kClosed;
  return std::nullopt;
}

std::string_view NameOf(TicketAuthor author) {
  return author == TicketAuthor::kCustomer ? "CUSTOMER" : "TEAM";
}

std::optional<TicketAuthor> ParseTicketAuthor(std::string_view name) {
  if (name == "CUSTOMER") return TicketAuthor::kCustomer;
  if (name == "TEAM") return TicketAuthor::kTeam;
  return std::nullopt;
}

}  // namespace kalends::core
