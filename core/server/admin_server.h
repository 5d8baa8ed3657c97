// AdminService and SessionService.
#pragma once

#include "core/server/calls.h"
#include "kalends/v1/admin_service.grpc.pb.h"
#include "kalends/v1/session_service.grpc.pb.h"

namespace kalends::server {

class AdminServer final : public v1::AdminService::CallbackService {
 public:
  AdminServer(Calls& calls, core::Instant started) : calls_(calls), started_(started) {}

  Calls::Reactor* CreateApiKey(Calls::Context* context, const v1::CreateApiKeyRequest* request,
                               v1::CreateApiKeyResponse* response) override;
  Calls::Reactor* ListApiKeys(Calls::Context* context, const v1::ListApiKeysRequest* request,
                              v1::ListApiKeysResponse* response) override;
  Calls::Reactor* RevokeApiKey(Calls::Context* context, const v1::RevokeApiKeyRequest* request,
                               v1::ApiKey* response) override;
  Calls::Reactor* RotateMasterKey(Calls::Context* context,
                                  const v1::RotateMasterKeyRequest* request,
                                  v1::RotateMasterKeyResponse* response) override;
  Calls::Reactor* RewrapDocumentKeys(Calls::Context* context,
                                     const v1::RewrapDocumentKeysRequest* request,
                                     v1::RewrapDocumentKeysResponse* response) override;
  Calls::Reactor* GetServerStats(Calls::Context* context, const v1::GetServerStatsRequest* request,
                                 v1::ServerStats* response) override;

 private:
  Calls& calls_;
  const core::Instant started_;
};

class SessionServer final : public v1::SessionService::CallbackService {
 public:
  explicit SessionServer(Calls& calls) : calls_(calls) {}

  Calls::Reactor* GetSession(Calls::Context* context, const v1::GetSessionRequest* request,
                             v1::Session* response) override;
  Calls::Reactor* UpdateSession(Calls::Context* context, const v1::UpdateSessionRequest* request,
                                v1::Session* response) override;

 private:
  Calls& calls_;
};

}  // namespace kalends::server
