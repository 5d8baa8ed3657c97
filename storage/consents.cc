#include "storage/consents.h"

#include <fmt/format.h>

#include <limits>

#include "core/accounts/account.h"
#include "storage/privacy.h"
#include "storage/sealed.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

constexpr core::ConsentRecordId kAboveAllRecords{std::numeric_limits<std::int64_t>::max()};

Place FileNamePlace(core::ProviderId provider, core::ConsentDocumentId document, int number) {
  return Place("consent_versions.file_name", provider, document, std::int64_t{number});
}

core::ConsentVersion ReadVersionFrom(core::ProviderId provider, core::ConsentDocumentId document,
                                     const Row& row, int column) {
  core::ConsentVersion version;
  version.number = NumberAt(row, column);
  version.sha256 = row.Text(column + 1);
  version.content_type = row.Text(column + 3);
  version.size_bytes = row.Int(column + 4);
  if (row.IsNull(column + 5)) {
    version.file_name = WordsAt(row, column + 2);  // Erased: core::kErasedName.
  } else {
    version.file_name =
        OpenedAt(row, column + 2, FileNamePlace(provider, document, version.number));
    version.blob = row.Text(column + 5);
  }
  version.created = InstantAt(row, column + 6);
  return version;
}

core::ConsentDocument ReadDocument(const Row& row) {
  core::ConsentDocument document;
  document.provider = IdAt<core::ProviderId>(row, 0);
  document.id = IdAt<core::ConsentDocumentId>(row, 1);
  document.display_name = WordsAt(row, 2);
  document.needs_consent = FlagAt(row, 3);
  document.blocks_booking = FlagAt(row, 4);
  document.archived = FlagAt(row, 5);
  document.created = InstantAt(row, 6);
  document.version = row.Int(7);
  document.current = ReadVersionFrom(document.provider, document.id, row, 8);
  return document;
}

core::ConsentRecord ReadRecord(const Row& row) {
  core::ConsentRecord record;
  record.provider = IdAt<core::ProviderId>(row, 0);
  record.id = IdAt<core::ConsentRecordId>(row, 1);
  record.customer = IdAt<core::AccountId>(row, 2);
  record.document = IdAt<core::ConsentDocumentId>(row, 3);
  record.number = NumberAt(row, 4);
  record.decision = ParsedAt(row, 5, core::ParseConsentDecision);
  record.when = InstantAt(row, 6);
  record.channel = row.Text(7);
  return record;
}

}  // namespace

void InsertConsentDocument(Transaction& tx, const core::ConsentDocument& document) {
  tx.Execute(
      "INSERT INTO consent_documents (provider_id, id, display_name, needs_consent, blocks_booking,"
      " archived, current_number, created_s, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {ToValue(document.provider), ToValue(document.id), document.display_name,
       ToValue(document.needs_consent), ToValue(document.blocks_booking),
       ToValue(document.archived), document.current.number, ToValue(document.created),
       document.version});
  InsertConsentVersion(tx, document, document.current);
}

void UpdateConsentDocument(Transaction& tx, const core::ConsentDocument& document) {
  tx.Execute(
      "UPDATE consent_documents SET display_name = CASE $3 WHEN '\uFFFD' THEN display_name ELSE $3"
      " END, needs_consent = $4, blocks_booking = $5,"
      " archived = $6, current_number = $7, version = $8 WHERE provider_id = $1 AND id = $2",
      {ToValue(document.provider), ToValue(document.id), document.display_name,
       ToValue(document.needs_consent), ToValue(document.blocks_booking),
       ToValue(document.archived), document.current.number, document.version});
}

void InsertConsentVersion(Transaction& tx, const core::ConsentDocument& document,
                          const core::ConsentVersion& version) {
  tx.Execute(
      "INSERT INTO consent_versions (provider_id, document_id, number, sha256, file_name,"
      " content_type, size_bytes, blob_id, created_s) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {ToValue(document.provider), ToValue(document.id), version.number, Blob{version.sha256},
       Sealed(tx, version.file_name, FileNamePlace(document.provider, document.id, version.number)),
       version.content_type, version.size_bytes, version.blob, ToValue(version.created)});
}

