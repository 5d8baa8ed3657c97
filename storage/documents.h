// Files in the blob store, documents shared within links, download links, and the master keys in
// use. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/documents/documents.h"
#include "storage/database.h"

namespace kalends::storage {

struct BlobRow {
  core::ProviderId provider;
  std::string id;
  std::int64_t size_bytes = 0;
  std::string wrapped_key;
  std::string master_key_id;  // That wraps it.
};
void InsertBlob(Transaction& tx, const BlobRow& blob);
std::optional<BlobRow> FindBlob(Transaction& tx, std::string_view id);
// Forgets the key; nothing may refer to it any more.
void DeleteBlob(Transaction& tx, std::string_view id);
// Writes `wrapped_key` and `master_key_id`.
void RewrapBlob(Transaction& tx, const BlobRow& blob);
// Those that another master key than this one wraps, in an order of their own, from behind `after`.
struct BlobCursor {
  std::string master_key_id;
  core::ProviderId provider;
  std::string id;
};
std::vector<BlobRow> BlobsOfOtherKeys(Transaction& tx, std::string_view master_key_id,
                                      const std::optional<BlobCursor>& after, int limit);
std::int64_t CountBlobsOfOtherKeys(Transaction& tx, std::string_view master_key_id);

// The id of the blob directory that belongs to this database; nullopt: there is none yet.
std::optional<std::string> FindBlobStoreId(Transaction& tx);
// Once only.
void InsertBlobStoreId(Transaction& tx, std::string_view id);

// Every master key that ever sealed something here.
std::vector<std::string> KnownMasterKeys(Transaction& tx);
// A known one stays as it is.
void InsertMasterKey(Transaction& tx, std::string_view id, core::Instant now);

// File names come and go sealed.
void InsertDocument(Transaction& tx, const core::Document& document);
// The document, deleted or not; nullopt: there never was one in this link.
std::optional<core::Document> FindDocument(Transaction& tx, const core::DocumentRef& ref);
// The newest first; those with an id below `before` if given. Without deleted ones.
std::vector<core::Document> ListDocuments(Transaction& tx, const core::LinkKey& link,
                                          std::optional<core::DocumentId> before, int limit);
// What is left of deleted ones: of a customer by (provider, id), of a provider by (customer, id),
// from behind `after`, whatever became of the links.
std::vector<core::Document> ListDeletedDocuments(Transaction& tx, core::AccountId customer,
                                                 const std::optional<core::DocumentRef>& after,
                                                 int limit);
std::vector<core::Document> ListDeletedDocuments(Transaction& tx, core::ProviderId provider,
                                                 const std::optional<core::DocumentRef>& after,
                                                 int limit);
core::Usage DocumentUsage(Transaction& tx, const core::LinkKey& link);
// Leaves the row, without file name and blob.
void MarkDocumentDeleted(Transaction& tx, const core::DocumentRef& ref, core::Instant now);

void InsertDownloadLink(Transaction& tx, const core::DownloadLink& link);
std::optional<core::DownloadLink> FindDownloadLink(Transaction& tx, std::string_view token_hash);
// Those that are valid at `now`.
int CountDownloadLinks(Transaction& tx, core::AccountId requester, core::Instant now);
// Removes at most `limit` that expired before `before`; returns how many.
std::int64_t PurgeDownloadLinks(Transaction& tx, core::Instant before, int limit);
// Whether there is one to purge.
bool HasExpiredDownloadLinks(Transaction& tx, core::Instant before);

}  // namespace kalends::storage
