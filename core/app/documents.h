// Use cases of files: documents shared within a link, downloads, and the keys of it all.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/accounts/account.h"
#include "core/app/context.h"
#include "core/documents/documents.h"
#include "storage/blobs/blob_store.h"
#include "storage/documents.h"

namespace kalends::app {

// Keeps the key of a file that is on disk, wrapped. If the write is not committed, the file must be
// removed.
void KeepBlob(WriteContext& cx, core::ProviderId provider, const storage::NewBlob& blob);
// Forgets the key, and removes the file some time after the commit; if a crash comes before that,
// the next start does. Nothing may refer to it any more.
void DropBlob(WriteContext& cx, const storage::BlobStore& blobs, const std::string& blob);

// A document with what is shown of it.
struct DocumentView {
  core::Document document;  // Its file name is open.
  bool deletable = false;
  bool name_unreadable = false;  // The file name is damaged, and empty here.
};

// Whether the link takes a new document now, and what its documents take already: NOT_FOUND,
// LINK_REMOVED, LINK_BLOCKED, LIMIT_REACHED.
absl::StatusOr<core::Usage> CheckMayUpload(const ReadContext& cx, const core::LinkKey& link);
struct SaveDocumentInput {
  core::LinkKey link;
  std::string file_name;     // As the uploader says it.
  std::string content_type;  // Clean.
  storage::NewBlob blob;
};
absl::StatusOr<DocumentView> SaveDocument(WriteContext& cx, const SaveDocumentInput& input);
absl::StatusOr<DocumentView> GetDocument(const ReadContext& cx, const core::DocumentRef& ref);

struct DocumentList {
  std::vector<DocumentView> documents;
  core::Usage usage;
};
absl::StatusOr<DocumentList> ListDocuments(const ReadContext& cx, const core::LinkKey& link,
                                           std::optional<core::DocumentId> before, int limit);
absl::Status DeleteDocument(WriteContext& cx, const storage::BlobStore& blobs,
                            const core::DocumentRef& ref);

// A file that may be sent to the caller.
struct FileView {
  std::string file_name;
  std::string content_type;
  std::int64_t size_bytes = 0;
  std::string blob;
  std::string key;
};
// Fills in the key of `file.blob`. NOT_FOUND; UNREADABLE: the key is damaged.
absl::StatusOr<FileView> WithKey(const ReadContext& cx, FileView file);
// NOT_FOUND; UNREADABLE: its key is damaged.
absl::StatusOr<FileView> OpenFile(const ReadContext& cx, const core::FileRef& ref);

// Whether a file that is being sent, and who it is sent to, are still there: NOT_FOUND,
// ACCOUNT_UNKNOWN.
absl::Status CheckStillThere(const ReadContext& cx, const std::string& blob,
                             const std::optional<core::AccountId>& reader);

struct NewDownloadLink {
  std::string token;  // Shown once.
  core::Instant expires;
  FileView file;
};
absl::StatusOr<NewDownloadLink> CreateDownloadLink(WriteContext& cx, const core::FileRef& ref);

struct DownloadView {
  FileView file;
  core::Instant expires;
  core::Language language = core::Language::kEn;  // Of the requester.
  core::AccountId requester;
};
// DOWNLOAD_UNKNOWN, DOWNLOAD_DELETED, DOWNLOAD_EXPIRED; the last two with metadata `language_code`.
absl::StatusOr<DownloadView> FindDownload(const ReadContext& cx, std::string_view token);

// Makes sure that every master key the database was ever sealed with is there, and notes the
// present one. FAILED_PRECONDITION, with a sentence for people.
absl::Status CheckMasterKeys(WriteContext& cx);
// Makes a new master key, which is the present one after the commit: it seals nothing before the
// database knows it. MASTER_KEY_ELSEWHERE, STORAGE_FULL.
absl::Status RotateMasterKey(WriteContext& cx, storage::MasterKeys& keys);
// Wraps the keys of at most kRewrapBatch files under the present master key, from behind `after`.
struct Rewrapped {
  int done = 0;
  int damaged = 0;                          // Keys that cannot be read; they stay as they are.
  std::int64_t remaining = 0;               // Under other master keys, damaged ones included.
  std::optional<storage::BlobCursor> last;  // Where to go on; nullopt: these were all.
};
Rewrapped RewrapKeys(WriteContext& cx, const std::optional<storage::BlobCursor>& after);

// The id that the database and its blob directory both must have, or one for both if neither has
// any. FAILED_PRECONDITION, with a sentence for people: the directory is another database's.
absl::StatusOr<std::string> MatchBlobStore(WriteContext& cx, const storage::BlobStore& blobs);

}  // namespace kalends::app
