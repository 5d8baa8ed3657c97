// How texts that a version before wrote in plain become sealed (storage/sealed_columns.h).
#pragma once

#include <string>
#include <vector>

#include "storage/database.h"

namespace kalends::storage {

struct SealedSome {
  bool sealed = false;  // At least a row was.
  bool done = false;    // None is left.
};
// Seals up to `limit` rows that are still as a version before kept them, and notes how far it came
// in the same transaction: whoever is killed in between goes on from there. Nothing else may be
// read or written before it is done.
SealedSome SealSome(Transaction& tx, int limit);
// Which columns hold such rows, as "closures.label": those that SealSome is not done with. Also of
// a database that a version before wrote and no later one opened.
std::vector<std::string> PlainColumns(Transaction& tx);
// Whether the file is still to be written anew after all was sealed, and that it was.
bool IsRewriteDue(Transaction& tx);
void PutRewritten(Transaction& tx);

}  // namespace kalends::storage
