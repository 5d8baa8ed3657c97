#include "storage/sealed.h"

#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "storage/blobs/master_keys.h"
#include "storage/sealed_columns.h"

namespace kalends::storage {
namespace {

// The one place where what is sealed in a column of the query files is opened; MasterKeys names and
// counts what cannot be. `mark` stands for that.
std::string OpenedOr(std::string_view mark, const Row& row, std::string_view sealed,
                     const Place& place) {
  absl::StatusOr<std::string> text = row.keys().OpenText(sealed, place.view());
  return text.ok() ? *std::move(text) : std::string(mark);
}

// What is no base64 is nothing sealed either, and is told as that.
std::string BytesOf(std::string_view kept) {
  std::string sealed;
  return absl::Base64Unescape(std::string(kept), &sealed) ? sealed : std::string();
}

// What the row keeps, if that cannot be opened.
std::optional<std::string> UnreadableAt(Transaction& tx, const Place& place) {
  std::optional<std::string> kept = KeptAt(tx, place.view());
  if (!kept || kept->empty()) return std::nullopt;
  if (tx.keys().OpenText(BytesOf(*kept), place.view()).ok()) return std::nullopt;
  return kept;
}

}  // namespace

std::string Sealed(Transaction& tx, std::string_view text, const Place& place) {
  if (text.empty()) return "";
  if (text == kUnreadableText) {
    if (std::optional<std::string> kept = UnreadableAt(tx, place)) return *std::move(kept);
  }
  return absl::Base64Escape(SealedBytes(tx, text, place));
}

std::string OpenedAt(const Row& row, int column, const Place& place) {
  // What is no text is nothing sealed.
  const std::string kept = row.IsSound(column) ? row.Text(column) : std::string(kUnreadableText);
  return kept.empty() ? kept : OpenedOr(kUnreadableText, row, BytesOf(kept), place);
}

std::string SealedBytes(const Transaction& tx, std::string_view bytes, const Place& place) {
  return bytes.empty() ? std::string() : tx.keys().SealText(bytes, place.view());
}

std::string OpenedBytesAt(const Row& row, int column, const Place& place) {
  const std::string sealed = row.Text(column);
  return sealed.empty() ? sealed : OpenedOr("", row, sealed, place);
}

}  // namespace kalends::storage
