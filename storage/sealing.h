// Which columns keep what people wrote, sealed by the query files (storage/sealed.h), and how those
// that a version before wrote in plain are brought there.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "storage/database.h"

namespace kalends::storage {

struct SealedText {
  std::string_view table;
  std::string_view column;
  // The primary key, in its order: what names the row when it is sealed. Numbers, but for sessions.
  std::array<std::string_view, 3> keys;
  enum class As { kText, kBytes, kCode } as = As::kText;
  std::string_view only = "1 = 1";  // Other rows hold no words of anybody.
};
std::span<const SealedText> SealedTexts();

struct SealedSome {
  bool sealed = false;  // At least a row was.
  bool done = false;    // None is left.
};
// Seals up to `limit` rows that are still as a version before kept them, and notes how far it came
// in the same transaction: whoever is killed in between goes on from there. Nothing else may be
// read or written before it is done.
SealedSome SealSome(Transaction& tx, int limit);
// Whether the file is still to be written anew after all was sealed, and that it was.
bool IsRewriteDue(Transaction& tx);
void PutRewritten(Transaction& tx);

}  // namespace kalends::storage
