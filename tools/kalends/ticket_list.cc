#include <memory>

#include "kalends/v1/support_service.pb.h"
#include "tools/kalends/listing.h"
#include "tools/kalends/person.h"
#include "tools/kalends/ticket.h"

namespace kalends::cli {
namespace {

struct TicketList {
  std::string account;
  bool closed = false;
  Limit limit = 0;
};

std::string StateText(const v1::Ticket& ticket) {
  if (ticket.state() == v1::Ticket::STATE_CLOSED) return "closed";
  return ticket.awaits_answer() ? "awaits answer" : "open";
}

}  // namespace

Work ListTickets(CLI::App& command, Arguments&) {
  auto wanted = std::make_shared<TicketList>();
  CLI::Option* const account = command.add_option(
      "--account", wanted->account, "All of accounts/..., or of an identity, the newest first");
  command.add_flag("--closed", wanted->closed, "The closed ones of everybody, the newest first")
      ->excludes(account);
  AddLimit(command, wanted->limit);
  return [wanted](Context& context) -> absl::StatusOr<int> {
    ASSIGN_OR_RETURN(const core::TimeZone zone, context.Zone());
    const Person person =
        wanted->account.empty() ? Person() : PersonOf(wanted->account, "accounts");
    v1::ListTicketsRequest request;
    request.set_parent(person.name);
    if (wanted->closed) request.set_state(v1::Ticket::STATE_CLOSED);
    return PrintList<v1::ListTicketsResponse>(
        context, request, person.account, wanted->limit,
        {"TICKET", "STATE", "ASKED", "CHANGED", "ACCOUNT", "NAME"},
        [](const auto& answer) -> const auto& { return answer.tickets(); },
        [&](const v1::Ticket& ticket) {
          return std::vector<std::string>{ticket.name(),
                                          StateText(ticket),
                                          TimeIn(zone, ticket.create_time()),
                                          TimeIn(zone, ticket.update_time()),
                                          ticket.account(),
                                          ticket.account_display_name()};
        });
  };
}

}  // namespace kalends::cli
