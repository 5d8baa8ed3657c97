#include "storage/documents.h"

#include <fmt/format.h>

#include <limits>

#include "core/base/limits.h"
#include "storage/privacy.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

BlobRow ReadBlob(const Row& row) {
  return {IdAt<core::ProviderId>(row, 0), row.Text(1), row.Int(2), row.Text(3), row.Text(4)};
}

std::string SelectDocuments(std::string_view rest) {
  return fmt::format(
      "SELECT provider_id, customer_id, id, uploader, file_name, content_type, size_bytes, blob_id,"
      " created_s, deleted_s FROM documents {}",
      rest);
}

core::Document ReadDocument(const Row& row) {
  core::Document document;
  document.link = {IdAt<core::ProviderId>(row, 0), IdAt<core::AccountId>(row, 1)};
  document.id = IdAt<core::DocumentId>(row, 2);
  document.uploader = ParsedAt(row, 3, core::ParseSide);
  document.file_name = row.Text(4);
  document.content_type = row.Text(5);
  document.size_bytes = row.Int(6);
  if (!row.IsNull(7)) document.blob = row.Text(7);
  document.created = InstantAt(row, 8);
  document.deleted = OptionalInstantAt(row, 9);
  return document;
}

// No id is negative.
constexpr core::DocumentRef kBeforeAllDocuments{{{-1}, {-1}}, {-1}};

core::DownloadLink ReadDownloadLink(const Row& row) {
  core::DownloadLink link;
  const auto provider = IdAt<core::ProviderId>(row, 0);
  link.token_hash = row.Text(1);
  link.requester = IdAt<core::AccountId>(row, 2);
  if (row.IsNull(3)) {
    link.file =
        core::ConsentVersionRef{provider, IdAt<core::ConsentDocumentId>(row, 5), NumberAt(row, 6)};
  } else {
    link.file = core::DocumentRef{{provider, IdAt<core::AccountId>(row, 3)},
                                  IdAt<core::DocumentId>(row, 4)};
  }
  link.expires = InstantAt(row, 7);
  return link;
}

}  // namespace

void InsertBlob(Transaction& tx, const BlobRow& blob) {
  tx.Execute(
      "INSERT INTO blobs (provider_id, id, size_bytes, wrapped_key, master_key_id)"
      " VALUES ($1, $2, $3, $4, $5)",
      {ToValue(blob.provider), blob.id, blob.size_bytes, Blob{blob.wrapped_key},
       Blob{blob.master_key_id}});
}

std::optional<BlobRow> FindBlob(Transaction& tx, std::string_view id) {
  return RowOf(tx,
               "SELECT provider_id, id, size_bytes, wrapped_key, master_key_id FROM blobs"
               " WHERE id = $1",
               {id}, ReadBlob);
}

void DeleteBlob(Transaction& tx, std::string_view id) {
  tx.Execute("DELETE FROM blobs WHERE id = $1", {id});
}

void RewrapBlob(Transaction& tx, const BlobRow& blob) {
  tx.Execute("UPDATE blobs SET wrapped_key = $2, master_key_id = $3 WHERE id = $1",
             {blob.id, Blob{blob.wrapped_key}, Blob{blob.master_key_id}});
}

std::vector<BlobRow> BlobsOfOtherKeys(Transaction& tx, std::string_view master_key_id,
                                      const std::optional<BlobCursor>& after, int limit) {
  std::vector<BlobRow> blobs;
  const BlobCursor from = after.value_or(BlobCursor{"", {-1}, ""});
  // One range of the index on each side of the key.
  for (const std::string_view sql :
       {"SELECT provider_id, id, size_bytes, wrapped_key, master_key_id FROM blobs"
        " WHERE master_key_id < $1 AND (master_key_id, provider_id, id) > ($2, $3, $4)"
        " ORDER BY master_key_id, provider_id, id LIMIT $5",
        "SELECT provider_id, id, size_bytes, wrapped_key, master_key_id FROM blobs"
        " WHERE master_key_id > $1 AND (master_key_id, provider_id, id) > ($2, $3, $4)"
        " ORDER BY master_key_id, provider_id, id LIMIT $5"}) {
    const int rest = limit - static_cast<int>(blobs.size());
    for (BlobRow& blob : RowsOf(
             tx, sql,
             {Blob{master_key_id}, Blob{from.master_key_id}, ToValue(from.provider), from.id, rest},
             ReadBlob)) {
      blobs.push_back(std::move(blob));
    }
  }
  return blobs;
}

std::int64_t CountBlobsOfOtherKeys(Transaction& tx, std::string_view master_key_id) {
  return NumberOf(tx, "SELECT count(*) FROM blobs WHERE master_key_id < $1",
                  {Blob{master_key_id}}) +
         NumberOf(tx, "SELECT count(*) FROM blobs WHERE master_key_id > $1", {Blob{master_key_id}});
}

