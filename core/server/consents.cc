#include "core/server/consents.h"

#include <fmt/format.h>

#include "core/server/encode.h"
#include "core/server/privacy_export_walks.h"

namespace kalends::server {
namespace {

// Not link by link: a consent stays on record when the provider, and with it the link, is gone.
Listing<app::ConsentRecordView, storage::ConsentRecordCursor, v1::ConsentRecord> RecordsOf(
    core::AccountId customer) {
  return {[=](const app::ReadContext& cx, const auto& after, int limit) {
            return app::ListConsentRecords(cx, customer, after, limit);
          },
          [](const app::ConsentRecordView& view) {
            return storage::ConsentRecordCursor{view.record.provider, view.record.id};
          },
          [](const app::ReadContext&, const app::ConsentRecordView& view,
             v1::ConsentRecord* message) { Encode(view, message); }};
}

// Of each document all versions, the newest first.
auto VersionsBy(core::ProviderId provider) {
  return Nested(ConsentDocumentsOf(provider, storage::Archived::kShow),
                [provider](const core::ConsentDocument& document) {
                  return ConsentVersionsOf(provider, document.id);
                });
}

ExportFiles VersionFilesOf(core::ProviderId provider) {
  return Files(VersionsBy(provider), [=](const auto& row) {
    const core::ConsentVersionRef ref{provider, row.outer.id, row.inner.number};
    return ExportFile{ref.document.ToString() + "-" + std::to_string(ref.number), ref};
  });
}

}  // namespace

std::string ConsentDocumentName(core::ProviderId provider, core::ConsentDocumentId id) {
  return fmt::format("providers/{}/consentDocuments/{}", provider.ToString(), id.ToString());
}

std::string ConsentVersionName(const core::ConsentVersionRef& ref) {
  return fmt::format("{}/versions/{}", ConsentDocumentName(ref.provider, ref.document), ref.number);
}

void Encode(const core::ConsentDocument& document, v1::ConsentDocument* message) {
  message->set_name(ConsentDocumentName(document.provider, document.id));
  message->set_display_name(document.display_name);
  message->set_needs_consent(document.needs_consent);
  message->set_blocks_booking(document.blocks_booking);
  message->set_archived(document.archived);
  Encode(document, document.current, message->mutable_version());
  *message->mutable_create_time() = EncodeInstant(document.created);
  message->set_etag(app::EtagOf(document.version));
}

void Encode(const core::ConsentDocument& document, const core::ConsentVersion& version,
            v1::ConsentVersion* message) {
  message->set_name(ConsentVersionName({document.provider, document.id, version.number}));
  message->set_number(version.number);
  message->set_sha256(version.sha256);
  message->set_file_name(version.file_name);
  message->set_content_type(version.content_type);
  message->set_size_bytes(version.size_bytes);
  *message->mutable_create_time() = EncodeInstant(version.created);
}

void Encode(const app::MissingConsents::Document& missing, v1::MissingConsents::Document* message) {
  message->set_name(ConsentDocumentName(missing.version.provider, missing.version.document));
  message->set_version(ConsentVersionName(missing.version));
  message->set_display_name(missing.display_name);
}

void Encode(const app::ConsentView& view, v1::Consent* message) {
  static_assert(static_cast<int>(core::ConsentState::kSigned) + 1 == v1::Consent::STATE_SIGNED);
  Encode(view.document, message->mutable_consent_document());
  message->set_state(static_cast<v1::Consent::State>(static_cast<int>(view.state) + 1));
  if (!view.last) return;
  *message->mutable_change_time() = EncodeInstant(view.last->when);
  if (view.last->decision == core::ConsentDecision::kGiven) {
    message->set_signed_version(
        ConsentVersionName({view.last->provider, view.last->document, view.last->number}));
  }
}

void Encode(const app::ConsentDocumentView& view, v1::ConsentDocument* message) {
  Encode(view.document, message);
  if (view.signatures) {
    message->set_signed_count(view.signatures->signed_by);
    message->set_pending_count(view.signatures->pending);
  }
  if (view.reminded) *message->mutable_remind_time() = EncodeInstant(*view.reminded);
}

void Encode(const app::CustomerConsentView& view, v1::CustomerConsent* message) {
  v1::Consent consent;
  Encode(view.consent, &consent);
  message->set_customer(AccountName(view.customer));
  message->set_customer_display_name(view.customer_name);
  message->set_state(consent.state());
  if (consent.has_change_time()) *message->mutable_change_time() = consent.change_time();
  message->set_signed_version(consent.signed_version());
}

void Encode(const app::ConsentRecordView& view, v1::ConsentRecord* message) {
  const core::ConsentRecord& record = view.record;
  message->set_name(
      fmt::format("{}/consentRecords/{}", ProviderName(record.provider), record.id.ToString()));
  message->set_customer(AccountName(record.customer));
  message->set_customer_display_name(view.customer_name);
  message->set_consent_document(ConsentDocumentName(record.provider, record.document));
  message->set_consent_document_display_name(view.document_name);
  core::ConsentDocument document;
  document.provider = record.provider;
  document.id = record.document;
  Encode(document, view.version, message->mutable_version());
  message->set_decision(record.decision == core::ConsentDecision::kGiven
                            ? v1::CONSENT_DECISION_GIVE
                            : v1::CONSENT_DECISION_WITHDRAW);
  *message->mutable_time() = EncodeInstant(record.when);
  message->set_channel(record.channel);
}

ConsentDocumentListing ConsentDocumentsOf(core::ProviderId provider, storage::Archived archived) {
  return {[=](const app::ReadContext& cx, const auto& after, int limit) {
            return app::ListConsentDocuments(cx, provider, archived, after, limit);
          },
          [](const core::ConsentDocument& document) { return document.id; },
          [](const app::ReadContext&, const core::ConsentDocument& document,
             v1::ConsentDocument* message) { Encode(document, message); }};
}

ConsentVersionListing ConsentVersionsOf(core::ProviderId provider, core::ConsentDocumentId id) {
  core::ConsentDocument document;
  document.provider = provider;
  document.id = id;
  return {[=](const app::ReadContext& cx, const auto& before, int limit) {
            return app::ListConsentVersions(cx, provider, id, before, limit);
          },
          [](const core::ConsentVersion& version) { return version.number; },
          [=](const app::ReadContext&, const core::ConsentVersion& version,
              v1::ConsentVersion* message) { Encode(document, version, message); }};
}

ConsentRecordListing ConsentRecordsOf(core::ProviderId provider,
                                      const storage::ConsentRecordFilter& filter) {
  return {[=](const app::ReadContext& cx, const auto& before, int limit) {
            return app::ListConsentRecords(cx, provider, filter, before, limit);
          },
          [](const app::ConsentRecordView& view) { return view.record.id; },
          [](const app::ReadContext&, const app::ConsentRecordView& view,
             v1::ConsentRecord* message) { Encode(view, message); }};
}

extern constinit const SubjectExport kConsentsExport{
    .of_customer = [](core::AccountId customer) -> std::vector<ExportSection> {
      return {{"customer/consents.json",
               "Consents given and withdrawn.",
               {"consent_records"},
               Pages(RecordsOf(customer))}};
    },
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      const core::ProviderId id = provider.id;
      return {
          {"provider/consent_documents.json",
           "Consent documents, archived ones too.",
           {"consent_documents"},
           Pages(ConsentDocumentsOf(id, storage::Archived::kShow))},
          {"provider/consent_versions.json",
           "All versions of each.",
           {"consent_versions"},
           Pages(VersionsBy(id))},
          {"provider/consent_versions/", "The files themselves.", {"blobs"}, VersionFilesOf(id)},
          {"provider/consents.json",
           "Consents of customers, given and withdrawn.",
           {"consent_records"},
           Pages(ConsentRecordsOf(id, {}))}};
    }};

}  // namespace kalends::server
