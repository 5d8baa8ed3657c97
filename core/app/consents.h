// Use cases of consent documents and consents.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/context.h"
#include "core/app/documents.h"
#include "core/consents/consent.h"
#include "storage/consents.h"

namespace kalends::app {

// The provider, if the caller may read its consent documents, as core::MayReadConsents says.
// NOT_FOUND otherwise.
absl::StatusOr<core::Provider> ReadableProvider(const ReadContext& cx, core::ProviderId id);

// Whether the caller may publish for the provider now, and what its documents take already:
// NOT_FOUND, LIMIT_REACHED.
absl::StatusOr<core::ConsentUsage> CheckMayPublish(const ReadContext& cx,
                                                   core::ProviderId provider);
struct PublishInput {
  core::ProviderId provider;
  core::ConsentDocument document;  // Its name and flags.
  std::string file_name;           // As the uploader says it.
  std::string content_type;        // Clean.
  storage::NewBlob blob;
};
absl::StatusOr<core::ConsentDocument> PublishConsentDocument(WriteContext& cx,
                                                             const PublishInput& input);

struct PublishVersionInput {
  core::ProviderId provider;
  core::ConsentDocumentId document;
  std::string file_name;
  std::string content_type;
  storage::NewBlob blob;
};
// As CheckMayPublish; also CONSENT_DOCUMENT_ARCHIVED.
absl::StatusOr<core::ConsentUsage> CheckMayPublishVersion(const ReadContext& cx,
                                                          core::ProviderId provider,
                                                          core::ConsentDocumentId document);
absl::StatusOr<core::ConsentDocument> PublishConsentVersion(WriteContext& cx,
                                                            const PublishVersionInput& input);

// A document, and what is told of it to who manages it.
struct ConsentDocumentView {
  core::ConsentDocument document;
  std::optional<storage::SignatureCounts> signatures;  // To the provider, where it needs consent.
  std::optional<core::Instant> reminded;               // The same.
};
absl::StatusOr<ConsentDocumentView> ViewConsentDocument(const ReadContext& cx,
                                                        core::ProviderId provider,
                                                        core::ConsentDocumentId id);
absl::StatusOr<core::ConsentDocument> GetConsentDocument(const ReadContext& cx,
                                                         core::ProviderId provider,
                                                         core::ConsentDocumentId id);
absl::StatusOr<std::vector<core::ConsentDocument>> ListConsentDocuments(
    const ReadContext& cx, core::ProviderId provider, storage::Archived archived,
    std::optional<core::ConsentDocumentId> after, int limit);
absl::StatusOr<std::vector<core::ConsentVersion>> ListConsentVersions(
    const ReadContext& cx, core::ProviderId provider, core::ConsentDocumentId document,
    std::optional<int> before, int limit);

struct UpdateConsentDocumentInput {
  core::ProviderId provider;
  core::ConsentDocumentId id;
  std::optional<std::string> display_name;
  std::optional<bool> needs_consent;
  std::optional<bool> blocks_booking;
  std::optional<bool> archived;
  std::string etag;
};
absl::StatusOr<core::ConsentDocument> UpdateConsentDocument(
    WriteContext& cx, const UpdateConsentDocumentInput& input);

// A customer's consent to a document.
struct ConsentView {
  core::ConsentDocument document;
  core::ConsentState state = core::ConsentState::kNotNeeded;
  std::optional<core::ConsentRecord> last;
};
struct ConsentChange {
  core::ConsentVersionRef version;
  core::ConsentDecision decision = core::ConsentDecision::kGiven;
};
struct ChangeConsentsInput {
  core::LinkKey link;
  std::vector<ConsentChange> changes;
  std::string channel;
};
absl::StatusOr<std::vector<ConsentView>> ChangeConsents(WriteContext& cx,
                                                        const ChangeConsentsInput& input);
absl::StatusOr<std::vector<ConsentView>> ListConsents(const ReadContext& cx,
                                                      const core::LinkKey& link,
                                                      std::optional<core::ConsentDocumentId> after,
                                                      int limit);

// How a customer stands to a document.
struct CustomerConsentView {
  core::AccountId customer;
  std::string customer_name;
  ConsentView consent;
};
// By the provider. `state`: only those; kSigned or kPending.
absl::StatusOr<std::vector<CustomerConsentView>> ListCustomerConsents(
    const ReadContext& cx, core::ProviderId provider, core::ConsentDocumentId id,
    std::optional<core::ConsentState> state, std::optional<core::AccountId> after, int limit);
// How many were asked.
absl::StatusOr<int> RemindConsents(WriteContext& cx, core::ProviderId provider,
                                   core::ConsentDocumentId id);

struct ConsentRecordView {
  core::ConsentRecord record;
  std::string customer_name;
  std::string document_name;
  core::ConsentVersion version;
};
// For the provider; for a customer with the filter set to that one.
absl::StatusOr<std::vector<ConsentRecordView>> ListConsentRecords(
    const ReadContext& cx, core::ProviderId provider, const storage::ConsentRecordFilter& filter,
    std::optional<core::ConsentRecordId> before, int limit);
// A customer's with all providers, for the customer: NOT_FOUND.
absl::StatusOr<std::vector<ConsentRecordView>> ListConsentRecords(
    const ReadContext& cx, core::AccountId customer,
    const std::optional<storage::ConsentRecordCursor>& after, int limit);

// The detail of CONSENT_MISSING: what to sign, at most kMissingConsentsMax.
struct MissingConsents {
  struct Document {
    core::ConsentVersionRef version;
    std::string display_name;
  };
  std::vector<Document> documents;
};
// CONSENT_MISSING with MissingConsents.
absl::Status CheckConsents(const ReadContext& cx, core::ProviderId provider,
                           core::AccountId customer);

}  // namespace kalends::app
