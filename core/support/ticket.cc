#include "core/support/ticket.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/limits.h"

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

bool AwaitsAnswer(const Ticket& ticket, std::optional<TicketAuthor> last) {
  return ticket.state == TicketState::kOpen && last == TicketAuthor::kCustomer;
}

absl::Status CheckOpen(const Ticket& ticket) {
  if (ticket.state == TicketState::kClosed) return Error(Reason::kTicketClosed);
  return absl::OkStatus();
}

absl::Status CheckMayAsk(const Ticket* ticket, AccountId account) {
  if (ticket == nullptr || ticket->account != account) return Error(Reason::kNotFound);
  return CheckOpen(*ticket);
}

absl::Status CheckMayEdit(const TicketMessage* message, const Caller& caller) {
  if (message == nullptr) return Error(Reason::kNotFound);
  const bool mine = message->author == TicketAuthor::kTeam
                        ? IsBridge(caller)
                        : caller.account && message->account == caller.account;
  return mine ? absl::OkStatus() : Error(Reason::kNotFound);
}

bool IsBridge(const Caller& caller) {
  return !caller.account && (caller.scopes.Has(Scope::kAdapter) || SeesEverything(caller));
}

absl::Status CheckBridgeKey(std::string_view key) {
  const bool printable =
      std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (!key.empty() && key.size() <= kBridgeKeyBytesMax && printable) return absl::OkStatus();
  return InvalidField("bridge_key", "must have 1 to 100 printable ASCII characters");
}

}  // namespace kalends::core
