// One backup as one file: a tar of a backup directory that has this backup alone, as `tar` unpacks
// it, and where that was asked for encrypted by age.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/sqlite/backup.h"
#include "tools/kalends/arguments.h"

namespace kalends::cli {

// Of the database and all files.
std::int64_t BytesOf(const storage::BackupManifest& manifest);

// Told how far it is, in bytes of files.
using BytesProgress = std::function<void(std::int64_t done, std::int64_t total)>;

// Writes the backup of the directory into `file`, which gets its name when it is whole and durable;
// one of that name is replaced then. Recipients as Age has them; none: it is not encrypted.
absl::Status PackBackup(const std::filesystem::path& directory, const storage::Backup& backup,
                        const std::filesystem::path& file,
                        const std::vector<std::string>& recipients, const BytesProgress& progress);

// Makes a backup directory of `file` in `directory`, which is there and empty. What is in the files
// is not compared with their hashes yet. FAILED_PRECONDITION: it is damaged, cut off, encrypted for
// another key, or no backup; then what is in `directory` is to be thrown away.
absl::StatusOr<storage::Backup> UnpackBackup(const std::filesystem::path& file,
                                             const std::filesystem::path& directory,
                                             const std::string& identity_file,
                                             const BytesProgress& progress);

// The same in a directory of its own below `place`, which goes afterwards; `work` is called with
// the arguments as if that were the directory of backups.
absl::StatusOr<int> WithUnpacked(
    const Arguments& arguments, const std::filesystem::path& place,
    const std::function<absl::StatusOr<int>(const Arguments&, const storage::Backup&)>& work);

}  // namespace kalends::cli
