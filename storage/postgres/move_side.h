// PostgreSQL's side of a move (storage/move.h).
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "storage/move.h"

namespace kalends::storage {

// Both take a URI or key words, as libpq does, and keep cores off for as long as what they return
// lives, by the lock of the one that writes. FAILED_PRECONDITION, a sentence for people without the
// address: there is no way to it, it is no database of Kalends or not of this version, a core works
// on it.

absl::StatusOr<std::unique_ptr<MoveSide>> MoveFromPostgres(const std::string& address);
// Makes the tables where they are missing.
absl::StatusOr<std::unique_ptr<MoveSide>> MoveToPostgres(const std::string& address);

}  // namespace kalends::storage
