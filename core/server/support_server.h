#pragma once

#include "core/server/calls.h"
#include "kalends/v1/support_service.grpc.pb.h"

namespace kalends::server {

class SupportServer final : public v1::SupportService::CallbackService {
 public:
  explicit SupportServer(Calls& calls) : calls_(calls) {}

  Calls::Reactor* AskSupport(Calls::Context* context, const v1::AskSupportRequest* request,
                             v1::AskSupportResponse* response) override;
  Calls::Reactor* AnswerTicket(Calls::Context* context, const v1::AnswerTicketRequest* request,
                               v1::TicketMessage* response) override;
  Calls::Reactor* CloseTicket(Calls::Context* context, const v1::CloseTicketRequest* request,
                              v1::Ticket* response) override;
  Calls::Reactor* GetTicket(Calls::Context* context, const v1::GetTicketRequest* request,
                            v1::Ticket* response) override;
  Calls::Reactor* ListTickets(Calls::Context* context, const v1::ListTicketsRequest* request,
                              v1::ListTicketsResponse* response) override;
  Calls::Reactor* ListTicketMessages(Calls::Context* context,
                                     const v1::ListTicketMessagesRequest* request,
                                     v1::ListTicketMessagesResponse* response) override;
  Calls::Reactor* BridgeTicket(Calls::Context* context, const v1::BridgeTicketRequest* request,
                               v1::BridgeTicketResponse* response) override;
  Calls::Reactor* ConnectSupportDesk(Calls::Context* context,
                                     const v1::ConnectSupportDeskRequest* request,
                                     v1::ConnectSupportDeskResponse* response) override;
  Calls::Reactor* DisconnectSupportDesk(Calls::Context* context,
                                        const v1::DisconnectSupportDeskRequest* request,
                                        v1::DisconnectSupportDeskResponse* response) override;
  Calls::Reactor* ListSupportDesks(Calls::Context* context,
                                   const v1::ListSupportDesksRequest* request,
                                   v1::ListSupportDesksResponse* response) override;

 private:
  Calls& calls_;
};

}  // namespace kalends::server
