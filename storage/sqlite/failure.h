// Where exceptions end.
#pragma once

#include <exception>

#include "absl/status/status.h"

namespace kalends::storage {

// The status for what a statement or a body threw:
//   BUSY           another process holds the database.
//   STORAGE_FULL   the disk is full, or a quota, or a file as large as it may be.
//   INTERNAL       anything else: a bug, such as a violated constraint, or a broken disk. Logged
//                  here with SQLite's message, which names tables and columns but no values.
absl::Status StatusOf(const std::exception& thrown);

}  // namespace kalends::storage
