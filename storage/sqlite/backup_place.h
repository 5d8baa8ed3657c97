// Where the parts of a backup lie, and what keeps two programs from making one at a time.
#pragma once

#include <filesystem>

#include "absl/status/statusor.h"
#include "storage/blobs/files.h"

namespace kalends::storage {

inline constexpr char kDatabaseFile[] = "kalends.db";
inline constexpr char kManifestFile[] = "manifest";
inline constexpr char kMasterKeyFile[] = "master.key";
inline constexpr char kFilesFolder[] = "blobs";
// Begins the name of a folder that is no backup yet, or none any more.
inline constexpr char kUnfinished[] = ".unfinished-";

// Makes the directory with mode 0700 if it is missing.
absl::Status MakePrivateDirectory(const std::filesystem::path& directory);
// UNAVAILABLE: another program makes a backup there.
absl::StatusOr<File> LockBackups(const std::filesystem::path& directory);
absl::Status SyncFile(const std::filesystem::path& path);

}  // namespace kalends::storage
