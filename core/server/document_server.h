#pragma once

#include "core/server/transfers.h"
#include "kalends/v1/document_service.grpc.pb.h"

namespace kalends::server {

class DocumentServer final : public v1::DocumentService::CallbackService {
 public:
  DocumentServer(Calls& calls, Transfers& transfers) : calls_(calls), transfers_(transfers) {}

  grpc::ServerReadReactor<v1::UploadDocumentRequest>* UploadDocument(
      Calls::Context* context, v1::Document* response) override;
  grpc::ServerWriteReactor<v1::FetchDocumentResponse>* FetchDocument(
      Calls::Context* context, const v1::FetchDocumentRequest* request) override;
  Calls::Reactor* GetDocument(Calls::Context* context, const v1::GetDocumentRequest* request,
                              v1::Document* response) override;
  Calls::Reactor* ListDocuments(Calls::Context* context, const v1::ListDocumentsRequest* request,
                                v1::ListDocumentsResponse* response) override;
  Calls::Reactor* DeleteDocument(Calls::Context* context, const v1::DeleteDocumentRequest* request,
                                 v1::DeleteDocumentResponse* response) override;
  Calls::Reactor* CreateDownloadLink(Calls::Context* context,
                                     const v1::CreateDownloadLinkRequest* request,
                                     v1::DownloadLink* response) override;
  Calls::Reactor* GetDownload(Calls::Context* context, const v1::GetDownloadRequest* request,
                              v1::Download* response) override;
  grpc::ServerWriteReactor<v1::FetchDownloadResponse>* FetchDownload(
      Calls::Context* context, const v1::FetchDownloadRequest* request) override;

 private:
  Calls& calls_;
  Transfers& transfers_;
};

}  // namespace kalends::server
