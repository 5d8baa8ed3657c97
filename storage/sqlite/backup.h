// Copies of all that a core keeps, made while it runs or not, and the way back.
//
// A backup directory holds any number of backups, which share their files:
//   blobs/<id>                  a document's file, sealed as it is; once, however many have it
//   <time>/kalends.db           one backup; <time> as 20261130T190000Z
//   <time>/master.key           only where that was asked for
//   <time>/manifest             names every file with its hash
// A backup gets its name when all of it is durable: what was cut short has none, and is cleared
// away by the next one. What is not in it: API keys' secrets, of which the database has hashes
// alone.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/blobs/master_keys.h"
#include "storage/sqlite/backup_manifest.h"
#include "storage/sqlite/verify.h"

namespace kalends::storage {

// Told what is done next, as a sentence begins: "Copying file 3 of 17". May be null.
using Progress = std::function<void(std::string_view step)>;

struct Backup {
  std::string name;  // Of its folder.
  BackupManifest manifest;
};

struct BackupOptions {
  std::string database;              // The file.
  std::filesystem::path blobs;       // The directory of files.
  std::filesystem::path to;          // The backup directory; made if missing.
  std::filesystem::path master_key;  // Goes along; empty: it does not.
  // Files that lie on the file system of `to` are given a second name there instead of being
  // copied: for what does not stay.
  bool link_files = false;
  std::chrono::sys_seconds now;
  Progress progress;
};

struct BackupReport {
  Backup backup;
  std::int64_t files_copied = 0;  // The others were there already.
  std::int64_t bytes_copied = 0;  // Of files and the database.
};

// Makes a backup as of one moment during the call: what was answered before is in it. Documents
// that are deleted meanwhile are in it or not, as their rows are. FAILED_PRECONDITION, NOT_FOUND,
// UNAVAILABLE, STORAGE_FULL, with a sentence for people: none was made, such as of a damaged
// database.
absl::StatusOr<BackupReport> MakeBackup(const BackupOptions& options);

// The names of all backups in the directory, the oldest first.
absl::StatusOr<std::vector<std::string>> ListBackups(const std::filesystem::path& directory);
// The backup of that name; empty: the newest. NOT_FOUND, FAILED_PRECONDITION: its manifest is
// damaged.
absl::StatusOr<Backup> FindBackup(const std::filesystem::path& directory, const std::string& name);

// Looks at a backup as Verify looks at a data directory, and compares every file with its hash.
// `keys` may be null.
absl::StatusOr<VerifyReport> VerifyBackup(const std::filesystem::path& directory,
                                          const Backup& backup,
                                          std::shared_ptr<const MasterKeys> keys,
                                          const Progress& progress);

struct RestoreOptions {
  std::filesystem::path from;  // The backup directory.
  std::filesystem::path to;    // The data directory to make: not there, or empty.
  std::shared_ptr<const MasterKeys>
      keys;                    // To be checked against the backup; null: there are none.
  std::string master_key;      // The text for master.key; empty: none is written.
  bool accept_damage = false;  // Leave out files that are damaged or missing.
  Progress progress;
};

struct RestoreReport {
  std::int64_t files = 0;
  std::vector<std::string> left_out;  // Ids of damaged and missing files.
};

// Makes a data directory of a backup. It gets its name when all of it is durable.
// FAILED_PRECONDITION: there is something in it, the keys are others, or what was read is damaged;
// then nothing was made.
absl::StatusOr<RestoreReport> Restore(const Backup& backup, const RestoreOptions& options);

}  // namespace kalends::storage