std::optional<core::ConsentDocument> FindConsentDocument(Transaction& tx, core::ProviderId provider,
                                                         core::ConsentDocumentId id) {
  return RowOf(tx,
               "SELECT d.provider_id, d.id, d.display_name, d.needs_consent, d.blocks_booking,"
               " d.archived, d.created_s, d.version, v.number, v.sha256, v.file_name,"
               " v.content_type, v.size_bytes, v.blob_id, v.created_s"
               " FROM consent_documents AS d JOIN consent_versions AS v"
               " ON v.provider_id = d.provider_id AND v.document_id = d.id"
               " AND v.number = d.current_number"
               " WHERE d.provider_id = $1 AND d.id = $2",
               {ToValue(provider), ToValue(id)}, ReadDocument);
}

std::optional<core::ConsentVersion> FindConsentVersion(Transaction& tx, core::ProviderId provider,
                                                       core::ConsentDocumentId document,
                                                       int number) {
  return RowOf(tx,
               "SELECT number, sha256, file_name, content_type, size_bytes, blob_id, created_s"
               " FROM consent_versions"
               " WHERE provider_id = $1 AND document_id = $2 AND number = $3",
               {ToValue(provider), ToValue(document), number},
               [&](const Row& row) { return ReadVersionFrom(provider, document, row, 0); });
}

std::vector<core::ConsentDocument> ListConsentDocuments(
    Transaction& tx, core::ProviderId provider, Archived archived,
    std::optional<core::ConsentDocumentId> after, int limit) {
  const std::string_view sql =
      archived == Archived::kShow
          ? "SELECT d.provider_id, d.id, d.display_name, d.needs_consent, d.blocks_booking,"
            " d.archived, d.created_s, d.version, v.number, v.sha256, v.file_name,"
            " v.content_type, v.size_bytes, v.blob_id, v.created_s"
            " FROM consent_documents AS d JOIN consent_versions AS v"
            " ON v.provider_id = d.provider_id AND v.document_id = d.id"
            " AND v.number = d.current_number"
            " WHERE d.provider_id = $1 AND d.id > $2 ORDER BY d.id LIMIT $3"
          : "SELECT d.provider_id, d.id, d.display_name, d.needs_consent, d.blocks_booking,"
            " d.archived, d.created_s, d.version, v.number, v.sha256, v.file_name,"
            " v.content_type, v.size_bytes, v.blob_id, v.created_s"
            " FROM consent_documents AS d JOIN consent_versions AS v"
            " ON v.provider_id = d.provider_id AND v.document_id = d.id"
            " AND v.number = d.current_number"
            " WHERE d.provider_id = $1 AND d.id > $2 AND d.archived = 0 ORDER BY d.id LIMIT $3";
  constexpr core::ConsentDocumentId kBelowAll{-1};
  return RowsOf(tx, sql, {ToValue(provider), ToValue(after.value_or(kBelowAll)), limit},
                ReadDocument);
}

std::vector<core::ConsentDocument> BlockingConsentDocuments(Transaction& tx,
                                                            core::ProviderId provider) {
  return RowsOf(tx,
                "SELECT d.provider_id, d.id, d.display_name, d.needs_consent, d.blocks_booking,"
                " d.archived, d.created_s, d.version, v.number, v.sha256, v.file_name,"
                " v.content_type, v.size_bytes, v.blob_id, v.created_s"
                " FROM consent_documents AS d JOIN consent_versions AS v"
                " ON v.provider_id = d.provider_id AND v.document_id = d.id"
                " AND v.number = d.current_number"
                " WHERE d.provider_id = $1 AND d.blocks_booking = 1 AND d.archived = 0"
                " ORDER BY d.id",
                {ToValue(provider)}, ReadDocument);
}

core::ConsentUsage ConsentUsageOf(Transaction& tx, core::ProviderId provider) {
  const Value id = ToValue(provider);
  core::ConsentUsage used;
  used.documents = static_cast<int>(NumberOf(
      tx, "SELECT count(*) FROM consent_documents WHERE provider_id = $1 AND archived = 0", {id}));
  used.kept = static_cast<int>(
      NumberOf(tx, "SELECT count(*) FROM consent_documents WHERE provider_id = $1", {id}));
  used.bytes = NumberOf(tx,
                        "SELECT CAST(coalesce(sum(size_bytes), 0) AS BIGINT) FROM consent_versions "
                        "WHERE provider_id = $1",
                        {id});
  return used;
}

