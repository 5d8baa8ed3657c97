
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/server/chat.h"
#include "core/server/chat_content.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/services.h"
#include "core/server/support.h"

namespace kalends::server {

std::string TicketMessageName(const storage::TicketMessageRef& ref) {
  return TicketName(ref.ticket) + "/messages/" + core::EncodeId(ref.number);
}

namespace {

constexpr std::string_view kTicketPattern = "tickets/*";
constexpr std::string_view kTicketMessagePattern = "tickets/*/messages/*";

absl::StatusOr<core::TicketId> DecodeTicket(std::string_view field, std::string_view name) {
  const auto parts = MatchName(kTicketPattern, name);
  const auto id = parts ? core::TicketId::Parse((*parts)[0]) : std::nullopt;
  if (!id) return BadName(field, kTicketPattern);
  return *id;
}

// AnswerTicket and CloseTicket name a ticket alike.
template <typename Request>
absl::StatusOr<app::TicketRef> DecodeRef(const Request& request) {
  if (request.has_bridge_key()) return app::TicketRef(request.bridge_key());
  ASSIGN_OR_RETURN(const core::TicketId id, DecodeTicket("name", request.name()));
  return app::TicketRef(id);
}

absl::Status AskSupport(app::WriteContext& cx, const v1::AskSupportRequest& request,
                        v1::AskSupportResponse* response) {
  app::AskInput input;
  if (!request.ticket().empty()) {
    ASSIGN_OR_RETURN(input.ticket, DecodeTicket("ticket", request.ticket()));
  }
  input.new_ticket = request.new_ticket();
  ASSIGN_OR_RETURN(input.content, DecodeContent(request.message()));
  input.channel_key = request.channel_key();
  ASSIGN_OR_RETURN(const app::Asked asked, app::AskSupport(cx, input));
  Encode(asked.ticket, response->mutable_ticket());
  Encode(asked.message, response->mutable_message());
  return absl::OkStatus();
}

TicketListing TicketsBy(decltype(TicketListing::load) load) {
  return {std::move(load), [](const app::TicketView& view) { return view.ticket.id; },
          [](const app::ReadContext&, const app::TicketView& view, v1::Ticket* message) {
            Encode(view, message);
          }};
}

absl::StatusOr<TicketListing> ListTickets(const app::ReadContext& cx,
                                          const v1::ListTicketsRequest& request) {
  if (!request.parent().empty()) {
    if (request.state() != v1::Ticket::STATE_UNSPECIFIED) {
      return core::InvalidField("state", "must be unspecified with a parent");
    }
    ASSIGN_OR_RETURN(const auto account, DecodeAccount(cx, "parent", request.parent()));
    return TicketsOf(account);
  }
  const auto state = request.state() == v1::Ticket::STATE_CLOSED ? core::TicketState::kClosed
                                                                 : core::TicketState::kOpen;
  return TicketsBy([=](const app::ReadContext& read, const auto& from, int limit) {
    return app::ListTickets(read, state, from, limit);
  });
}

using DeskListing = Listing<app::SupportDeskView, core::AccountId, v1::SupportDesk>;
absl::StatusOr<DeskListing> ListSupportDesks(const app::ReadContext&,
                                             const v1::ListSupportDesksRequest&) {
  return DeskListing{
      [](const app::ReadContext& cx, const auto& after, int limit) {
        return app::ListSupportDesks(cx, after, limit);
      },
      [](const app::SupportDeskView& view) { return view.account.id; },
      [](const app::ReadContext&, const app::SupportDeskView& view, v1::SupportDesk* desk) {
        desk->set_identity(view.identity.ToString());
        desk->set_account(AccountName(view.account.id));
        desk->set_display_name(view.account.display_name);
      }};
}

absl::StatusOr<TicketMessageListing> ListTicketMessages(
    const app::ReadContext&, const v1::ListTicketMessagesRequest& request) {
  ASSIGN_OR_RETURN(const core::TicketId ticket, DecodeTicket("parent", request.parent()));
  return TicketMessagesOf(ticket);
}

absl::StatusOr<core::Identity> DecodeIdentity(const std::string& text) {
  auto identity = core::Identity::Parse(text);
  if (!identity) return core::InvalidField("identity", "must be channel:id, such as telegram:4711");
  return *std::move(identity);
}

absl::Status ConnectSupportDesk(app::WriteContext& cx, const v1::ConnectSupportDeskRequest& request,
                                v1::ConnectSupportDeskResponse* response) {
  app::EnsureAccountInput input;
  ASSIGN_OR_RETURN(input.identity, DecodeIdentity(request.identity()));
  input.display_name = TidyName(request.display_name(), input.identity.address);
  input.language_tag = request.language_code();
  ASSIGN_OR_RETURN(const auto account, app::ConnectSupportDesk(cx, input));
  response->set_account(AccountName(account));
  return absl::OkStatus();
}

absl::Status AnswerTicket(app::WriteContext& cx, const v1::AnswerTicketRequest& request,
                          v1::TicketMessage* response) {
  ASSIGN_OR_RETURN(const auto ref, DecodeRef(request));
  app::AnswerInput input;
  ASSIGN_OR_RETURN(input.content, DecodeContent(request.message()));
  input.channel_key = request.channel_key();
  input.answered_by = TidyName(request.answered_by(), "");
  ASSIGN_OR_RETURN(const auto view, app::AnswerTicket(cx, ref, input));
  Encode(view, response);
  return absl::OkStatus();
}

absl::StatusOr<storage::TicketMessageRef> DecodeTicketMessage(std::string_view name) {
  const auto parts = MatchName(kTicketMessagePattern, name);
  const auto id = parts ? core::TicketId::Parse((*parts)[0]) : std::nullopt;
  const auto number = parts ? core::DecodeId((*parts)[1]) : std::nullopt;
  if (!id || !number) return BadName("name", kTicketMessagePattern);
  return storage::TicketMessageRef{*id, *number};
}

absl::Status EditTicketMessage(app::WriteContext& cx, const v1::EditTicketMessageRequest& request,
                               v1::TicketMessage* response) {
  app::TicketMessageWhich which = request.channel_key();
  if (!request.has_channel_key()) {
    ASSIGN_OR_RETURN(which, DecodeTicketMessage(request.name()));
  }
  ASSIGN_OR_RETURN(const auto content, DecodeContent(request.message()));
  ASSIGN_OR_RETURN(const auto view, app::EditTicketMessage(cx, which, content));
  Encode(view, response);
  return absl::OkStatus();
}

MessageVersionListing VersionsOf(core::TicketId ticket) {
  return {[=](const app::ReadContext& cx, const auto& after, int limit) {
            return app::ListTicketMessageVersions(cx, ticket, after, limit);
          },
          PlaceOfVersion,
          [=](const app::ReadContext&, const app::MessageVersionView& view,
              v1::MessageVersion* message) {
            EncodeVersion(TicketMessageName({ticket, view.version.number}), view, message);
          }};
}

absl::StatusOr<MessageVersionListing> ListTicketMessageVersions(
    const app::ReadContext&, const v1::ListTicketMessageVersionsRequest& request) {
  ASSIGN_OR_RETURN(const core::TicketId ticket, DecodeTicket("parent", request.parent()));
  return VersionsOf(ticket);
}

absl::Status CloseTicket(app::WriteContext& cx, const v1::CloseTicketRequest& request,
                         v1::Ticket* response) {
  ASSIGN_OR_RETURN(const auto ref, DecodeRef(request));
  ASSIGN_OR_RETURN(const auto view, app::CloseTicket(cx, ref));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status GetTicket(const app::ReadContext& cx, const v1::GetTicketRequest& request,
                       v1::Ticket* response) {
  ASSIGN_OR_RETURN(const auto id, DecodeTicket("name", request.name()));
  ASSIGN_OR_RETURN(const auto view, app::GetTicket(cx, id));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status BridgeTicket(app::WriteContext& cx, const v1::BridgeTicketRequest& request,
                          v1::BridgeTicketResponse*) {
  ASSIGN_OR_RETURN(const auto id, DecodeTicket("name", request.name()));
  return app::BridgeTicket(cx, id, request.bridge_key());
}

absl::Status DisconnectSupportDesk(app::WriteContext& cx,
                                   const v1::DisconnectSupportDeskRequest& request,
                                   v1::DisconnectSupportDeskResponse*) {
  ASSIGN_OR_RETURN(const auto identity, DecodeIdentity(request.identity()));
  return app::DisconnectSupportDesk(cx, identity);
}

}  // namespace

std::string TicketName(core::TicketId id) { return "tickets/" + id.ToString(); }

void Encode(const app::TicketView& view, v1::Ticket* message) {
  const core::Ticket& ticket = view.ticket;
  message->set_name(TicketName(ticket.id));
  message->set_account(AccountName(ticket.account));
  message->set_account_display_name(view.account_name);
  message->set_state(ticket.state == core::TicketState::kOpen ? v1::Ticket::STATE_OPEN
                                                              : v1::Ticket::STATE_CLOSED);
  *message->mutable_create_time() = EncodeInstant(ticket.created);
  *message->mutable_update_time() = EncodeInstant(ticket.updated);
  message->set_awaits_answer(view.awaits_answer);
}

void Encode(const app::TicketMessageView& view, v1::TicketMessage* message) {
  message->set_name(TicketMessageName({view.message.ticket, view.message.number}));
  message->set_author(view.message.author == core::TicketAuthor::kCustomer
                          ? v1::TicketMessage::AUTHOR_CUSTOMER
                          : v1::TicketMessage::AUTHOR_TEAM);
  EncodeContent(view.content, message);
  *message->mutable_create_time() = EncodeInstant(view.message.created);
  if (view.message.edited) *message->mutable_edit_time() = EncodeInstant(*view.message.edited);
  message->set_answered_by(view.answered_by);
}

TicketListing TicketsOf(core::AccountId account) {
  return TicketsBy([=](const app::ReadContext& cx, const auto& from, int limit) {
    return app::ListTicketsOf(cx, account, from, limit);
  });
}

TicketMessageListing TicketMessagesOf(core::TicketId ticket) {
  return {[=](const app::ReadContext& cx, const auto& before, int limit) {
            return app::ListTicketMessages(cx, ticket, before.value_or(kFromTheLast), limit);
          },
          [](const app::TicketMessageView& view) { return view.message.number; },
          [](const app::ReadContext&, const app::TicketMessageView& view,
             v1::TicketMessage* message) { Encode(view, message); }};
}

namespace {

// Without who of the team answered, whoever asks for the export: it is the customer's.
TicketMessageListing TicketMessagesForExport(core::TicketId ticket) {
  TicketMessageListing listing = TicketMessagesOf(ticket);
  listing.encode = [](const app::ReadContext&, const app::TicketMessageView& view,
                      v1::TicketMessage* message) {
    Encode(view, message);
    message->clear_answered_by();
  };
  return listing;
}

}  // namespace

extern constinit const SubjectExport kSupportExport{.of_customer = [](core::AccountId customer)
                                                        -> std::vector<ExportSection> {
  return {
      {"support/tickets.json", "Questions to support.", {"tickets"}, Pages(TicketsOf(customer))},
      {"support/messages.json",
       "What was written about them.",
       {"ticket_messages"},
       Pages(Nested(
           TicketsOf(customer),
           [](const app::TicketView& view) { return TicketMessagesForExport(view.ticket.id); }))},
      {"support/message_versions.json",
       "What it said before it was edited.",
       {"ticket_message_versions"},
       Pages(Nested(TicketsOf(customer),
                    [](const app::TicketView& view) { return VersionsOf(view.ticket.id); }))}};
}};

Served MakeSupportService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.SupportService")
      .Write(AskSupport)
      .Write(AnswerTicket)
      .Write(EditTicketMessage)
      .List(ListTicketMessageVersions)
      .Write(CloseTicket)
      .Read(GetTicket)
      .List(ListTickets)
      .List(ListTicketMessages)
      .Write(BridgeTicket)
      .WriteOnce(ConnectSupportDesk)
      .WriteOnce(DisconnectSupportDesk)
      .List(ListSupportDesks)
      .Build();
}

}  // namespace kalends::server
