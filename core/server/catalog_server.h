#pragma once

#include "core/server/calls.h"
#include "kalends/v1/catalog_service.grpc.pb.h"

namespace kalends::server {

class CatalogServer final : public v1::CatalogService::CallbackService {
 public:
  explicit CatalogServer(Calls& calls) : calls_(calls) {}

  Calls::Reactor* CreateService(Calls::Context* context, const v1::CreateServiceRequest* request,
                                v1::Service* response) override;
  Calls::Reactor* GetService(Calls::Context* context, const v1::GetServiceRequest* request,
                             v1::Service* response) override;
  Calls::Reactor* ListServices(Calls::Context* context, const v1::ListServicesRequest* request,
                               v1::ListServicesResponse* response) override;
  Calls::Reactor* UpdateService(Calls::Context* context, const v1::UpdateServiceRequest* request,
                                v1::Service* response) override;
  Calls::Reactor* ArchiveService(Calls::Context* context, const v1::ArchiveServiceRequest* request,
                                 v1::Service* response) override;

 private:
  Calls& calls_;
};

}  // namespace kalends::server
