// Where sealed values are kept: all of them, for who looks whether each can still be opened. What
// is sealed anew gets a row in kSealedColumns; a test holds the table against the schema.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "storage/database.h"

namespace kalends::storage {

struct SealedColumn {
  std::string_view table;
  std::string_view column;
  // Each value that is not empty, then what names its row, as MasterKeys wants it said: numbers,
  // ids or texts, divided by slashes.
  std::string_view sql;
  enum class Names { kNumbers, kIds, kTexts } names = Names::kNumbers;
  bool is_key = false;  // Of a file: see MasterKeys::UnwrapKey.
};
std::span<const SealedColumn> SealedColumns();

// Calls `each` with every value of the column and its row, such as "messages.content/1/2/3".
void EachSealed(Transaction& tx, const SealedColumn& column,
                const std::function<void(std::string_view sealed, const std::string& row)>& each);

}  // namespace kalends::storage
