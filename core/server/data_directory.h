// The directory of a core's data: who may enter it, and that one core alone works on it.
#pragma once

#include <filesystem>
#include <string_view>

#include "absl/status/statusor.h"
#include "storage/blobs/files.h"

namespace kalends::server {

// Makes it for its owner alone, or takes from others what they may do there. Only a warning where
// it is not ours alone to change: another's, or a directory that everybody writes to (/tmp).
// PERMISSION_DENIED: it cannot be made.
absl::Status PrepareDataDirectory(const std::filesystem::path& directory);

// Each keeps a second core off the same data, for calendars in memory would not see its writes.
// What they return holds until it goes, or the process ends. FAILED_PRECONDITION, with a sentence
// for people: another core has it.
absl::StatusOr<storage::File> LockDataDirectory(const std::filesystem::path& directory);
// By the file itself, whichever names lead to it; it is made, if missing. Let it go only after the
// database is closed: closing a file drops the locks that SQLite has on it.
absl::StatusOr<storage::File> LockDatabase(const std::filesystem::path& file);

// Before anything is made: FAILED_PRECONDITION where there is no database, or nothing in its file,
// and the directory of files belongs to one. One that was lost is restored, and not begun anew.
absl::Status CheckNotLost(const std::filesystem::path& database,
                          const std::filesystem::path& blobs);

// Writes a file that only its owner can read.
absl::Status WritePrivateFile(const std::filesystem::path& path, std::string_view text);

}  // namespace kalends::server
