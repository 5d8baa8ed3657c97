#include "core/server/consent_server.h"

#include "core/app/consents.h"
#include "core/base/status_macros.h"
#include "core/documents/file_name.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/upload_stream.h"

namespace kalends::server {
namespace {

constexpr std::string_view kPattern = "providers/*/consentDocuments/*";

absl::StatusOr<ChildName<core::ConsentDocumentId>> DecodeDocument(std::string_view field,
                                                                  std::string_view name) {
  return DecodeChild<core::ConsentDocumentId>(field, kPattern, name);
}

absl::StatusOr<std::string> DecodeContentType(std::string_view text) {
  const auto content_type = core::CleanContentType(text);
  if (!content_type) {
    return core::InvalidField("header.content_type",
                              "must be a media type such as `application/pdf`");
  }
  return *content_type;
}

std::function<absl::Status(std::int64_t)> SizeCheckOf(const core::ConsentUsage& used) {
  return [used](std::int64_t bytes) { return core::CheckBytes(used, bytes); };
}

absl::StatusOr<UploadPlan> PlanDocument(Calls& calls, const Calls::Call& call,
                                        const v1::PublishConsentDocumentRequest::Header& header,
                                        v1::ConsentDocument* response) {
  RETURN_IF_ERROR(Calls::CheckRequestId("header.request_id", header.request_id()));
  app::PublishInput input;
  input.display_name = header.document().display_name();
  input.needs_consent = header.document().needs_consent();
  input.blocks_booking = header.document().blocks_booking();
  input.file_name = header.file_name();
  ASSIGN_OR_RETURN(input.content_type, DecodeContentType(header.content_type()));
  RETURN_IF_ERROR(app::CheckPublish(input));
  UploadPlan plan;
  plan.request_id = header.request_id();
  RETURN_IF_ERROR(calls.engine().Read(
      call.credentials, call.method->rule, [&](const app::ReadContext& cx) -> absl::Status {
        ASSIGN_OR_RETURN(input.provider, DecodeProvider(cx, "header.parent", header.parent()));
        if (app::IsAnswered(cx, plan.request_id)) return absl::OkStatus();
        ASSIGN_OR_RETURN(const auto used, app::CheckMayPublish(cx, input.provider));
        plan.check_size = SizeCheckOf(used);
        return absl::OkStatus();
      }));
  plan.save = [input, response](app::WriteContext& cx,
                                const storage::NewBlob& blob) -> absl::Status {
    app::PublishInput whole = input;
    whole.blob = blob;
    ASSIGN_OR_RETURN(const auto document, app::PublishConsentDocument(cx, whole));
    Encode(document, response);
    return absl::OkStatus();
  };
  return plan;
}

absl::StatusOr<UploadPlan> PlanVersion(Calls& calls, const Calls::Call& call,
                                       const v1::PublishConsentVersionRequest::Header& header,
                                       v1::ConsentDocument* response) {
  RETURN_IF_ERROR(Calls::CheckRequestId("header.request_id", header.request_id()));
  app::PublishVersionInput input;
  ASSIGN_OR_RETURN(const auto name, DecodeDocument("header.parent", header.parent()));
  input.provider = name.provider;
  input.document = name.id;
  input.file_name = header.file_name();
  ASSIGN_OR_RETURN(input.content_type, DecodeContentType(header.content_type()));
  RETURN_IF_ERROR(app::CheckPublishVersion(input));
  UploadPlan plan;
  plan.request_id = header.request_id();
  RETURN_IF_ERROR(calls.engine().Read(
      call.credentials, call.method->rule, [&](const app::ReadContext& cx) -> absl::Status {
        if (app::IsAnswered(cx, plan.request_id)) return absl::OkStatus();
        ASSIGN_OR_RETURN(const auto used,
                         app::CheckMayPublishVersion(cx, input.provider, input.document));
        plan.check_size = SizeCheckOf(used);
        return absl::OkStatus();
      }));
  plan.save = [input, response](app::WriteContext& cx,
                                const storage::NewBlob& blob) -> absl::Status {
    app::PublishVersionInput whole = input;
    whole.blob = blob;
    ASSIGN_OR_RETURN(const auto document, app::PublishConsentVersion(cx, whole));
    Encode(document, response);
    return absl::OkStatus();
  };
  return plan;
}

// The id that a page token goes on from.
template <typename SomeId>
absl::StatusOr<std::optional<SomeId>> PlaceOf(const std::string& list, const std::string& token) {
  ASSIGN_OR_RETURN(const auto place, DecodePageToken(list, token, 1));
  if (!place) return std::optional<SomeId>();
  const auto id = SomeId::Parse((*place)[0]);
  if (!id) return core::Error(core::Reason::kInvalidPageToken);
  return id;
}

absl::Status ListDocuments(const app::ReadContext& cx,
                           const v1::ListConsentDocumentsRequest& request,
                           v1::ListConsentDocumentsResponse* response) {
  ASSIGN_OR_RETURN(const core::ProviderId provider, DecodeProvider(cx, "parent", request.parent()));
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  const std::string list =
      "ListConsentDocuments " + provider.ToString() + (request.show_archived() ? " archived" : "");
  ASSIGN_OR_RETURN(const auto after, PlaceOf<core::ConsentDocumentId>(list, request.page_token()));
  const auto archived =
      request.show_archived() ? storage::Archived::kShow : storage::Archived::kHide;
  ASSIGN_OR_RETURN(const auto found,
                   app::ListConsentDocuments(cx, provider, archived, after, limit + 1));
  for (const core::ConsentDocument& document : found) {
    if (response->consent_documents_size() == limit) {
      const auto& last = found[static_cast<std::size_t>(limit) - 1];
      response->set_next_page_token(EncodePageToken(list, {last.id.ToString()}));
      break;
    }
    Encode(document, response->add_consent_documents());
  }
  return absl::OkStatus();
}

absl::Status ListVersions(const app::ReadContext& cx, const v1::ListConsentVersionsRequest& request,
                          v1::ListConsentVersionsResponse* response) {
  ASSIGN_OR_RETURN(const auto name, DecodeDocument("parent", request.parent()));
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  const std::string list = "ListConsentVersions " + request.parent();
  ASSIGN_OR_RETURN(const auto place, DecodePageToken(list, request.page_token(), 1));
  std::optional<int> before;
  if (place) {
    ASSIGN_OR_RETURN(const std::int64_t number, TokenNumber((*place)[0]));
    before = static_cast<int>(number);
  }
  ASSIGN_OR_RETURN(const auto found,
                   app::ListConsentVersions(cx, name.provider, name.id, before, limit + 1));
  core::ConsentDocument document;
  document.provider = name.provider;
  document.id = name.id;
  for (const core::ConsentVersion& version : found) {
    if (response->versions_size() == limit) {
      const auto& last = found[static_cast<std::size_t>(limit) - 1];
      response->set_next_page_token(EncodePageToken(list, {std::to_string(last.number)}));
      break;
    }
    Encode(document, version, response->add_versions());
  }
  return absl::OkStatus();
}

absl::StatusOr<app::UpdateConsentDocumentInput> DecodeUpdate(
    const v1::UpdateConsentDocumentRequest& request) {
  const v1::ConsentDocument& document = request.consent_document();
  app::UpdateConsentDocumentInput input;
  ASSIGN_OR_RETURN(const auto name, DecodeDocument("consent_document.name", document.name()));
  input.provider = name.provider;
  input.id = name.id;
  input.etag = document.etag();
  const auto& mask = request.update_mask();
  RETURN_IF_ERROR(CheckMask(mask, {"display_name", "needs_consent", "blocks_booking", "archived"}));
  if (Masks(mask, "display_name")) input.display_name = document.display_name();
  if (Masks(mask, "needs_consent")) input.needs_consent = document.needs_consent();
  if (Masks(mask, "blocks_booking")) input.blocks_booking = document.blocks_booking();
  if (Masks(mask, "archived")) input.archived = document.archived();
  return input;
}

absl::StatusOr<app::ChangeConsentsInput> DecodeChanges(const app::ReadContext& cx,
                                                       const v1::ChangeConsentsRequest& request) {
  app::ChangeConsentsInput input;
  ASSIGN_OR_RETURN(input.link, DecodeLink(cx, "parent", request.parent()));
  input.channel = request.channel();
  for (const v1::ConsentChange& change : request.changes()) {
    app::ConsentChange decoded;
    ASSIGN_OR_RETURN(decoded.version, DecodeConsentVersionRef("changes.version", change.version()));
    if (change.decision() == v1::CONSENT_DECISION_GIVE) {
      decoded.decision = core::ConsentDecision::kGiven;
    } else if (change.decision() == v1::CONSENT_DECISION_WITHDRAW) {
      decoded.decision = core::ConsentDecision::kWithdrawn;
    } else {
      return core::InvalidField("changes.decision", "must be GIVE or WITHDRAW");
    }
    input.changes.push_back(decoded);
  }
  return input;
}

absl::Status ListOfLink(const app::ReadContext& cx, const v1::ListConsentsRequest& request,
                        v1::ListConsentsResponse* response) {
  ASSIGN_OR_RETURN(const core::LinkKey link, DecodeLink(cx, "parent", request.parent()));
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  const std::string list = "ListConsents " + LinkName(link);
  ASSIGN_OR_RETURN(const auto after, PlaceOf<core::ConsentDocumentId>(list, request.page_token()));
  ASSIGN_OR_RETURN(const auto found, app::ListConsents(cx, link, after, limit + 1));
  for (const app::ConsentView& view : found) {
    if (response->consents_size() == limit) {
      const auto& last = found[static_cast<std::size_t>(limit) - 1];
      response->set_next_page_token(EncodePageToken(list, {last.document.id.ToString()}));
      break;
    }
    Encode(view, response->add_consents());
  }
  return absl::OkStatus();
}

absl::StatusOr<storage::ConsentRecordFilter> DecodeFilter(
    const app::ReadContext& cx, core::ProviderId provider,
    const v1::ListConsentRecordsRequest& request) {
  storage::ConsentRecordFilter filter;
  if (!request.consent_document().empty()) {
    ASSIGN_OR_RETURN(const auto name,
                     DecodeDocument("consent_document", request.consent_document()));
    if (name.provider != provider) return core::Error(core::Reason::kNotFound);
    filter.document = name.id;
  }
  if (!request.customer().empty()) {
    ASSIGN_OR_RETURN(filter.customer, DecodeAccount(cx, "customer", request.customer()));
  }
  return filter;
}

absl::Status ListRecords(const app::ReadContext& cx, const v1::ListConsentRecordsRequest& request,
                         v1::ListConsentRecordsResponse* response) {
  ASSIGN_OR_RETURN(const core::ProviderId provider, DecodeProvider(cx, "parent", request.parent()));
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  ASSIGN_OR_RETURN(const auto filter, DecodeFilter(cx, provider, request));
  const std::string list = "ListConsentRecords " + provider.ToString() + " " +
                           request.consent_document() + " " + request.customer();
  ASSIGN_OR_RETURN(const auto before, PlaceOf<core::ConsentRecordId>(list, request.page_token()));
  ASSIGN_OR_RETURN(const auto found,
                   app::ListConsentRecords(cx, provider, filter, before, limit + 1));
  for (const app::ConsentRecordView& view : found) {
    if (response->consent_records_size() == limit) {
      const auto& last = found[static_cast<std::size_t>(limit) - 1];
      response->set_next_page_token(EncodePageToken(list, {last.record.id.ToString()}));
      break;
    }
    Encode(view, response->add_consent_records());
  }
  return absl::OkStatus();
}

}  // namespace

grpc::ServerReadReactor<v1::PublishConsentDocumentRequest>* ConsentServer::PublishConsentDocument(
    Calls::Context* context, v1::ConsentDocument* response) {
  return new UploadStream<v1::PublishConsentDocumentRequest, v1::ConsentDocument>(
      transfers_, context, "kalends.v1.ConsentService.PublishConsentDocument", response,
      [this, response](const Calls::Call& call, const v1::PublishConsentDocumentRequest& first) {
        return PlanDocument(calls_, call, first.header(), response);
      });
}

grpc::ServerReadReactor<v1::PublishConsentVersionRequest>* ConsentServer::PublishConsentVersion(
    Calls::Context* context, v1::ConsentDocument* response) {
  return new UploadStream<v1::PublishConsentVersionRequest, v1::ConsentDocument>(
      transfers_, context, "kalends.v1.ConsentService.PublishConsentVersion", response,
      [this, response](const Calls::Call& call, const v1::PublishConsentVersionRequest& first) {
        return PlanVersion(calls_, call, first.header(), response);
      });
}

Calls::Reactor* ConsentServer::GetConsentDocument(Calls::Context* context,
                                                  const v1::GetConsentDocumentRequest* request,
                                                  v1::ConsentDocument* response) {
  return calls_.Read(context, "kalends.v1.ConsentService.GetConsentDocument",
                     [&](const app::ReadContext& cx) -> absl::Status {
                       ASSIGN_OR_RETURN(const auto name, DecodeDocument("name", request->name()));
                       ASSIGN_OR_RETURN(const auto document,
                                        app::GetConsentDocument(cx, name.provider, name.id));
                       Encode(document, response);
                       return absl::OkStatus();
                     });
}

Calls::Reactor* ConsentServer::ListConsentDocuments(Calls::Context* context,
                                                    const v1::ListConsentDocumentsRequest* request,
                                                    v1::ListConsentDocumentsResponse* response) {
  return calls_.Read(
      context, "kalends.v1.ConsentService.ListConsentDocuments",
      [&](const app::ReadContext& cx) { return ListDocuments(cx, *request, response); });
}

Calls::Reactor* ConsentServer::ListConsentVersions(Calls::Context* context,
                                                   const v1::ListConsentVersionsRequest* request,
                                                   v1::ListConsentVersionsResponse* response) {
  return calls_.Read(
      context, "kalends.v1.ConsentService.ListConsentVersions",
      [&](const app::ReadContext& cx) { return ListVersions(cx, *request, response); });
}

Calls::Reactor* ConsentServer::UpdateConsentDocument(
    Calls::Context* context, const v1::UpdateConsentDocumentRequest* request,
    v1::ConsentDocument* response) {
  return calls_.Write(context, "kalends.v1.ConsentService.UpdateConsentDocument", request, response,
                      [=](app::WriteContext& cx) -> absl::Status {
                        ASSIGN_OR_RETURN(const auto input, DecodeUpdate(*request));
                        ASSIGN_OR_RETURN(const auto document,
                                         app::UpdateConsentDocument(cx, input));
                        Encode(document, response);
                        return absl::OkStatus();
                      });
}

Calls::Reactor* ConsentServer::ChangeConsents(Calls::Context* context,
                                              const v1::ChangeConsentsRequest* request,
                                              v1::ChangeConsentsResponse* response) {
  return calls_.Write(context, "kalends.v1.ConsentService.ChangeConsents", request, response,
                      [=](app::WriteContext& cx) -> absl::Status {
                        ASSIGN_OR_RETURN(const auto input, DecodeChanges(cx.AsRead(), *request));
                        ASSIGN_OR_RETURN(const auto views, app::ChangeConsents(cx, input));
                        for (const app::ConsentView& view : views) {
                          Encode(view, response->add_consents());
                        }
                        return absl::OkStatus();
                      });
}

Calls::Reactor* ConsentServer::ListConsents(Calls::Context* context,
                                            const v1::ListConsentsRequest* request,
                                            v1::ListConsentsResponse* response) {
  return calls_.Read(
      context, "kalends.v1.ConsentService.ListConsents",
      [&](const app::ReadContext& cx) { return ListOfLink(cx, *request, response); });
}

Calls::Reactor* ConsentServer::ListConsentRecords(Calls::Context* context,
                                                  const v1::ListConsentRecordsRequest* request,
                                                  v1::ListConsentRecordsResponse* response) {
  return calls_.Read(
      context, "kalends.v1.ConsentService.ListConsentRecords",
      [&](const app::ReadContext& cx) { return ListRecords(cx, *request, response); });
}

}  // namespace kalends::server
