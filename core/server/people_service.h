// AccountService, ProviderService and InvitationService.
#pragma once

#include "core/server/calls.h"
#include "kalends/v1/account_service.grpc.pb.h"
#include "kalends/v1/invitation_service.grpc.pb.h"
#include "kalends/v1/provider_service.grpc.pb.h"

namespace kalends::server {

class AccountServer final : public v1::AccountService::CallbackService {
 public:
  explicit AccountServer(Calls& calls) : calls_(calls) {}

  Calls::Reactor* EnsureAccount(Calls::Context* context, const v1::EnsureAccountRequest* request,
                                v1::Account* response) override;
  Calls::Reactor* GetAccount(Calls::Context* context, const v1::GetAccountRequest* request,
                             v1::Account* response) override;
  Calls::Reactor* UpdateAccount(Calls::Context* context, const v1::UpdateAccountRequest* request,
                                v1::Account* response) override;
  Calls::Reactor* ListUtcOffsets(Calls::Context* context, const v1::ListUtcOffsetsRequest* request,
                                 v1::ListUtcOffsetsResponse* response) override;
  Calls::Reactor* SearchTimeZones(Calls::Context* context,
                                  const v1::SearchTimeZonesRequest* request,
                                  v1::SearchTimeZonesResponse* response) override;
  Calls::Reactor* RegisterProvider(Calls::Context* context,
                                   const v1::RegisterProviderRequest* request,
                                   v1::Provider* response) override;

 private:
  Calls& calls_;
};

class ProviderServer final : public v1::ProviderService::CallbackService {
 public:
  explicit ProviderServer(Calls& calls) : calls_(calls) {}

  Calls::Reactor* GetProvider(Calls::Context* context, const v1::GetProviderRequest* request,
                              v1::Provider* response) override;
  Calls::Reactor* UpdateProvider(Calls::Context* context, const v1::UpdateProviderRequest* request,
                                 v1::Provider* response) override;
  Calls::Reactor* ListProviders(Calls::Context* context, const v1::ListProvidersRequest* request,
                                v1::ListProvidersResponse* response) override;

 private:
  Calls& calls_;
};

class InvitationServer final : public v1::InvitationService::CallbackService {
 public:
  explicit InvitationServer(Calls& calls) : calls_(calls) {}

  Calls::Reactor* CreateInvitation(Calls::Context* context,
                                   const v1::CreateInvitationRequest* request,
                                   v1::Invitation* response) override;
  Calls::Reactor* GetInvitation(Calls::Context* context, const v1::GetInvitationRequest* request,
                                v1::Invitation* response) override;
  Calls::Reactor* ListInvitations(Calls::Context* context,
                                  const v1::ListInvitationsRequest* request,
                                  v1::ListInvitationsResponse* response) override;
  Calls::Reactor* RevokeInvitation(Calls::Context* context,
                                   const v1::RevokeInvitationRequest* request,
                                   v1::Invitation* response) override;
  Calls::Reactor* RedeemInvitation(Calls::Context* context,
                                   const v1::RedeemInvitationRequest* request,
                                   v1::RedeemInvitationResponse* response) override;

 private:
  Calls& calls_;
};

}  // namespace kalends::server
