// The database that --storage names.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "core/server/data_directory.h"
#include "storage/database.h"

namespace kalends::server {

// SQLite's file, or PostgreSQL's address.
struct StoragePlace {
  std::filesystem::path file;  // Empty: PostgreSQL.
  std::string address;         // May hold a password: never said, never logged.
};

// INVALID_ARGUMENT: `storage` names no storage.
absl::StatusOr<StoragePlace> StoragePlaceOf(const std::string& storage,
                                            const std::filesystem::path& data_directory);

// The lock keeps other cores away from the file, and outlives the database.
struct OpenedStorage {
  std::optional<storage::File> lock;
  std::unique_ptr<storage::Database> database;
};

// FAILED_PRECONDITION with a sentence for people: it is in use, damaged, lost or of another
// program.
absl::StatusOr<OpenedStorage> OpenStorage(const StoragePlace& place,
                                          const std::filesystem::path& data_directory,
                                          bool accept_damage);

}  // namespace kalends::server
