// Texts of people as columns keep them: sealed, as storage/README.md says which. The query files
// seal what they write and open what they read by these two functions; use cases see the text.
//
// A column of TEXT holds the sealed bytes in base64, one of BLOB as they are. No text is no text
// there, too: an erasure empties it without a key.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "core/base/id.h"
#include "storage/database.h"

namespace kalends::storage {

// Where a text is kept, as MasterKeys wants it said: "closures.label/<provider>/<id>". The ids are
// the primary key. Not on the heap: lists open one text after the other.
class Place {
 public:
  template <typename... Ids>
  explicit Place(std::string_view column, const Ids&... ids) {
    text_.append(column);
    (Append(ids), ...);
  }
  std::string_view view() const { return {text_.data(), text_.size()}; }

 private:
  template <typename Tag>
  void Append(core::Id<Tag> id) {
    Append(id.value);
  }
  void Append(std::int64_t id) { fmt::format_to(std::back_inserter(text_), "/{}", id); }
  void Append(std::string_view key) { fmt::format_to(std::back_inserter(text_), "/{}", key); }

  fmt::basic_memory_buffer<char, 128> text_;
};

// What stands for a text that cannot be opened, whose place the log tells: U+FFFD, as the contract
// says (types.proto). Where it comes back to be written at such a place, that stays as it is kept,
// so that a change of the fields beside it writes nothing over it; anywhere else it is a text.
inline constexpr std::string_view kUnreadableText = "\uFFFD";

// As a column of TEXT keeps it, or is to: call it before the row goes.
std::string Sealed(Transaction& tx, std::string_view text, const Place& place);
std::string OpenedAt(const Row& row, int column, const Place& place);
// The same of a column of BLOB; bytes that cannot be opened are none, and written over as such.
std::string SealedBytes(const Transaction& tx, std::string_view bytes, const Place& place);
std::string OpenedBytesAt(const Row& row, int column, const Place& place);

}  // namespace kalends::storage
