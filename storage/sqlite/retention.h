// Which backups go once there are newer ones, and the files that none needs any more.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace kalends::storage {

struct RetentionReport {
  std::vector<std::string> removed;  // Names of backups, the oldest first.
  std::int64_t files_removed = 0;    // Of documents.
  std::int64_t bytes_removed = 0;    // Of those.
};

// Removes what is older than the newest `keep` (> 0) good backups of the directory, and then the
// files that no backup names. Good is one that lost no file and has its database, of the size it
// had: with fewer good ones than `keep` no backup goes. As long as one that stays cannot say what
// it needs, no file goes either. Whatever is cut short here is sound, and ended by the next call or
// the next backup. Whoever reads a backup meanwhile that goes finds it gone. UNAVAILABLE: another
// program makes a backup there.
absl::StatusOr<RetentionReport> RemoveOldBackups(const std::filesystem::path& directory, int keep);

}  // namespace kalends::storage
