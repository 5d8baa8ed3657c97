#include "storage/sealed.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "absl/strings/escaping.h"
#include "storage/blobs/master_keys.h"

namespace kalends::storage {
namespace {

// The one place where what is sealed in a column of people's texts is opened; `mark` stands for
// what cannot be.
std::string OpenedOr(std::string_view mark, const Row& row, std::string_view sealed,
                     const Place& place) {
  absl::StatusOr<std::string> text = row.keys().OpenText(sealed, place.view());
  if (text.ok()) return *std::move(text);
  spdlog::error("{} cannot be read: {}", place.view(), std::string(text.status().message()));
  return std::string(mark);
}

}  // namespace

std::string Sealed(const Transaction& tx, std::string_view text, const Place& place) {
  return text.empty() ? std::string() : absl::Base64Escape(SealedBytes(tx, text, place));
}

std::string OpenedAt(const Row& row, int column, const Place& place) {
  const std::string kept = row.Text(column);
  if (kept.empty()) return kept;
  std::string sealed;
  // What is no base64 is nothing sealed either, and is told as that.
  if (!absl::Base64Unescape(kept, &sealed)) sealed.clear();
  return OpenedOr(kUnreadableText, row, sealed, place);
}

std::string SealedBytes(const Transaction& tx, std::string_view bytes, const Place& place) {
  return bytes.empty() ? std::string() : tx.keys().SealText(bytes, place.view());
}

std::string OpenedBytesAt(const Row& row, int column, const Place& place) {
  const std::string sealed = row.Text(column);
  return sealed.empty() ? sealed : OpenedOr("", row, sealed, place);
}

}  // namespace kalends::storage