std::optional<std::string> FindBlobStoreId(Transaction& tx) {
  return RowOf(tx, "SELECT id FROM blob_store", {}, [](const Row& row) { return row.Text(0); });
}

void InsertBlobStoreId(Transaction& tx, std::string_view id) {
  tx.Execute("INSERT INTO blob_store (one, id) VALUES (1, $1)", {id});
}

std::vector<std::string> KnownMasterKeys(Transaction& tx) {
  return RowsOf(tx, "SELECT id FROM master_keys ORDER BY id", {},
                [](const Row& row) { return row.Text(0); });
}

void InsertMasterKey(Transaction& tx, std::string_view id, core::Instant now) {
  tx.Execute("INSERT INTO master_keys (id, created_s) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
             {Blob{id}, ToValue(now)});
}

void InsertDocument(Transaction& tx, const core::Document& document) {
  tx.Execute(
      "INSERT INTO documents (provider_id, customer_id, id, uploader, file_name, content_type,"
      " size_bytes, blob_id, created_s) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {ToValue(document.link.provider), ToValue(document.link.customer), ToValue(document.id),
       core::NameOf(document.uploader), Blob{document.file_name}, document.content_type,
       document.size_bytes, document.blob, ToValue(document.created)});
}

std::optional<core::Document> FindDocument(Transaction& tx, const core::DocumentRef& ref) {
  static const std::string sql =
      SelectDocuments("WHERE provider_id = $1 AND customer_id = $2 AND id = $3");
  return RowOf(tx, sql, {ToValue(ref.link.provider), ToValue(ref.link.customer), ToValue(ref.id)},
               ReadDocument);
}

std::vector<core::Document> ListDocuments(Transaction& tx, const core::LinkKey& link,
                                          std::optional<core::DocumentId> before, int limit) {
  constexpr core::DocumentId kAboveAll{std::numeric_limits<std::int64_t>::max()};
  static const std::string sql = SelectDocuments(
      "WHERE provider_id = $1 AND customer_id = $2 AND id < $3 AND deleted_s IS NULL"
      " ORDER BY id DESC LIMIT $4");
  return RowsOf(
      tx, sql,
      {ToValue(link.provider), ToValue(link.customer), ToValue(before.value_or(kAboveAll)), limit},
      ReadDocument);
}

std::vector<core::Document> ListDeletedDocuments(Transaction& tx, core::AccountId customer,
                                                 const std::optional<core::DocumentRef>& after,
                                                 int limit) {
  const core::DocumentRef from = after.value_or(kBeforeAllDocuments);
  static const std::string sql = SelectDocuments(
      "WHERE customer_id = $1 AND deleted_s IS NOT NULL AND (provider_id, id) > ($2, $3)"
      " ORDER BY provider_id, id LIMIT $4");
  return RowsOf(tx, sql, {ToValue(customer), ToValue(from.link.provider), ToValue(from.id), limit},
                ReadDocument);
}

std::vector<core::Document> ListDeletedDocuments(Transaction& tx, core::ProviderId provider,
                                                 const std::optional<core::DocumentRef>& after,
                                                 int limit) {
  const core::DocumentRef from = after.value_or(kBeforeAllDocuments);
  static const std::string sql = SelectDocuments(
      "WHERE provider_id = $1 AND deleted_s IS NOT NULL AND (customer_id, id) > ($2, $3)"
      " ORDER BY customer_id, id LIMIT $4");
  return RowsOf(tx, sql, {ToValue(provider), ToValue(from.link.customer), ToValue(from.id), limit},
                ReadDocument);
}

core::Usage DocumentUsage(Transaction& tx, const core::LinkKey& link) {
  return RowOf(tx,
               "SELECT count(*), CAST(coalesce(sum(size_bytes), 0) AS BIGINT) FROM documents"
               " WHERE provider_id = $1 AND customer_id = $2 AND deleted_s IS NULL",
               {ToValue(link.provider), ToValue(link.customer)},
               [](const Row& row) { return core::Usage{NumberAt(row, 0), row.Int(1)}; })
      .value();
}

void MarkDocumentDeleted(Transaction& tx, const core::DocumentRef& ref, core::Instant now) {
  tx.Execute(
      "UPDATE documents SET file_name = $4, blob_id = NULL, deleted_s = $5"
      " WHERE provider_id = $1 AND customer_id = $2 AND id = $3",
      {ToValue(ref.link.provider), ToValue(ref.link.customer), ToValue(ref.id), Blob{""},
       ToValue(now)});
}

