#include "core/server/support_server.h"

#include <limits>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/encode_talk.h"

namespace kalends::server {
namespace {

constexpr std::string_view kPattern = "tickets/*";

absl::StatusOr<core::TicketId> DecodeTicket(std::string_view field, std::string_view name) {
  const auto parts = MatchName(kPattern, name);
  const auto id = parts ? core::TicketId::Parse((*parts)[0]) : std::nullopt;
  if (!id) return BadName(field, kPattern);
  return *id;
}

// AnswerTicket and CloseTicket name a ticket alike.
template <typename Request>
absl::StatusOr<app::TicketRef> DecodeRef(const Request& request) {
  if (request.has_bridge_key()) return app::TicketRef(request.bridge_key());
  ASSIGN_OR_RETURN(const core::TicketId id, DecodeTicket("name", request.name()));
  return app::TicketRef(id);
}

absl::Status Ask(app::WriteContext& cx, const v1::AskSupportRequest& request,
                 v1::AskSupportResponse* response) {
  app::AskInput input;
  if (!request.ticket().empty()) {
    ASSIGN_OR_RETURN(input.ticket, DecodeTicket("ticket", request.ticket()));
  }
  input.new_ticket = request.new_ticket();
  ASSIGN_OR_RETURN(input.content, DecodeContent(request.message()));
  ASSIGN_OR_RETURN(const app::Asked asked, app::AskSupport(cx, input));
  Encode(asked.ticket, response->mutable_ticket());
  Encode(asked.message, response->mutable_message());
  return absl::OkStatus();
}

absl::StatusOr<std::vector<app::TicketView>> FindTickets(const app::ReadContext& cx,
                                                         const v1::ListTicketsRequest& request,
                                                         std::optional<core::TicketId> from,
                                                         int limit) {
  if (!request.parent().empty()) {
    if (request.state() != v1::Ticket::STATE_UNSPECIFIED) {
      return core::InvalidField("state", "must be unspecified with a parent");
    }
    ASSIGN_OR_RETURN(const auto account, DecodeAccount(cx, "parent", request.parent()));
    return app::ListTicketsOf(cx, account, from, limit);
  }
  switch (request.state()) {
    case v1::Ticket::STATE_UNSPECIFIED:
    case v1::Ticket::STATE_OPEN:
      return app::ListTickets(cx, core::TicketState::kOpen, from, limit);
    case v1::Ticket::STATE_CLOSED:
      return app::ListTickets(cx, core::TicketState::kClosed, from, limit);
    default:
      return core::InvalidField("state", "must be one of the enum");
  }
}

absl::Status List(const app::ReadContext& cx, const v1::ListTicketsRequest& request,
                  v1::ListTicketsResponse* response) {
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  const std::string list =
      "ListTickets " + request.parent() + " " + std::to_string(request.state());
  ASSIGN_OR_RETURN(const auto place, DecodePageToken(list, request.page_token(), 1));
  std::optional<core::TicketId> from;
  if (place) {
    from = core::TicketId::Parse((*place)[0]);
    if (!from) return core::Error(core::Reason::kInvalidPageToken);
  }
  ASSIGN_OR_RETURN(const auto views, FindTickets(cx, request, from, limit + 1));
  for (const app::TicketView& view : views) {
    if (response->tickets_size() == limit) {
      const auto& last = views[static_cast<std::size_t>(limit) - 1];
      response->set_next_page_token(EncodePageToken(list, {last.ticket.id.ToString()}));
      break;
    }
    Encode(view, response->add_tickets());
  }
  return absl::OkStatus();
}

absl::Status ListDesks(const app::ReadContext& cx, const v1::ListSupportDesksRequest& request,
                       v1::ListSupportDesksResponse* response) {
  constexpr std::string_view kList = "ListSupportDesks";
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  ASSIGN_OR_RETURN(const auto place, DecodePageToken(kList, request.page_token(), 1));
  std::optional<core::AccountId> after;
  if (place) {
    after = core::AccountId::Parse((*place)[0]);
    if (!after) return core::Error(core::Reason::kInvalidPageToken);
  }
  ASSIGN_OR_RETURN(const auto views, app::ListSupportDesks(cx, after, limit + 1));
  for (const app::SupportDeskView& view : views) {
    if (response->desks_size() == limit) {
      const auto& last = views[static_cast<std::size_t>(limit) - 1];
      response->set_next_page_token(EncodePageToken(kList, {last.account.id.ToString()}));
      break;
    }
    v1::SupportDesk& desk = *response->add_desks();
    desk.set_identity(view.identity.ToString());
    desk.set_account(AccountName(view.account.id));
    desk.set_display_name(view.account.display_name);
  }
  return absl::OkStatus();
}

absl::Status ListMessages(const app::ReadContext& cx, const v1::ListTicketMessagesRequest& request,
                          v1::ListTicketMessagesResponse* response) {
  ASSIGN_OR_RETURN(const core::TicketId ticket, DecodeTicket("parent", request.parent()));
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  const std::string list = "ListTicketMessages " + request.parent();
  ASSIGN_OR_RETURN(const auto place, DecodePageToken(list, request.page_token(), 1));
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  if (place) {
    ASSIGN_OR_RETURN(before, TokenNumber((*place)[0]));
  }
  ASSIGN_OR_RETURN(const auto views, app::ListTicketMessages(cx, ticket, before, limit + 1));
  for (const app::TicketMessageView& view : views) {
    if (response->messages_size() == limit) {
      const auto& last = views[static_cast<std::size_t>(limit) - 1];
      response->set_next_page_token(EncodePageToken(list, {std::to_string(last.message.number)}));
      break;
    }
    Encode(view, response->add_messages());
  }
  return absl::OkStatus();
}

absl::StatusOr<core::Identity> DecodeIdentity(const std::string& text) {
  auto identity = core::Identity::Parse(text);
  if (!identity) return core::InvalidField("identity", "must be channel:id, such as telegram:4711");
  return *std::move(identity);
}

absl::Status Connect(app::WriteContext& cx, const v1::ConnectSupportDeskRequest& request,
                     v1::ConnectSupportDeskResponse* response) {
  app::EnsureAccountInput input;
  ASSIGN_OR_RETURN(input.identity, DecodeIdentity(request.identity()));
  input.display_name = TidyText(request.display_name(), core::kNameCharsMax);
  input.language_tag = request.language_code();
  ASSIGN_OR_RETURN(const auto account, app::ConnectSupportDesk(cx, input));
  response->set_account(AccountName(account));
  return absl::OkStatus();
}

}  // namespace

Calls::Reactor* SupportServer::AskSupport(Calls::Context* context,
                                          const v1::AskSupportRequest* request,
                                          v1::AskSupportResponse* response) {
  return calls_.Write(context, "kalends.v1.SupportService.AskSupport", request, response,
                      [=](app::WriteContext& cx) { return Ask(cx, *request, response); });
}

Calls::Reactor* SupportServer::AnswerTicket(Calls::Context* context,
                                            const v1::AnswerTicketRequest* request,
                                            v1::TicketMessage* response) {
  return calls_.Write(context, "kalends.v1.SupportService.AnswerTicket", request, response,
                      [=](app::WriteContext& cx) -> absl::Status {
                        ASSIGN_OR_RETURN(const auto ref, DecodeRef(*request));
                        ASSIGN_OR_RETURN(const auto content, DecodeContent(request->message()));
                        ASSIGN_OR_RETURN(const auto view, app::AnswerTicket(cx, ref, content));
                        Encode(view, response);
                        return absl::OkStatus();
                      });
}

Calls::Reactor* SupportServer::CloseTicket(Calls::Context* context,
                                           const v1::CloseTicketRequest* request,
                                           v1::Ticket* response) {
  return calls_.Write(context, "kalends.v1.SupportService.CloseTicket", request, response,
                      [=](app::WriteContext& cx) -> absl::Status {
                        ASSIGN_OR_RETURN(const auto ref, DecodeRef(*request));
                        ASSIGN_OR_RETURN(const auto view, app::CloseTicket(cx, ref));
                        Encode(view, response);
                        return absl::OkStatus();
                      });
}

Calls::Reactor* SupportServer::GetTicket(Calls::Context* context,
                                         const v1::GetTicketRequest* request,
                                         v1::Ticket* response) {
  return calls_.Read(context, "kalends.v1.SupportService.GetTicket",
                     [&](const app::ReadContext& cx) -> absl::Status {
                       ASSIGN_OR_RETURN(const auto id, DecodeTicket("name", request->name()));
                       ASSIGN_OR_RETURN(const auto view, app::GetTicket(cx, id));
                       Encode(view, response);
                       return absl::OkStatus();
                     });
}

Calls::Reactor* SupportServer::ListTickets(Calls::Context* context,
                                           const v1::ListTicketsRequest* request,
                                           v1::ListTicketsResponse* response) {
  return calls_.Read(context, "kalends.v1.SupportService.ListTickets",
                     [&](const app::ReadContext& cx) { return List(cx, *request, response); });
}

Calls::Reactor* SupportServer::ListTicketMessages(Calls::Context* context,
                                                  const v1::ListTicketMessagesRequest* request,
                                                  v1::ListTicketMessagesResponse* response) {
  return calls_.Read(
      context, "kalends.v1.SupportService.ListTicketMessages",
      [&](const app::ReadContext& cx) { return ListMessages(cx, *request, response); });
}

Calls::Reactor* SupportServer::BridgeTicket(Calls::Context* context,
                                            const v1::BridgeTicketRequest* request,
                                            v1::BridgeTicketResponse* response) {
  return calls_.Write(context, "kalends.v1.SupportService.BridgeTicket", request, response,
                      [=](app::WriteContext& cx) -> absl::Status {
                        ASSIGN_OR_RETURN(const auto id, DecodeTicket("name", request->name()));
                        return app::BridgeTicket(cx, id, request->bridge_key());
                      });
}

Calls::Reactor* SupportServer::ConnectSupportDesk(Calls::Context* context,
                                                  const v1::ConnectSupportDeskRequest* request,
                                                  v1::ConnectSupportDeskResponse* response) {
  return calls_.WriteOnce(context, "kalends.v1.SupportService.ConnectSupportDesk",
                          [=](app::WriteContext& cx) { return Connect(cx, *request, response); });
}

Calls::Reactor* SupportServer::DisconnectSupportDesk(
    Calls::Context* context, const v1::DisconnectSupportDeskRequest* request,
    v1::DisconnectSupportDeskResponse*) {
  return calls_.WriteOnce(context, "kalends.v1.SupportService.DisconnectSupportDesk",
                          [=](app::WriteContext& cx) -> absl::Status {
                            ASSIGN_OR_RETURN(const auto identity,
                                             DecodeIdentity(request->identity()));
                            return app::DisconnectSupportDesk(cx, identity);
                          });
}

Calls::Reactor* SupportServer::ListSupportDesks(Calls::Context* context,
                                                const v1::ListSupportDesksRequest* request,
                                                v1::ListSupportDesksResponse* response) {
  return calls_.Read(context, "kalends.v1.SupportService.ListSupportDesks",
                     [&](const app::ReadContext& cx) { return ListDesks(cx, *request, response); });
}

}  // namespace kalends::server