std::vector<core::ConsentVersion> ListConsentVersions(Transaction& tx, core::ProviderId provider,
                                                      core::ConsentDocumentId document,
                                                      std::optional<int> before, int limit) {
  return RowsOf(tx,
                "SELECT number, sha256, file_name, content_type, size_bytes, blob_id, created_s"
                " FROM consent_versions"
                " WHERE provider_id = $1 AND document_id = $2 AND number < $3"
                " ORDER BY number DESC LIMIT $4",
                {ToValue(provider), ToValue(document),
                 before.value_or(std::numeric_limits<int>::max()), limit},
                [&](const Row& row) { return ReadVersionFrom(provider, document, row, 0); });
}

void InsertConsentRecord(Transaction& tx, const core::ConsentRecord& record) {
  tx.Execute(
      "INSERT INTO consent_records (provider_id, id, customer_id, document_id, number, decision,"
      " when_s, channel) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {ToValue(record.provider), ToValue(record.id), ToValue(record.customer),
       ToValue(record.document), record.number, core::NameOf(record.decision), ToValue(record.when),
       record.channel});
}

std::optional<core::ConsentRecord> LastConsentRecord(Transaction& tx, core::ProviderId provider,
                                                     core::AccountId customer,
                                                     core::ConsentDocumentId document) {
  return RowOf(tx,
               "SELECT provider_id, id, customer_id, document_id, number, decision, when_s, channel"
               " FROM consent_records"
               " WHERE provider_id = $1 AND customer_id = $2 AND document_id = $3"
               " ORDER BY id DESC LIMIT 1",
               {ToValue(provider), ToValue(customer), ToValue(document)}, ReadRecord);
}

namespace {

// Of the link l: 1 where its customer's last record of the document $2 gives its version $3.
constexpr std::string_view kHasSigned =
    "coalesce((SELECT CASE WHEN r.decision = 'GIVEN' AND r.number = $3 THEN 1 ELSE 0 END"
    " FROM consent_records AS r"
    " WHERE r.provider_id = l.provider_id AND r.customer_id = l.customer_id"
    " AND r.document_id = $2 ORDER BY r.id DESC LIMIT 1), 0)";

}  // namespace

std::vector<core::AccountId> CustomersToSign(Transaction& tx, const core::ConsentDocument& document,
                                             std::optional<core::ConsentState> state,
                                             core::AccountId after, int limit) {
  const auto read = [](const Row& row) { return IdAt<core::AccountId>(row, 0); };
  if (!state) {
    return RowsOf(tx,
                  "SELECT customer_id FROM links WHERE provider_id = $1 AND customer_id > $2"
                  " AND removed_s IS NULL AND blocked_s IS NULL ORDER BY customer_id LIMIT $3",
                  {ToValue(document.provider), ToValue(after), limit}, read);
  }
  static const std::string sql = fmt::format(
      "SELECT l.customer_id FROM links AS l WHERE l.provider_id = $1 AND l.customer_id > $4"
      " AND l.removed_s IS NULL AND l.blocked_s IS NULL AND {} = $5"
      " ORDER BY l.customer_id LIMIT $6",
      kHasSigned);
  return RowsOf(tx, sql,
                {ToValue(document.provider), ToValue(document.id), document.current.number,
                 ToValue(after), ToValue(*state == core::ConsentState::kSigned), limit},
                read);
}

SignatureCounts CountSignatures(Transaction& tx, const core::ConsentDocument& document) {
  static const std::string sql = fmt::format(
      "SELECT count(*), CAST(coalesce(sum({}), 0) AS BIGINT) FROM links AS l"
      " WHERE l.provider_id = $1 AND l.removed_s IS NULL AND l.blocked_s IS NULL",
      kHasSigned);
  SignatureCounts counts;
  tx.Query(sql, {ToValue(document.provider), ToValue(document.id), document.current.number},
           [&](const Row& row) {
             counts.signed_by = NumberAt(row, 1);
             counts.pending = NumberAt(row, 0) - counts.signed_by;
           });
  return counts;
}

std::optional<core::Instant> ConsentsRemindedAt(Transaction& tx, core::ProviderId provider,
                                                core::ConsentDocumentId id) {
  return RowOf(tx, "SELECT reminded_s FROM consent_documents WHERE provider_id = $1 AND id = $2",
               {ToValue(provider), ToValue(id)},
               [](const Row& row) { return OptionalInstantAt(row, 0); })
      .value_or(std::nullopt);
}

void SetConsentsReminded(Transaction& tx, core::ProviderId provider, core::ConsentDocumentId id,
                         core::Instant now) {
  tx.Execute("UPDATE consent_documents SET reminded_s = $3 WHERE provider_id = $1 AND id = $2",
             {ToValue(provider), ToValue(id), ToValue(now)});
}