void InsertDownloadLink(Transaction& tx, const core::DownloadLink& link) {
  const auto* document = std::get_if<core::DocumentRef>(&link.file);
  const auto* consent = std::get_if<core::ConsentVersionRef>(&link.file);
  tx.Execute(
      "INSERT INTO download_links (provider_id, token_hash, requester_id, customer_id, document_id,"
      " consent_document_id, consent_number, expires_s) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {ToValue(core::ProviderOf(link.file)), Blob{link.token_hash}, ToValue(link.requester),
       document != nullptr ? ToValue(document->link.customer) : Value(nullptr),
       document != nullptr ? ToValue(document->id) : Value(nullptr),
       consent != nullptr ? ToValue(consent->document) : Value(nullptr),
       consent != nullptr ? ToValue(consent->number) : Value(nullptr), ToValue(link.expires)});
}

std::optional<core::DownloadLink> FindDownloadLink(Transaction& tx, std::string_view token_hash) {
  return RowOf(tx,
               "SELECT provider_id, token_hash, requester_id, customer_id, document_id,"
               " consent_document_id, consent_number, expires_s FROM download_links"
               " WHERE token_hash = $1",
               {Blob{token_hash}}, ReadDownloadLink);
}

int CountDownloadLinks(Transaction& tx, core::AccountId requester, core::Instant now) {
  return static_cast<int>(
      NumberOf(tx,
               "SELECT count(*) FROM download_links WHERE requester_id = $1 AND expires_s > $2"
               " AND expires_s <= $3",
               {ToValue(requester), ToValue(now), ToValue(now + core::kDownloadLinkValid)}));
}

std::int64_t PurgeDownloadLinks(Transaction& tx, core::Instant before, int limit) {
  return tx.Execute(
      "DELETE FROM download_links WHERE token_hash IN"
      " (SELECT token_hash FROM download_links WHERE expires_s < $1 ORDER BY expires_s LIMIT $2)",
      {ToValue(before), limit});
}

bool HasExpiredDownloadLinks(Transaction& tx, core::Instant before) {
  return HasRow(tx, "SELECT 1 FROM download_links WHERE expires_s < $1 LIMIT 1", {ToValue(before)});
}

namespace {

constexpr std::string_view kErasedTables[] = {"download_links", "documents"};
constexpr KeptTable kKeptTables[] = {
    {"blobs", "They go with their bytes, by the ids that are returned."}};

constexpr Trace kTraces[] = {
    {core::Side::kCustomer, "documents",
     [](Transaction& tx, const Leaver& leaver) -> int {
       return CountOf(tx,
                      "SELECT count(*) FROM documents WHERE deleted_s IS NULL"
                      " AND (provider_id, customer_id) IN"
                      " (SELECT provider_id, customer_id FROM links WHERE customer_id = $1)",
                      {ToValue(leaver.account)});
     }},
    {core::Side::kProvider, "documents", [](Transaction& tx, const Leaver& leaver) -> int {
       return CountOf(tx,
                      "SELECT count(*) FROM documents WHERE provider_id = $1 AND deleted_s IS NULL",
                      {ToValue(*leaver.provider)});
     }}};

// Of the links of either side, whoever uploaded them: that there were some stays.
UnusedBlobs EraseOfCustomer(Transaction& tx, const Leaver& leaver) {
  tx.Execute("DELETE FROM download_links WHERE requester_id = $1", {ToValue(leaver.account)});
  UnusedBlobs blobs = RowsOf(tx,
                             "SELECT blob_id FROM documents WHERE deleted_s IS NULL"
                             " AND (provider_id, customer_id) IN"
                             " (SELECT provider_id, customer_id FROM links WHERE customer_id = $1)",
                             {ToValue(leaver.account)}, [](const Row& row) { return row.Text(0); });
  tx.Execute(
      "UPDATE documents SET file_name = $2, blob_id = NULL, deleted_s = $3"
      " WHERE deleted_s IS NULL AND (provider_id, customer_id) IN"
      " (SELECT provider_id, customer_id FROM links WHERE customer_id = $1)",
      {ToValue(leaver.account), Blob{""}, ToValue(leaver.now)});
  return blobs;
}

UnusedBlobs EraseOfProvider(Transaction& tx, const Leaver& leaver) {
  tx.Execute("DELETE FROM download_links WHERE provider_id = $1", {ToValue(*leaver.provider)});
  UnusedBlobs blobs =
      RowsOf(tx, "SELECT blob_id FROM documents WHERE provider_id = $1 AND deleted_s IS NULL",
             {ToValue(*leaver.provider)}, [](const Row& row) { return row.Text(0); });
  tx.Execute(
      "UPDATE documents SET file_name = $2, blob_id = NULL, deleted_s = $3"
      " WHERE provider_id = $1 AND deleted_s IS NULL",
      {ToValue(*leaver.provider), Blob{""}, ToValue(leaver.now)});
  return blobs;
}

}  // namespace

extern constinit const Erasure kDocumentsErasure{.subject = "documents",
                                                 .tables = kErasedTables,
                                                 .kept = kKeptTables,
                                                 .traces = kTraces,
                                                 .of_customer = EraseOfCustomer,
                                                 .of_provider = EraseOfProvider};

}  // namespace kalends::storage
