// Consent documents, their versions, and the record of consents. Call only inside Database::Read or
// Submit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/consents/consent.h"
#include "storage/catalog.h"
#include "storage/database.h"

namespace kalends::storage {

// With its first version.
void InsertConsentDocument(Transaction& tx, const core::ConsentDocument& document);
// Writes everything that may change; the current version must be there.
void UpdateConsentDocument(Transaction& tx, const core::ConsentDocument& document);
void InsertConsentVersion(Transaction& tx, const core::ConsentDocument& document,
                          const core::ConsentVersion& version);
std::optional<core::ConsentDocument> FindConsentDocument(Transaction& tx, core::ProviderId provider,
                                                         core::ConsentDocumentId id);
std::optional<core::ConsentVersion> FindConsentVersion(Transaction& tx, core::ProviderId provider,
                                                       core::ConsentDocumentId document,
                                                       int number);

// The oldest first, from above `after`.
std::vector<core::ConsentDocument> ListConsentDocuments(
    Transaction& tx, core::ProviderId provider, Archived archived,
    std::optional<core::ConsentDocumentId> after, int limit);
// Those that block booking and are not archived.
std::vector<core::ConsentDocument> BlockingConsentDocuments(Transaction& tx,
                                                            core::ProviderId provider);
core::ConsentUsage ConsentUsageOf(Transaction& tx, core::ProviderId provider);
// The newest first, from below `before`.
std::vector<core::ConsentVersion> ListConsentVersions(Transaction& tx, core::ProviderId provider,
                                                      core::ConsentDocumentId document,
                                                      std::optional<int> before, int limit);

void InsertConsentRecord(Transaction& tx, const core::ConsentRecord& record);
// The customer's latest one for the document.
std::optional<core::ConsentRecord> LastConsentRecord(Transaction& tx, core::ProviderId provider,
                                                     core::AccountId customer,
                                                     core::ConsentDocumentId document);
// Customers of the provider who may sign: on its list, and not blocked. By id, from above `after`;
// with `state`, kSigned or kPending, only those who have signed the document's present version, or
// have not.
std::vector<core::AccountId> CustomersToSign(Transaction& tx, const core::ConsentDocument& document,
                                             std::optional<core::ConsentState> state,
                                             core::AccountId after, int limit);
struct SignatureCounts {
  int signed_by = 0;
  int pending = 0;
};
SignatureCounts CountSignatures(Transaction& tx, const core::ConsentDocument& document);
// When customers were last asked by hand to sign it.
std::optional<core::Instant> ConsentsRemindedAt(Transaction& tx, core::ProviderId provider,
                                                core::ConsentDocumentId id);
void SetConsentsReminded(Transaction& tx, core::ProviderId provider, core::ConsentDocumentId id,
                         core::Instant now);

struct ConsentRecordFilter {
  std::optional<core::ConsentDocumentId> document;
  std::optional<core::AccountId> customer;
};
// The latest first, from below `before`.
std::vector<core::ConsentRecord> ListConsentRecords(Transaction& tx, core::ProviderId provider,
                                                    const ConsentRecordFilter& filter,
                                                    std::optional<core::ConsentRecordId> before,
                                                    int limit);
// A customer's with all providers, also those whose link is gone, by (provider, id), from behind
// `after`.
struct ConsentRecordCursor {
  core::ProviderId provider;
  core::ConsentRecordId id;
};
std::vector<core::ConsentRecord> ListConsentRecords(Transaction& tx, core::AccountId customer,
                                                    const std::optional<ConsentRecordCursor>& after,
                                                    int limit);

}  // namespace kalends::storage