std::vector<core::ConsentRecord> ListConsentRecords(Transaction& tx, core::ProviderId provider,
                                                    const ConsentRecordFilter& filter,
                                                    std::optional<core::ConsentRecordId> before,
                                                    int limit) {
  const Value from = ToValue(before.value_or(kAboveAllRecords));
  if (filter.document && filter.customer) {
    return RowsOf(
        tx,
        "SELECT provider_id, id, customer_id, document_id, number, decision, when_s, channel"
        " FROM consent_records WHERE provider_id = $1 AND customer_id = $2 AND document_id = $3"
        " AND id < $4 ORDER BY id DESC LIMIT $5",
        {ToValue(provider), ToValue(*filter.customer), ToValue(*filter.document), from, limit},
        ReadRecord);
  }
  if (filter.document) {
    return RowsOf(
        tx,
        "SELECT provider_id, id, customer_id, document_id, number, decision, when_s, channel"
        " FROM consent_records WHERE provider_id = $1 AND document_id = $2 AND id < $3"
        " ORDER BY id DESC LIMIT $4",
        {ToValue(provider), ToValue(*filter.document), from, limit}, ReadRecord);
  }
  if (filter.customer) {
    return RowsOf(
        tx,
        "SELECT provider_id, id, customer_id, document_id, number, decision, when_s, channel"
        " FROM consent_records"
        " WHERE provider_id = $1 AND customer_id = $2 AND id < $3"
        " ORDER BY id DESC LIMIT $4",
        {ToValue(provider), ToValue(*filter.customer), from, limit}, ReadRecord);
  }
  return RowsOf(tx,
                "SELECT provider_id, id, customer_id, document_id, number, decision, when_s,"
                " channel FROM consent_records WHERE provider_id = $1 AND id < $2"
                " ORDER BY id DESC LIMIT $3",
                {ToValue(provider), from, limit}, ReadRecord);
}

std::vector<core::ConsentRecord> ListConsentRecords(Transaction& tx, core::AccountId customer,
                                                    const std::optional<ConsentRecordCursor>& after,
                                                    int limit) {
  const ConsentRecordCursor from = after.value_or(ConsentRecordCursor{{-1}, {-1}});
  return RowsOf(
      tx,
      "SELECT provider_id, id, customer_id, document_id, number, decision, when_s, channel"
      " FROM consent_records WHERE customer_id = $1 AND (provider_id, id) > ($2, $3)"
      " ORDER BY provider_id, id LIMIT $4",
      {ToValue(customer), ToValue(from.provider), ToValue(from.id), limit}, ReadRecord);
}

namespace {

constexpr std::string_view kErasedTables[] = {"consent_documents", "consent_versions"};
constexpr KeptTable kKeptTables[] = {
    {"consent_records", "Who agreed to which version, by its checksum: a log that only grows."}};

constexpr Trace kTraces[] = {
    {core::Side::kProvider, "consent_documents", [](Transaction& tx, const Leaver& leaver) -> int {
       return CountOf(
           tx, "SELECT count(*) FROM consent_documents WHERE provider_id = $1 AND archived = 0",
           {ToValue(*leaver.provider)});
     }}};

// Nothing can be read any more; that there were versions stays.
UnusedBlobs EraseOfProvider(Transaction& tx, const Leaver& leaver) {
  UnusedBlobs blobs = RowsOf(
      tx, "SELECT blob_id FROM consent_versions WHERE provider_id = $1 AND blob_id IS NOT NULL",
      {ToValue(*leaver.provider)}, [](const Row& row) { return row.Text(0); });
  tx.Execute(
      "UPDATE consent_versions SET file_name = $2, blob_id = NULL"
      " WHERE provider_id = $1 AND blob_id IS NOT NULL",
      {ToValue(*leaver.provider), core::kErasedName});
  tx.Execute(
      "UPDATE consent_documents SET display_name = $2, archived = 1, version = version + 1"
      " WHERE provider_id = $1",
      {ToValue(*leaver.provider), core::kErasedName});
  return blobs;
}

}  // namespace

extern constinit const Erasure kConsentsErasure{.subject = "consents",
                                                .tables = kErasedTables,
                                                .kept = kKeptTables,
                                                .traces = kTraces,
                                                .of_provider = EraseOfProvider};

}  // namespace kalends::storage
