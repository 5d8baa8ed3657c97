// Documents shared within a link of a customer and a provider, and links to download them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/status.h"
#include "core/base/time.h"
#include "core/links/link.h"

namespace kalends::core {

struct Document {
  DocumentId id;
  LinkKey link;
  Side uploader = Side::kCustomer;
  std::string file_name;  // Clean; empty once deleted.
  std::string content_type;
  std::int64_t size_bytes = 0;
  std::string blob;  // Id of its bytes; empty once deleted.
  Instant created;
  std::optional<Instant> deleted;
};

// What a link's documents take.
struct Usage {
  int documents = 0;
  std::int64_t bytes = 0;
};

// EMPTY_FILE, FILE_TOO_LARGE.
absl::Status CheckFileSize(std::int64_t bytes);
// Whether a further document of `bytes` fits: LIMIT_REACHED. 0 bytes: whether any would.
absl::Status CheckQuota(const Usage& used, std::int64_t bytes);
// NOT_YOUR_DOCUMENT unless `side` uploaded it. nullopt: a tool that acts for nobody.
absl::Status CheckDeletable(const Document& document, std::optional<Side> side);

struct DocumentRef {
  LinkKey link;
  DocumentId id;
};
struct ConsentVersionRef {
  ProviderId provider;
  ConsentDocumentId document;
  int number = 0;  // From 1.
};
// A picture of a public page, in its largest size.
struct PictureRef {
  ProviderId provider;
  PictureId id;
};
// What can be downloaded, and, of a picture, only be exported.
using FileRef = std::variant<DocumentRef, ConsentVersionRef, PictureRef>;
ProviderId ProviderOf(const FileRef& file);

struct DownloadLink {
  std::string token_hash;  // 32 bytes.
  AccountId requester;
  FileRef file;
  Instant expires;  // From then on it is useless.
};
// DOWNLOAD_EXPIRED, also of one that a clock that was ahead made to last longer than links do.
absl::Status CheckValid(const DownloadLink& link, Instant now);

// The token of 32 random bytes: 43 characters of base64url.
std::string DownloadToken(std::string_view random_bytes);

}  // namespace kalends::core
