#include <memory>
#include <vector>

#include "kalends/v1/support_service.pb.h"
#include "tools/kalends/listing.h"
#include "tools/kalends/ticket.h"

namespace kalends::cli {
namespace {

// The core gives the newest first; people read from the first question on. A ticket has as many
// messages as people wrote by hand.
absl::StatusOr<std::vector<v1::TicketMessage>> MessagesOf(const Connection& core,
                                                          const std::string& ticket) {
  std::vector<v1::TicketMessage> messages;
  v1::ListTicketMessagesRequest request;
  request.set_parent(ticket);
  RETURN_IF_ERROR(EachPage<v1::ListTicketMessagesResponse>(
      core, request, "", 0, [&](const v1::ListTicketMessagesResponse& page) {
        messages.insert(messages.end(), page.messages().begin(), page.messages().end());
      }));
  return std::vector<v1::TicketMessage>(messages.rbegin(), messages.rend());
}

std::string MessageText(const v1::TicketMessage& message, const std::string& customer,
                        const core::TimeZone& zone) {
  const bool asked = message.author() == v1::TicketMessage::AUTHOR_CUSTOMER;
  const std::string member = message.answered_by().empty() ? "" : ", " + message.answered_by();
  std::string text = fmt::format(
      "\n{}  {}{}\n", TimeIn(zone, message.create_time()),
      OneLine(asked ? customer : "the team" + member),
      message.has_edit_time() ? "  (edited " + TimeIn(zone, message.edit_time()) + ")" : "");
  if (!message.text().empty()) text += Indented(message.text(), "  ") + "\n";
  if (message.attachments_size() > 0) {
    text += fmt::format("  attachments: {}\n", message.attachments_size());
  }
  for (const std::string& field : message.unreadable_fields()) {
    text += fmt::format("  damaged where it is stored: {}\n", OneLine(field));
  }
  return text;
}

}  // namespace

Work ShowTicket(CLI::App& command, Arguments&) {
  auto name = std::make_shared<std::string>();
  command.add_option("TICKET", *name, "tickets/...")->required();
  return [name](Context& context) -> absl::StatusOr<int> {
    ASSIGN_OR_RETURN(const core::TimeZone zone, context.Zone());
    ASSIGN_OR_RETURN(const Connection* const core, context.Core());
    v1::GetTicketRequest request;
    request.set_name(*name);
    ASSIGN_OR_RETURN(const v1::Ticket ticket, core->Call<v1::Ticket>(request));
    ASSIGN_OR_RETURN(const auto messages, MessagesOf(*core, ticket.name()));
    if (context.said().json) {
      fmt::print("{}\n", JsonLine(ticket));
      for (const v1::TicketMessage& message : messages) fmt::print("{}\n", JsonLine(message));
      return 0;
    }
    Facts facts;
    facts.Add("ticket", ticket.name());
    facts.Add("state", WordOf(v1::Ticket::State_Name(ticket.state()), "STATE_"));
    facts.Add("account", ticket.account() + "  " + ticket.account_display_name());
    facts.Add("asked", TimeIn(zone, ticket.create_time()));
    fmt::print("{}", facts.Text());
    for (const v1::TicketMessage& message : messages) {
      fmt::print("{}", MessageText(message, ticket.account_display_name(), zone));
    }
    return 0;
  };
}

}  // namespace kalends::cli
