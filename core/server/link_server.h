// LinkService and PaymentService.
#pragma once

#include "core/server/calls.h"
#include "kalends/v1/link_service.grpc.pb.h"
#include "kalends/v1/payment_service.grpc.pb.h"

namespace kalends::server {

class LinkServer final : public v1::LinkService::CallbackService {
 public:
  explicit LinkServer(Calls& calls) : calls_(calls) {}

  Calls::Reactor* GetLink(Calls::Context* context, const v1::GetLinkRequest* request,
                          v1::Link* response) override;
  Calls::Reactor* ListLinks(Calls::Context* context, const v1::ListLinksRequest* request,
                            v1::ListLinksResponse* response) override;
  Calls::Reactor* RemoveLink(Calls::Context* context, const v1::RemoveLinkRequest* request,
                             v1::Link* response) override;
  Calls::Reactor* BlockLink(Calls::Context* context, const v1::BlockLinkRequest* request,
                            v1::Link* response) override;
  Calls::Reactor* UnblockLink(Calls::Context* context, const v1::UnblockLinkRequest* request,
                              v1::Link* response) override;

 private:
  Calls& calls_;
};

class PaymentServer final : public v1::PaymentService::CallbackService {
 public:
  explicit PaymentServer(Calls& calls) : calls_(calls) {}

  Calls::Reactor* CreatePayment(Calls::Context* context, const v1::CreatePaymentRequest* request,
                                v1::Payment* response) override;
  Calls::Reactor* ListPayments(Calls::Context* context, const v1::ListPaymentsRequest* request,
                               v1::ListPaymentsResponse* response) override;

 private:
  Calls& calls_;
};

}  // namespace kalends::server
