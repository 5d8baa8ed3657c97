// Where sealed values are kept: all of them, for who seals what a version before left in plain, who
// keeps what cannot be opened, and who looks whether each can still be. What is sealed anew gets a
// row in kSealedColumns; a test holds the table against what tests/support/text_columns.h says.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.h"

namespace kalends::storage {

struct SealedColumn {
  std::string_view table;
  std::string_view column;
  // The primary key, in its order: what names the row when it is sealed.
  std::array<std::string_view, 4> keys;
  // kIds: numbers that are named as the contract encodes ids.
  // kNumberAndWord: of two, such as whose it is and as what.
  enum class Names { kNumbers, kIds, kTexts, kNumberAndWord } names = Names::kNumbers;
  // kText and kCode, of TEXT in base64, and kBytes are sealed and opened by the query files
  // (storage/sealed.h); kByUseCase, sealed bytes too, is passed through to the use cases. kKey: of
  // a file, see MasterKeys::UnwrapKey.
  enum class As { kText, kCode, kBytes, kByUseCase, kKey } as = As::kByUseCase;
  bool may_be_empty = true;         // No text is no text there, too.
  std::string_view only = "1 = 1";  // Other rows hold nothing sealed.
};
std::span<const SealedColumn> SealedColumns();
// Whether the query files seal it: then a version before may have left rows in plain.
bool IsSealedByQueries(const SealedColumn& column);
// "closures.label".
std::string NameOf(const SealedColumn& column);
std::optional<SealedColumn> FindSealedColumn(std::string_view name);
// Its keys, without those that it has not.
std::vector<std::string_view> KeysOf(const SealedColumn& column);

// Calls `each` with every value of the column as it was sealed, and its row as MasterKeys wants it
// said, such as "messages.content/1/2/3". What is to be base64 and is none comes as no bytes.
void EachSealed(Transaction& tx, const SealedColumn& column,
                const std::function<void(std::string_view sealed, const std::string& row)>& each);

// A row as EachSealed gives it, with ids as the contract shows them.
std::string ShownPlace(const SealedColumn& column, std::string_view row);

// What the column of a row keeps, as it is. `place` is that of a text of the query files. Nullopt:
// there is no such row.
std::optional<std::string> KeptAt(Transaction& tx, std::string_view place);

}  // namespace kalends::storage
