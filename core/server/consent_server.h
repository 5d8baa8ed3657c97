#pragma once

#include "core/server/transfers.h"
#include "kalends/v1/consent_service.grpc.pb.h"

namespace kalends::server {

class ConsentServer final : public v1::ConsentService::CallbackService {
 public:
  ConsentServer(Calls& calls, Transfers& transfers) : calls_(calls), transfers_(transfers) {}

  grpc::ServerReadReactor<v1::PublishConsentDocumentRequest>* PublishConsentDocument(
      Calls::Context* context, v1::ConsentDocument* response) override;
  grpc::ServerReadReactor<v1::PublishConsentVersionRequest>* PublishConsentVersion(
      Calls::Context* context, v1::ConsentDocument* response) override;
  Calls::Reactor* GetConsentDocument(Calls::Context* context,
                                     const v1::GetConsentDocumentRequest* request,
                                     v1::ConsentDocument* response) override;
  Calls::Reactor* ListConsentDocuments(Calls::Context* context,
                                       const v1::ListConsentDocumentsRequest* request,
                                       v1::ListConsentDocumentsResponse* response) override;
  Calls::Reactor* ListConsentVersions(Calls::Context* context,
                                      const v1::ListConsentVersionsRequest* request,
                                      v1::ListConsentVersionsResponse* response) override;
  Calls::Reactor* UpdateConsentDocument(Calls::Context* context,
                                        const v1::UpdateConsentDocumentRequest* request,
                                        v1::ConsentDocument* response) override;
  Calls::Reactor* ChangeConsents(Calls::Context* context, const v1::ChangeConsentsRequest* request,
                                 v1::ChangeConsentsResponse* response) override;
  Calls::Reactor* ListConsents(Calls::Context* context, const v1::ListConsentsRequest* request,
                               v1::ListConsentsResponse* response) override;
  Calls::Reactor* ListConsentRecords(Calls::Context* context,
                                     const v1::ListConsentRecordsRequest* request,
                                     v1::ListConsentRecordsResponse* response) override;

 private:
  Calls& calls_;
  Transfers& transfers_;
};

}  // namespace kalends::server
