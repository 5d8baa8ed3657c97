#include <fmt/format.h>

#include "core/base/status_macros.h"
#include "core/documents/file_name.h"
#include "core/server/decode.h"
#include "core/server/documents.h"
#include "core/server/download_stream.h"
#include "core/server/encode.h"
#include "core/server/links.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/services.h"
#include "core/server/upload_stream.h"
#include "storage/documents.h"

namespace kalends::server {
namespace {

absl::StatusOr<UploadPlan> PlanUpload(Calls& calls, const Calls::Call& call,
                                      const v1::UploadDocumentRequest::Header& header,
                                      v1::Document* response) {
  RETURN_IF_ERROR(Calls::CheckRequestId("header.request_id", header.request_id()));
  const auto content_type = core::CleanContentType(header.content_type());
  if (!content_type) {
    return core::InvalidField("header.content_type", "must be a media type such as `image/jpeg`");
  }
  app::SaveDocumentInput input;
  input.file_name = header.file_name();
  input.content_type = *content_type;
  UploadPlan plan;
  plan.request_id = header.request_id();
  RETURN_IF_ERROR(calls.engine().Read(
      call.credentials, call.method->rule, [&](const app::ReadContext& cx) -> absl::Status {
        ASSIGN_OR_RETURN(input.link, DecodeLink(cx, "header.parent", header.parent()));
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
  plan.restore = [response, name = core::CleanFileName(header.file_name())] {
    response->set_file_name(name);
  };
  return plan;
}

absl::StatusOr<DownloadPlan> OpenDocument(Transfers& transfers, const Calls::Call& call,
                                          const v1::FetchDocumentRequest& request,
                                          v1::FetchDocumentResponse* first) {
  ASSIGN_OR_RETURN(const auto ref, DecodeFileRef("name", request.name()));
  core::Caller reader;
  const auto find = [&](const app::ReadContext& cx) {
    reader = cx.caller;
    return app::OpenFile(cx, ref);
  };
  ASSIGN_OR_RETURN(DownloadPlan plan,
                   transfers.Open(call, find, {request.offset(), request.length()}));
  RETURN_IF_ERROR(transfers.calls().AuditReading(call, reader, request));
  plan.account = reader.account;
  Encode(plan.file, first->mutable_file());
  return plan;
}

absl::StatusOr<DownloadPlan> OpenDownload(Transfers& transfers, const Calls::Call& call,
                                          const v1::FetchDownloadRequest& request,
                                          v1::FetchDownloadResponse* first) {
  std::optional<core::AccountId> requester;
  const auto find = [&](const app::ReadContext& cx) -> absl::StatusOr<app::FileView> {
    ASSIGN_OR_RETURN(auto view, app::FindDownload(cx, request.token()));
    Encode(view, first->mutable_download());
    requester = view.requester;
    return std::move(view.file);
  };
  ASSIGN_OR_RETURN(DownloadPlan plan,
                   transfers.Open(call, find, {request.offset(), request.length()}));
  plan.account = requester;
  return plan;
}

absl::StatusOr<DocumentListing> ListDocuments(const app::ReadContext& cx,
                                              const v1::ListDocumentsRequest& request,
                                              v1::ListDocumentsResponse* response) {
  ASSIGN_OR_RETURN(const core::LinkKey link, DecodeLink(cx, "parent", request.parent()));
  ASSIGN_OR_RETURN(const auto none, app::ListDocuments(cx, link, std::nullopt, 0));
  response->set_used_bytes(none.usage.bytes);
  response->set_quota_bytes(core::kDocumentBytesPerLinkMax);
  return DocumentsOf(link);
}

absl::Status GetDocument(const app::ReadContext& cx, const v1::GetDocumentRequest& request,
                         v1::Document* response) {
  ASSIGN_OR_RETURN(const auto ref, DecodeDocumentRef("name", request.name()));
  ASSIGN_OR_RETURN(const auto view, app::GetDocument(cx, ref));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status DeleteDocument(app::WriteContext& cx, const v1::DeleteDocumentRequest& request,
                            v1::DeleteDocumentResponse*, storage::BlobStore& blobs) {
  ASSIGN_OR_RETURN(const auto ref, DecodeDocumentRef("name", request.name()));
  return app::DeleteDocument(cx, blobs, ref);
}

absl::Status CreateDownloadLink(app::WriteContext& cx, const v1::CreateDownloadLinkRequest& request,
                                v1::DownloadLink* response) {
  ASSIGN_OR_RETURN(const auto ref, DecodeFileRef("name", request.name()));
  ASSIGN_OR_RETURN(const auto made, app::CreateDownloadLink(cx, ref));
  response->set_token(made.token);
  *response->mutable_expire_time() = EncodeInstant(made.expires);
  Encode(made.file, response->mutable_file());
  return absl::OkStatus();
}

// The token and the file's name are shown once.
void StripTokenAndFile(v1::DownloadLink& kept) {
  kept.clear_token();
  kept.clear_file();
}

absl::Status GetDownload(const app::ReadContext& cx, const v1::GetDownloadRequest& request,
                         v1::Download* response) {
  ASSIGN_OR_RETURN(const auto view, app::FindDownload(cx, request.token()));
  Encode(view, response);
  return absl::OkStatus();
}

template <typename Links>
auto SharedIn(Links links) {
  return Nested(std::move(links), [](const app::LinkView& view) {
    return DocumentsOf({view.link.provider, view.link.customer});
  });
}

template <typename Links>
ExportFiles FilesIn(Links links) {
  return Files(SharedIn(std::move(links)), [](const auto& row) {
    const core::Document& document = row.inner.document;
    return ExportFile{document.id.ToString(), core::DocumentRef{document.link, document.id}};
  });
}

template <typename Owner>
Listing<app::DocumentView, core::DocumentRef, v1::Document> DeletedDocumentsOf(Owner owner) {
  return {[=](const app::ReadContext& cx, const auto& after,
              int limit) -> absl::StatusOr<std::vector<app::DocumentView>> {
            std::vector<app::DocumentView> views;
            for (core::Document& one : storage::ListDeletedDocuments(cx.tx, owner, after, limit)) {
              views.push_back({std::move(one)});
            }
            return views;
          },
          [](const app::DocumentView& view) {
            return core::DocumentRef{view.document.link, view.document.id};
          },
          [](const app::ReadContext&, const app::DocumentView& view, v1::Document* message) {
            Encode(view, message);
          }};
}

}  // namespace

void Encode(const app::DocumentView& view, v1::Document* message) {
  const core::Document& document = view.document;
  message->set_name(
      fmt::format("{}/documents/{}", LinkName(document.link), document.id.ToString()));
  message->set_uploader(document.uploader == core::Side::kCustomer ? v1::LINK_SIDE_CUSTOMER
                                                                   : v1::LINK_SIDE_PROVIDER);
  message->set_file_name(document.file_name);
  if (view.name_unreadable) message->add_unreadable_fields("file_name");
  message->set_content_type(document.content_type);
  message->set_size_bytes(document.size_bytes);
  *message->mutable_create_time() = EncodeInstant(document.created);
  message->set_deletable(view.deletable);
  if (document.deleted) *message->mutable_delete_time() = EncodeInstant(*document.deleted);
}

void Encode(const app::FileView& view, v1::FileInfo* message) {
  message->set_file_name(view.file_name);
  message->set_content_type(view.content_type);
  message->set_size_bytes(view.size_bytes);
}

void Encode(const app::DownloadView& view, v1::Download* message) {
  Encode(view.file, message->mutable_file());
  *message->mutable_expire_time() = EncodeInstant(view.expires);
  message->set_language_code(std::string(core::CodeOf(view.language)));
}

DocumentListing DocumentsOf(const core::LinkKey& link) {
  return {[=](const app::ReadContext& cx, const auto& before,
              int limit) -> absl::StatusOr<std::vector<app::DocumentView>> {
            ASSIGN_OR_RETURN(auto list, app::ListDocuments(cx, link, before, limit));
            return std::move(list.documents);
          },
          [](const app::DocumentView& view) { return view.document.id; },
          [](const app::ReadContext&, const app::DocumentView& view, v1::Document* message) {
            Encode(view, message);
          }};
}

extern constinit const SubjectExport kDocumentsExport{
    .of_customer = [](core::AccountId customer) -> std::vector<ExportSection> {
      return {
          {"customer/documents.json",
           "Files shared with providers.",
           {"documents"},
           Pages(SharedIn(LinksOf(customer)))},
          {"customer/documents/", "The files themselves.", {"blobs"}, FilesIn(LinksOf(customer))},
          {"customer/deleted_documents.json",
           "What is left of files that were shared and deleted.",
           {"documents"},
           Pages(DeletedDocumentsOf(customer))}};
    },
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      return {{"provider/documents.json",
               "Files shared with customers.",
               {"documents"},
               Pages(SharedIn(LinksOf(provider.id)))},
              {"provider/documents/",
               "The files themselves.",
               {"blobs"},
               FilesIn(LinksOf(provider.id))},
              {"provider/deleted_documents.json",
               "What is left of files that were shared and deleted.",
               {"documents"},
               Pages(DeletedDocumentsOf(provider.id))}};
    }};

Served MakeDocumentService(const Serving& serving) {
  Transfers& transfers = serving.transfers;
  const auto upload_document = [&transfers](const StreamCall& stream, v1::Document* response) {
    return new UploadStream<v1::UploadDocumentRequest, v1::Document>(
        transfers, stream, response,
        [&transfers, response](const Calls::Call& call, const v1::UploadDocumentRequest& first) {
          return PlanUpload(transfers.calls(), call, first.header(), response);
        });
  };
  const auto fetch_document = [&transfers](const StreamCall& stream,
                                           v1::FetchDocumentRequest request) {
    return new DownloadStream<v1::FetchDocumentResponse>(
        transfers, stream,
        [&transfers, request = std::move(request)](const Calls::Call& call,
                                                   v1::FetchDocumentResponse* first) {
          return OpenDocument(transfers, call, request, first);
        });
  };
  const auto fetch_download = [&transfers](const StreamCall& stream,
                                           v1::FetchDownloadRequest request) {
    return new DownloadStream<v1::FetchDownloadResponse>(
        transfers, stream,
        [&transfers, request = std::move(request)](const Calls::Call& call,
                                                   v1::FetchDownloadResponse* first) {
          return OpenDownload(transfers, call, request, first);
        });
  };
  return Rpcs(serving.calls, "kalends.v1.DocumentService")
      .ReadStream<v1::UploadDocumentRequest, v1::Document>(upload_document)
      .WriteStream<v1::FetchDocumentRequest, v1::FetchDocumentResponse>(fetch_document)
      .Read(GetDocument)
      .List(ListDocuments)
      .Write(DeleteDocument, transfers.blobs())
      .WriteKeeping({.strip = StripTokenAndFile}, CreateDownloadLink)
      .Read(GetDownload)
      .WriteStream<v1::FetchDownloadRequest, v1::FetchDownloadResponse>(fetch_download)
      .Build();
}

}  // namespace kalends::server
