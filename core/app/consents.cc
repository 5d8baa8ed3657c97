#include "core/app/consents.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/app/links.h"
#include "core/app/notifications.h"
#include "core/app/readable.h"
#include "core/base/detail.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/documents/file_name.h"
#include "storage/accounts.h"
#include "storage/links.h"
#include "storage/providers.h"

namespace kalends::app {
namespace {

absl::StatusOr<core::ConsentDocument> Managed(const ReadContext& cx, core::ProviderId provider,
                                              core::ConsentDocumentId id) {
  RETURN_IF_ERROR(ManagedProvider(cx, provider).status());
  auto document = storage::FindConsentDocument(cx.tx, provider, id);
  if (!document) return core::NotFound("providers/*/consentDocuments/*", provider, id);
  return *std::move(document);
}

core::ConsentVersion VersionOf(int number, const std::string& file_name,
                               const std::string& content_type, const storage::NewBlob& blob,
                               core::Instant now) {
  return {number,  blob.sha256, core::CleanFileName(file_name), content_type, blob.size_bytes,
          blob.id, now};
}

ConsentView ViewOf(const ReadContext& cx, core::AccountId customer,
                   core::ConsentDocument document) {
  ConsentView view;
  view.last = storage::LastConsentRecord(cx.tx, document.provider, customer, document.id);
  view.state = core::StateOf(document, view.last);
  view.document = std::move(document);
  return view;
}

absl::StatusOr<ConsentView> Change(WriteContext& cx, const ChangeConsentsInput& input,
                                   const ConsentChange& change) {
  const core::ConsentVersionRef& ref = change.version;
  auto document = storage::FindConsentDocument(cx.tx, ref.provider, ref.document);
  if (!document || ref.provider != input.link.provider) {
    return core::NotFound("providers/*/consentDocuments/*", ref.provider, ref.document);
  }
  const auto last =
      storage::LastConsentRecord(cx.tx, ref.provider, input.link.customer, ref.document);
  ASSIGN_OR_RETURN(const bool changes,
                   core::DecideChange(*document, last, ref.number, change.decision));
  if (changes) {
    storage::InsertConsentRecord(
        cx.tx, {cx.ids.Next<core::ConsentRecordId>(cx.now), ref.provider, input.link.customer,
                ref.document, ref.number, change.decision, cx.now, input.channel});
  }
  return ViewOf(cx.AsRead(), input.link.customer, *std::move(document));
}

absl::Status CheckChanges(const ChangeConsentsInput& input) {
  std::vector<core::ConsentDocumentId> documents;
  documents.reserve(input.changes.size());
  for (const ConsentChange& change : input.changes) documents.push_back(change.version.document);
  return core::CheckChanges(input.channel, documents);
}

absl::StatusOr<ConsentRecordView> ViewRecord(const ReadContext& cx, core::ConsentRecord record) {
  const core::ProviderId provider = record.provider;
  const auto document = storage::FindConsentDocument(cx.tx, provider, record.document);
  auto version = storage::FindConsentVersion(cx.tx, provider, record.document, record.number);
  const auto customer = storage::FindAccount(cx.tx, record.customer);
  if (!document || !version || !customer) return core::Error(core::Reason::kInternal);
  return ConsentRecordView{std::move(record), customer->display_name, document->display_name,
                           *std::move(version)};
}

absl::StatusOr<std::vector<ConsentRecordView>> ViewRecords(
    const ReadContext& cx, std::vector<core::ConsentRecord> records) {
  return EachReadable(cx.tx, std::move(records), [&](core::ConsentRecord& record) {
    return ViewRecord(cx, std::move(record));
  });
}

}  // namespace

absl::StatusOr<core::Provider> ReadableProvider(const ReadContext& cx, core::ProviderId id) {
  auto provider = storage::FindProvider(cx.tx, id);
  if (!provider || !core::MayReadConsents(cx.caller, *provider, TieOf(cx, *provider))) {
    return core::NotFound("providers/*", id);
  }
  return *std::move(provider);
}

absl::StatusOr<core::ConsentUsage> CheckMayPublish(const ReadContext& cx,
                                                   core::ProviderId provider) {
  RETURN_IF_ERROR(ManagedProvider(cx, provider).status());
  core::ConsentUsage used = storage::ConsentUsageOf(cx.tx, provider);
  RETURN_IF_ERROR(core::CheckNewDocument(used));
  RETURN_IF_ERROR(core::CheckBytes(used, 1));
  return used;
}

absl::StatusOr<core::ConsentDocument> PublishConsentDocument(WriteContext& cx,
                                                             const PublishInput& input) {
  ASSIGN_OR_RETURN(const core::ConsentUsage used, CheckMayPublish(cx.AsRead(), input.provider));
  core::ConsentDocument document = input.document;
  RETURN_IF_ERROR(core::CheckNewDocument(document, input.content_type));
  RETURN_IF_ERROR(core::CheckFileSize(input.blob.size_bytes));
  RETURN_IF_ERROR(core::CheckBytes(used, input.blob.size_bytes));
  document.id = cx.ids.Next<core::ConsentDocumentId>(cx.now);
  document.provider = input.provider;
  document.created = cx.now;
  document.current = VersionOf(1, input.file_name, input.content_type, input.blob, cx.now);
  KeepBlob(cx, input.provider, input.blob);
  storage::InsertConsentDocument(cx.tx, document);
  return document;
}

absl::StatusOr<core::ConsentUsage> CheckMayPublishVersion(const ReadContext& cx,
                                                          core::ProviderId provider,
                                                          core::ConsentDocumentId document) {
  ASSIGN_OR_RETURN(const core::ConsentDocument found, Managed(cx, provider, document));
  if (found.archived) return core::Error(core::Reason::kConsentDocumentArchived);
  if (found.current.number >= core::kVersionsPerConsentDocumentMax) {
    return core::LimitReached("consent_versions", core::kVersionsPerConsentDocumentMax,
                              "The document has too many versions; publish a new document.");
  }
  core::ConsentUsage used = storage::ConsentUsageOf(cx.tx, provider);
  RETURN_IF_ERROR(core::CheckBytes(used, 1));
  return used;
}

absl::StatusOr<core::ConsentDocument> PublishConsentVersion(WriteContext& cx,
                                                            const PublishVersionInput& input) {
  ASSIGN_OR_RETURN(const core::ConsentUsage used,
                   CheckMayPublishVersion(cx.AsRead(), input.provider, input.document));
  RETURN_IF_ERROR(core::CheckNewVersion(input.content_type));
  RETURN_IF_ERROR(core::CheckFileSize(input.blob.size_bytes));
  RETURN_IF_ERROR(core::CheckBytes(used, input.blob.size_bytes));
  ASSIGN_OR_RETURN(core::ConsentDocument document,
                   Managed(cx.AsRead(), input.provider, input.document));
  if (document.current.sha256 == input.blob.sha256) return core::Error(core::Reason::kSameVersion);
  document.current = VersionOf(document.current.number + 1, input.file_name, input.content_type,
                               input.blob, cx.now);
  ++document.version;
  KeepBlob(cx, input.provider, input.blob);
  storage::InsertConsentVersion(cx.tx, document, document.current);
  storage::UpdateConsentDocument(cx.tx, document);
  return document;
}

absl::StatusOr<core::ConsentDocument> GetConsentDocument(const ReadContext& cx,
                                                         core::ProviderId provider,
                                                         core::ConsentDocumentId id) {
  RETURN_IF_ERROR(ReadableProvider(cx, provider).status());
  auto document = storage::FindConsentDocument(cx.tx, provider, id);
  if (!document) return core::NotFound("providers/*/consentDocuments/*", provider, id);
  return *std::move(document);
}

absl::StatusOr<ConsentDocumentView> ViewConsentDocument(const ReadContext& cx,
                                                        core::ProviderId provider,
                                                        core::ConsentDocumentId id) {
  ConsentDocumentView view;
  ASSIGN_OR_RETURN(view.document, GetConsentDocument(cx, provider, id));
  if (!view.document.needs_consent || !ManagedProvider(cx, provider).ok()) return view;
  view.signatures = storage::CountSignatures(cx.tx, view.document);
  view.reminded = storage::ConsentsRemindedAt(cx.tx, provider, id);
  return view;
}

absl::StatusOr<std::vector<CustomerConsentView>> ListCustomerConsents(
    const ReadContext& cx, core::ProviderId provider, core::ConsentDocumentId id,
    std::optional<core::ConsentState> state, std::optional<core::AccountId> after, int limit) {
  ASSIGN_OR_RETURN(const core::ConsentDocument document, Managed(cx, provider, id));
  constexpr core::AccountId kBelowAll{-1};
  return EachReadable(
      cx.tx, storage::CustomersToSign(cx.tx, document, state, after.value_or(kBelowAll), limit),
      [&](core::AccountId customer) -> absl::StatusOr<CustomerConsentView> {
        const auto account = storage::FindAccount(cx.tx, customer);
        if (!account) return core::Error(core::Reason::kInternal);
        return CustomerConsentView{customer, account->display_name, ViewOf(cx, customer, document)};
      });
}

absl::StatusOr<int> RemindConsents(WriteContext& cx, core::ProviderId provider,
                                   core::ConsentDocumentId id) {
  ASSIGN_OR_RETURN(const core::ConsentDocument document, Managed(cx.AsRead(), provider, id));
  if (document.archived) return core::Error(core::Reason::kConsentDocumentArchived);
  if (!document.needs_consent) return core::Error(core::Reason::kConsentNotNeeded);
  const auto reminded = storage::ConsentsRemindedAt(cx.tx, provider, id);
  // What a clock that was ahead has noted counts for nothing.
  RETURN_IF_ERROR(CheckRate(
      core::kConsentReminderRates,
      [&](int) { return reminded && *reminded <= cx.now ? reminded : std::nullopt; }, cx.now));
  const auto customers = storage::CustomersToSign(cx.tx, document, core::ConsentState::kPending,
                                                  core::AccountId{-1}, core::kConsentsRemindedMax);
  for (const core::AccountId customer : customers) {
    NotifyConsentWanted(cx, {provider, customer}, document.display_name);
  }
  storage::SetConsentsReminded(cx.tx, provider, id, cx.now);
  return static_cast<int>(customers.size());
}

absl::StatusOr<std::vector<core::ConsentDocument>> ListConsentDocuments(
    const ReadContext& cx, core::ProviderId provider, storage::Archived archived,
    std::optional<core::ConsentDocumentId> after, int limit) {
  ASSIGN_OR_RETURN(const core::Provider found, ReadableProvider(cx, provider));
  const bool manages = core::MayActAs(cx.caller, found.account);
  return storage::ListConsentDocuments(cx.tx, provider,
                                       manages ? archived : storage::Archived::kHide, after, limit);
}

absl::StatusOr<std::vector<core::ConsentVersion>> ListConsentVersions(
    const ReadContext& cx, core::ProviderId provider, core::ConsentDocumentId document,
    std::optional<int> before, int limit) {
  RETURN_IF_ERROR(GetConsentDocument(cx, provider, document).status());
  return storage::ListConsentVersions(cx.tx, provider, document, before, limit);
}

absl::StatusOr<core::ConsentDocument> UpdateConsentDocument(
    WriteContext& cx, const UpdateConsentDocumentInput& input) {
  ASSIGN_OR_RETURN(core::ConsentDocument document, Managed(cx.AsRead(), input.provider, input.id));
  RETURN_IF_ERROR(CheckEtag(input.etag, document.version));
  if (input.display_name) {
    RETURN_IF_ERROR(core::CheckName("consent_document.display_name", *input.display_name));
    document.display_name = *input.display_name;
  }
  document.needs_consent = input.needs_consent.value_or(document.needs_consent);
  document.blocks_booking = input.blocks_booking.value_or(document.blocks_booking);
  RETURN_IF_ERROR(core::CheckFlags("consent_document.blocks_booking", document));
  if (input.archived) {
    if (document.archived && !*input.archived) {
      RETURN_IF_ERROR(core::CheckUnarchive(storage::ConsentUsageOf(cx.tx, input.provider)));
    }
    document.archived = *input.archived;
  }
  ++document.version;
  storage::UpdateConsentDocument(cx.tx, document);
  return document;
}

absl::StatusOr<std::vector<ConsentView>> ChangeConsents(WriteContext& cx,
                                                        const ChangeConsentsInput& input) {
  ASSIGN_OR_RETURN(const LinkSide link, FindLinkSide(cx.AsRead(), input.link));
  // Nobody signs for somebody else.
  if (link.side != core::Side::kCustomer) return core::Error(core::Reason::kCustomerOnly);
  RETURN_IF_ERROR(CheckChanges(input));
  const bool gives = std::any_of(
      input.changes.begin(), input.changes.end(),
      [](const ConsentChange& change) { return change.decision == core::ConsentDecision::kGiven; });
  // What was given can be withdrawn, whatever became of the link.
  if (gives) RETURN_IF_ERROR(core::CheckLink(link.link));
  std::vector<ConsentView> views;
  for (const ConsentChange& change : input.changes) {
    ASSIGN_OR_RETURN(ConsentView view, Change(cx, input, change));
    views.push_back(std::move(view));
  }
  return views;
}

absl::StatusOr<std::vector<ConsentView>> ListConsents(const ReadContext& cx,
                                                      const core::LinkKey& link,
                                                      std::optional<core::ConsentDocumentId> after,
                                                      int limit) {
  RETURN_IF_ERROR(FindLinkSide(cx, link).status());
  return EachReadable(
      cx.tx,
      storage::ListConsentDocuments(cx.tx, link.provider, storage::Archived::kHide, after, limit),
      [&](core::ConsentDocument& document) {
        return ViewOf(cx, link.customer, std::move(document));
      });
}

absl::StatusOr<std::vector<ConsentRecordView>> ListConsentRecords(
    const ReadContext& cx, core::ProviderId provider, const storage::ConsentRecordFilter& filter,
    std::optional<core::ConsentRecordId> before, int limit) {
  const bool is_own = filter.customer && filter.customer == cx.caller.account;
  if (!is_own) RETURN_IF_ERROR(ManagedProvider(cx, provider).status());
  return ViewRecords(cx, storage::ListConsentRecords(cx.tx, provider, filter, before, limit));
}

absl::StatusOr<std::vector<ConsentRecordView>> ListConsentRecords(
    const ReadContext& cx, core::AccountId customer,
    const std::optional<storage::ConsentRecordCursor>& after, int limit) {
  if (!core::MayActAs(cx.caller, customer)) return core::NotFound("accounts/*", customer);
  return ViewRecords(cx, storage::ListConsentRecords(cx.tx, customer, after, limit));
}

absl::Status CheckConsents(const ReadContext& cx, core::ProviderId provider,
                           core::AccountId customer) {
  MissingConsents missing;
  for (core::ConsentDocument& document : storage::BlockingConsentDocuments(cx.tx, provider)) {
    if (missing.documents.size() == core::kMissingConsentsMax) break;
    const auto last = storage::LastConsentRecord(cx.tx, provider, customer, document.id);
    if (!core::HindersBooking(document, last)) continue;
    missing.documents.push_back(
        {{provider, document.id, document.current.number}, std::move(document.display_name)});
  }
  if (missing.documents.empty()) return absl::OkStatus();
  return core::WithDetail(core::Error(core::Reason::kConsentMissing), std::move(missing));
}

}  // namespace kalends::app
