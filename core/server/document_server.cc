#include "core/server/document_server.h"

#include "core/base/status_macros.h"
#include "core/documents/file_name.h"
#include "core/server/decode.h"
#include "core/server/download_stream.h"
#include "core/server/encode.h"
#include "core/server/upload_stream.h"

namespace kalends::server {
namespace {

absl::StatusOr<UploadPlan> PlanUpload(Calls& calls, const Calls::Call& call,
                                      const v1::DocumentUpload& upload, v1::Document* response) {
  RETURN_IF_ERROR(Calls::CheckRequestId("upload.request_id", upload.request_id()));
  const auto content_type = core::CleanContentType(upload.content_type());
  if (!content_type) {
    return core::InvalidField("upload.content_type", "must be a media type such as `image/jpeg`");
  }
  app::SaveDocumentInput input;
  input.file_name = upload.file_name();
  input.content_type = *content_type;
  UploadPlan plan;
  plan.request_id = upload.request_id();
  RETURN_IF_ERROR(calls.engine().Read(
      call.credentials, call.method->rule, [&](const app::ReadContext& cx) -> absl::Status {
        ASSIGN_OR_RETURN(input.link, DecodeLink(cx, "upload.parent", upload.parent()));
        if (app::IsAnswered(cx, plan.request_id)) return absl::OkStatus();
        ASSIGN_OR_RETURN(const core::Usage used, app::CheckMayUpload(cx, input.link));
        plan.check_size = [used](std::int64_t bytes) { return core::CheckQuota(used, bytes); };
        return absl::OkStatus();
      }));
  plan.save = [input, response](app::WriteContext& cx,
                                const storage::NewBlob& blob) -> absl::Status {
    app::SaveDocumentInput whole = input;
    whole.blob = blob;
    ASSIGN_OR_RETURN(const auto view, app::SaveDocument(cx, whole));
    Encode(view, response);
    return absl::OkStatus();
  };
  // A deleted document's name must be gone from here, too; a repeat brings it along.
  plan.strip = [response] { response->clear_file_name(); };
  plan.restore = [response, name = core::CleanFileName(upload.file_name())] {
    response->set_file_name(name);
  };
  return plan;
}

absl::Status List(const app::ReadContext& cx, const v1::ListDocumentsRequest& request,
                  v1::ListDocumentsResponse* response) {
  ASSIGN_OR_RETURN(const core::LinkKey link, DecodeLink(cx, "parent", request.parent()));
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  const std::string list = "ListDocuments " + LinkName(link);
  ASSIGN_OR_RETURN(const auto place, DecodePageToken(list, request.page_token(), 1));
  std::optional<core::DocumentId> before;
  if (place) {
    before = core::DocumentId::Parse((*place)[0]);
    if (!before) return core::Error(core::Reason::kInvalidPageToken);
  }
  ASSIGN_OR_RETURN(const auto found, app::ListDocuments(cx, link, before, limit + 1));
  for (const app::DocumentView& view : found.documents) {
    if (response->documents_size() == limit) {
      const auto& last = found.documents[static_cast<std::size_t>(limit) - 1];
      response->set_next_page_token(EncodePageToken(list, {last.document.id.ToString()}));
      break;
    }
    Encode(view, response->add_documents());
  }
  response->set_used_bytes(found.usage.bytes);
  response->set_quota_bytes(core::kDocumentBytesPerLinkMax);
  return absl::OkStatus();
}

}  // namespace

grpc::ServerReadReactor<v1::UploadDocumentRequest>* DocumentServer::UploadDocument(
    Calls::Context* context, v1::Document* response) {
  return new UploadStream<v1::UploadDocumentRequest, v1::Document>(
      transfers_, context, "kalends.v1.DocumentService.UploadDocument", response,
      [this, response](const Calls::Call& call, const v1::UploadDocumentRequest& first) {
        return PlanUpload(calls_, call, first.upload(), response);
      });
}

grpc::ServerWriteReactor<v1::FetchDocumentResponse>* DocumentServer::FetchDocument(
    Calls::Context* context, const v1::FetchDocumentRequest* request) {
  return new DownloadStream<v1::FetchDocumentResponse>(
      transfers_, context, "kalends.v1.DocumentService.FetchDocument",
      [this, request](const Calls::Call& call,
                      v1::FetchDocumentResponse* first) -> absl::StatusOr<DownloadPlan> {
        ASSIGN_OR_RETURN(const auto ref, DecodeFileRef("name", request->name()));
        ASSIGN_OR_RETURN(
            DownloadPlan plan,
            transfers_.Open(call,
                            [&](const app::ReadContext& cx) { return app::OpenFile(cx, ref); },
                            {request->offset(), request->length()}));
        Encode(plan.file, first->mutable_file());
        return plan;
      });
}

Calls::Reactor* DocumentServer::GetDocument(Calls::Context* context,
                                            const v1::GetDocumentRequest* request,
                                            v1::Document* response) {
  return calls_.Read(context, "kalends.v1.DocumentService.GetDocument",
                     [&](const app::ReadContext& cx) -> absl::Status {
                       ASSIGN_OR_RETURN(const auto ref, DecodeDocumentRef("name", request->name()));
                       ASSIGN_OR_RETURN(const auto view, app::GetDocument(cx, ref));
                       Encode(view, response);
                       return absl::OkStatus();
                     });
}

Calls::Reactor* DocumentServer::ListDocuments(Calls::Context* context,
                                              const v1::ListDocumentsRequest* request,
                                              v1::ListDocumentsResponse* response) {
  return calls_.Read(context, "kalends.v1.DocumentService.ListDocuments",
                     [&](const app::ReadContext& cx) { return List(cx, *request, response); });
}

Calls::Reactor* DocumentServer::DeleteDocument(Calls::Context* context,
                                               const v1::DeleteDocumentRequest* request,
                                               v1::DeleteDocumentResponse* response) {
  return calls_.Write(context, "kalends.v1.DocumentService.DeleteDocument", request, response,
                      [=, this](app::WriteContext& cx) -> absl::Status {
                        ASSIGN_OR_RETURN(const auto ref,
                                         DecodeDocumentRef("name", request->name()));
                        return app::DeleteDocument(cx, transfers_.blobs(), ref);
                      });
}

Calls::Reactor* DocumentServer::CreateDownloadLink(Calls::Context* context,
                                                   const v1::CreateDownloadLinkRequest* request,
                                                   v1::DownloadLink* response) {
  app::Answer answer = Calls::AnswerOf(response, [=](app::WriteContext& cx) -> absl::Status {
    ASSIGN_OR_RETURN(const auto ref, DecodeFileRef("name", request->name()));
    ASSIGN_OR_RETURN(const auto made, app::CreateDownloadLink(cx, ref));
    response->set_token(made.token);
    *response->mutable_expire_time() = EncodeInstant(made.expires);
    Encode(made.file, response->mutable_file());
    return absl::OkStatus();
  });
  // The token and the file's name are shown once: what is kept for a repeat is without them.
  answer.serialize = [response] {
    v1::DownloadLink kept;
    *kept.mutable_expire_time() = response->expire_time();
    return kept.SerializeAsString();
  };
  return calls_.WriteMessage(context, "kalends.v1.DocumentService.CreateDownloadLink",
                             {request->request_id(), request}, std::move(answer));
}

Calls::Reactor* DocumentServer::GetDownload(Calls::Context* context,
                                            const v1::GetDownloadRequest* request,
                                            v1::Download* response) {
  return calls_.Read(context, "kalends.v1.DocumentService.GetDownload",
                     [&](const app::ReadContext& cx) -> absl::Status {
                       ASSIGN_OR_RETURN(const auto view, app::FindDownload(cx, request->token()));
                       Encode(view, response);
                       return absl::OkStatus();
                     });
}

grpc::ServerWriteReactor<v1::FetchDownloadResponse>* DocumentServer::FetchDownload(
    Calls::Context* context, const v1::FetchDownloadRequest* request) {
  return new DownloadStream<v1::FetchDownloadResponse>(
      transfers_, context, "kalends.v1.DocumentService.FetchDownload",
      [this, request](const Calls::Call& call,
                      v1::FetchDownloadResponse* first) -> absl::StatusOr<DownloadPlan> {
        return transfers_.Open(call,
                               [&](const app::ReadContext& cx) -> absl::StatusOr<app::FileView> {
                                 ASSIGN_OR_RETURN(auto view,
                                                  app::FindDownload(cx, request->token()));
                                 Encode(view, first->mutable_download());
                                 return std::move(view.file);
                               },
                               {request->offset(), request->length()});
      });
}

}  // namespace kalends::server
