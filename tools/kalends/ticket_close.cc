#include <memory>

#include "kalends/v1/support_service.pb.h"
#include "tools/kalends/listing.h"
#include "tools/kalends/ticket.h"

namespace kalends::cli {

Work CloseTicket(CLI::App& command, Arguments&) {
  auto name = std::make_shared<std::string>();
  command.add_option("TICKET", *name, "tickets/...")->required();
  return [name](Context& context) -> absl::StatusOr<int> {
    ASSIGN_OR_RETURN(const Connection* const core, context.Core());
    v1::CloseTicketRequest request;
    request.set_name(*name);
    request.set_request_id(NewRequestId());
    ASSIGN_OR_RETURN(const auto ticket, core->Call<v1::Ticket>(request));
    fmt::print("{}\n", context.said().json ? JsonLine(ticket) : ticket.name() + " is closed.");
    return 0;
  };
}

}  // namespace kalends::cli
