// The SQLite driver. WAL, synchronous=FULL, foreign keys on, one writer that group-commits, readers
// with connections of their own.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "storage/database.h"

namespace kalends::storage {

struct SqliteOptions {
  std::string path;    // A file, or ":memory:" (one shared database for this object).
  int cache_mib = 64;  // Of the writer's connection.
  // Opens a damaged database, too: to save what can be read.
  bool accept_damage = false;
};

// Opens or makes the database and applies the migrations it lacks, each in a transaction of its
// own. A large database is checked in the background from then on, any other before it is written
// to. FAILED_PRECONDITION with a sentence for people: the file is from a newer program, or is
// damaged.
absl::StatusOr<std::unique_ptr<Database>> OpenSqlite(const SqliteOptions& options);

}  // namespace kalends::storage
