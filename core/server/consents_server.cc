#include "core/app/consents.h"
#include "core/base/error.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/documents/file_name.h"
#include "core/server/consents.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/services.h"
#include "core/server/upload_stream.h"

namespace kalends::server {
namespace {

constexpr std::string_view kConsentDocumentPattern = "providers/*/consentDocuments/*";

absl::StatusOr<ChildName<core::ConsentDocumentId>> DecodeDocument(std::string_view field,
                                                                  std::string_view name) {
  return DecodeChild<core::ConsentDocumentId>(field, kConsentDocumentPattern, name);
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
  input.document.display_name = core::CleanLine(header.document().display_name());
  input.document.needs_consent = header.document().needs_consent();
  input.document.blocks_booking = header.document().blocks_booking();
  input.file_name = header.file_name();
  ASSIGN_OR_RETURN(input.content_type, DecodeContentType(header.content_type()));
  RETURN_IF_ERROR(core::CheckNewDocument(input.document, input.content_type));
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
  RETURN_IF_ERROR(core::CheckNewVersion(input.content_type));
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

absl::StatusOr<ConsentDocumentListing> ListConsentDocuments(
    const app::ReadContext& cx, const v1::ListConsentDocumentsRequest& request) {
  ASSIGN_OR_RETURN(const core::ProviderId provider, DecodeProvider(cx, "parent", request.parent()));
  return ConsentDocumentsOf(
      provider, request.show_archived() ? storage::Archived::kShow : storage::Archived::kHide);
}

absl::StatusOr<ConsentVersionListing> ListConsentVersions(
    const app::ReadContext&, const v1::ListConsentVersionsRequest& request) {
  ASSIGN_OR_RETURN(const auto name, DecodeDocument("parent", request.parent()));
  return ConsentVersionsOf(name.provider, name.id);
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
  if (Masks(mask, "display_name")) {
    input.display_name = core::CleanLine(document.display_name());
  }
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
  RETURN_IF_ERROR(core::CheckEach(
      "changes", request.changes(), [&](const v1::ConsentChange& change) -> absl::Status {
        app::ConsentChange decoded;
        ASSIGN_OR_RETURN(decoded.version,
                         DecodeConsentVersionRef("changes.version", change.version()));
        // The contract lets in these two.
        decoded.decision = change.decision() == v1::CONSENT_DECISION_GIVE
                               ? core::ConsentDecision::kGiven
                               : core::ConsentDecision::kWithdrawn;
        input.changes.push_back(decoded);
        return absl::OkStatus();
      }));
  return input;
}

using ConsentListing = Listing<app::ConsentView, core::ConsentDocumentId, v1::Consent>;
absl::StatusOr<ConsentListing> ListConsents(const app::ReadContext& cx,
                                            const v1::ListConsentsRequest& request) {
  ASSIGN_OR_RETURN(const core::LinkKey link, DecodeLink(cx, "parent", request.parent()));
  return ConsentListing{[=](const app::ReadContext& read, const auto& after, int limit) {
                          return app::ListConsents(read, link, after, limit);
                        },
                        [](const app::ConsentView& view) { return view.document.id; },
                        [](const app::ReadContext&, const app::ConsentView& view,
                           v1::Consent* message) { Encode(view, message); }};
}

absl::StatusOr<storage::ConsentRecordFilter> DecodeFilter(
    const app::ReadContext& cx, core::ProviderId provider,
    const v1::ListConsentRecordsRequest& request) {
  storage::ConsentRecordFilter filter;
  if (!request.consent_document().empty()) {
    ASSIGN_OR_RETURN(const auto name,
                     DecodeDocument("consent_document", request.consent_document()));
    if (name.provider != provider)
      return core::NotFound("providers/*/consentDocuments/*", provider, name.id);
    filter.document = name.id;
  }
  if (!request.customer().empty()) {
    ASSIGN_OR_RETURN(filter.customer, DecodeAccount(cx, "customer", request.customer()));
  }
  return filter;
}

absl::StatusOr<ConsentRecordListing> ListConsentRecords(
    const app::ReadContext& cx, const v1::ListConsentRecordsRequest& request) {
  ASSIGN_OR_RETURN(const core::ProviderId provider, DecodeProvider(cx, "parent", request.parent()));
  ASSIGN_OR_RETURN(const auto filter, DecodeFilter(cx, provider, request));
  return ConsentRecordsOf(provider, filter);
}

absl::StatusOr<std::optional<core::ConsentState>> DecodeState(v1::Consent::State state) {
  switch (state) {
    case v1::Consent::STATE_UNSPECIFIED:
      return std::nullopt;
    case v1::Consent::STATE_PENDING:
      return core::ConsentState::kPending;
    case v1::Consent::STATE_SIGNED:
      return core::ConsentState::kSigned;
    default:
      return core::InvalidField("state", "must be PENDING, SIGNED or unset");
  }
}

using CustomerConsentListing =
    Listing<app::CustomerConsentView, core::AccountId, v1::CustomerConsent>;
absl::StatusOr<CustomerConsentListing> ListCustomerConsents(
    const app::ReadContext&, const v1::ListCustomerConsentsRequest& request) {
  ASSIGN_OR_RETURN(const auto name, DecodeDocument("parent", request.parent()));
  ASSIGN_OR_RETURN(const auto state, DecodeState(request.state()));
  return CustomerConsentListing{[=](const app::ReadContext& read, const auto& after, int limit) {
                                  return app::ListCustomerConsents(read, name.provider, name.id,
                                                                   state, after, limit);
                                },
                                [](const app::CustomerConsentView& view) { return view.customer; },
                                [](const app::ReadContext&, const app::CustomerConsentView& view,
                                   v1::CustomerConsent* message) { Encode(view, message); }};
}

absl::Status RemindConsents(app::WriteContext& cx, const v1::RemindConsentsRequest& request,
                            v1::RemindConsentsResponse* response) {
  ASSIGN_OR_RETURN(const auto name, DecodeDocument("name", request.name()));
  ASSIGN_OR_RETURN(const int reminded, app::RemindConsents(cx, name.provider, name.id));
  response->set_reminded_count(reminded);
  return absl::OkStatus();
}

absl::Status GetConsentDocument(const app::ReadContext& cx,
                                const v1::GetConsentDocumentRequest& request,
                                v1::ConsentDocument* response) {
  ASSIGN_OR_RETURN(const auto name, DecodeDocument("name", request.name()));
  ASSIGN_OR_RETURN(const auto view, app::ViewConsentDocument(cx, name.provider, name.id));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status UpdateConsentDocument(app::WriteContext& cx,
                                   const v1::UpdateConsentDocumentRequest& request,
                                   v1::ConsentDocument* response) {
  ASSIGN_OR_RETURN(const auto input, DecodeUpdate(request));
  ASSIGN_OR_RETURN(const auto document, app::UpdateConsentDocument(cx, input));
  Encode(document, response);
  return absl::OkStatus();
}

absl::Status ChangeConsents(app::WriteContext& cx, const v1::ChangeConsentsRequest& request,
                            v1::ChangeConsentsResponse* response) {
  ASSIGN_OR_RETURN(const auto input, DecodeChanges(cx.AsRead(), request));
  ASSIGN_OR_RETURN(const auto views, app::ChangeConsents(cx, input));
  for (const app::ConsentView& view : views) {
    Encode(view, response->add_consents());
  }
  return absl::OkStatus();
}

}  // namespace

Served MakeConsentService(const Serving& serving) {
  Transfers& transfers = serving.transfers;
  const auto publish_document = [&transfers](const StreamCall& stream,
                                             v1::ConsentDocument* response) {
    return new UploadStream<v1::PublishConsentDocumentRequest, v1::ConsentDocument>(
        transfers, stream, response,
        [&transfers, response](const Calls::Call& call,
                               const v1::PublishConsentDocumentRequest& first) {
          return PlanDocument(transfers.calls(), call, first.header(), response);
        });
  };
  const auto publish_version = [&transfers](const StreamCall& stream,
                                            v1::ConsentDocument* response) {
    return new UploadStream<v1::PublishConsentVersionRequest, v1::ConsentDocument>(
        transfers, stream, response,
        [&transfers, response](const Calls::Call& call,
                               const v1::PublishConsentVersionRequest& first) {
          return PlanVersion(transfers.calls(), call, first.header(), response);
        });
  };
  return Rpcs(serving.calls, "kalends.v1.ConsentService")
      .ReadStream<v1::PublishConsentDocumentRequest, v1::ConsentDocument>(publish_document)
      .ReadStream<v1::PublishConsentVersionRequest, v1::ConsentDocument>(publish_version)
      .Read(GetConsentDocument)
      .List(ListConsentDocuments)
      .List(ListConsentVersions)
      .Write(UpdateConsentDocument)
      .Write(ChangeConsents)
      .List(ListConsents)
      .List(ListCustomerConsents)
      .Write(RemindConsents)
      .List(ListConsentRecords)
      .Build();
}

}  // namespace kalends::server
