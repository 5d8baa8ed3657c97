#include "core/documents/documents.h"

#include <cassert>

#include "absl/strings/escaping.h"
#include "core/base/error.h"
#include "core/base/limits.h"

namespace kalends::core {

absl::Status CheckFileSize(std::int64_t bytes) {
  if (bytes <= 0) return Error(Reason::kEmptyFile);
  if (bytes > kFileBytesMax) return Error(Reason::kFileTooLarge);
  return absl::OkStatus();
}

absl::Status CheckQuota(const Usage& used, std::int64_t bytes) {
  if (used.documents >= kDocumentsPerLinkMax) {
    return LimitReached("documents", kDocumentsPerLinkMax,
                        "There are too many documents; delete some first.");
  }
  if (used.bytes + bytes > kDocumentBytesPerLinkMax) {
    return LimitReached("document_bytes", kDocumentBytesPerLinkMax,
                        "The documents take too much room together; delete some first.");
  }
  return absl::OkStatus();
}

absl::Status CheckDeletable(const Document& document, std::optional<Side> side) {
  if (side && *side != document.uploader) return Error(Reason::kNotYourDocument);
  return absl::OkStatus();
}

ProviderId ProviderOf(const FileRef& file) {
  if (const auto* document = std::get_if<DocumentRef>(&file)) return document->link.provider;
  if (const auto* picture = std::get_if<PictureRef>(&file)) return picture->provider;
  return std::get<ConsentVersionRef>(file).provider;
}

absl::Status CheckValid(const DownloadLink& link, Instant now) {
  const bool valid = now < link.expires && link.expires <= now + kDownloadLinkValid;
  return valid ? absl::OkStatus() : Error(Reason::kDownloadExpired);
}

std::string DownloadToken(std::string_view random_bytes) {
  assert(random_bytes.size() == 32);
  std::string token;
  absl::WebSafeBase64Escape(absl::string_view(random_bytes.data(), random_bytes.size()), &token);
  return token;
}

}  // namespace kalends::core
