// SQLite's side of a move (storage/move.h).
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "storage/move.h"

namespace kalends::storage {

// Both take the path of a file; keep cores off before, by its lock, and until this is gone.
// FAILED_PRECONDITION, a sentence for people: it cannot be opened, is no database of Kalends, or
// not of this version.

// Reads what is there and writes nothing.
absl::StatusOr<std::unique_ptr<MoveSide>> MoveFromSqlite(const std::string& path);
// Makes the file and its tables where they are missing.
absl::StatusOr<std::unique_ptr<MoveSide>> MoveToSqlite(const std::string& path);

}  // namespace kalends::storage
