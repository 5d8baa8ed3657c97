#include "storage/sqlite/retention.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <set>

#include "core/base/status_macros.h"
#include "storage/blobs/files.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/backup_place.h"

namespace kalends::storage {
namespace {

namespace fs = std::filesystem;

bool IsGood(const fs::path& directory, const Backup& backup) {
  std::error_code error;
  const auto size = fs::file_size(directory / backup.name / kDatabaseFile, error);
  return !error && backup.manifest.missing.empty() &&
         size == static_cast<std::uintmax_t>(backup.manifest.database.size_bytes);
}

// How many of `names`, which begin with the oldest, may go.
std::size_t CountOld(const fs::path& directory, const std::vector<std::string>& names, int keep) {
  int good = 0;
  for (std::size_t i = names.size(); i > 0; --i) {
    const auto backup = FindBackup(directory, names[i - 1]);
    if (backup.ok() && IsGood(directory, *backup) && ++good == keep) return i - 1;
  }
  return 0;
}

// It loses its name first: what is left of it then is cleared away by the next backup.
absl::Status RemoveBackup(const fs::path& directory, const std::string& name) {
  const fs::path nameless = directory / (std::string(kUnfinished) + name);
  std::error_code error;
  fs::remove_all(nameless, error);
  fs::rename(directory / name, nameless, error);
  if (!error) RETURN_IF_ERROR(SyncDirectory(directory));
  if (!error) fs::remove_all(nameless, error);
  if (!error) return absl::OkStatus();
  return absl::UnavailableError(
      fmt::format("cannot remove {}: {}", (directory / name).string(), error.message()));
}

// Of the backups that stay; FAILED_PRECONDITION: one does not say.
absl::StatusOr<std::set<std::string>> NeededFiles(const fs::path& directory) {
  std::set<std::string> needed;
  ASSIGN_OR_RETURN(const std::vector<std::string> names, ListBackups(directory));
  for (const std::string& name : names) {
    ASSIGN_OR_RETURN(const Backup backup, FindBackup(directory, name));
    for (const HashedFile& file : backup.manifest.files) needed.insert(file.name);
  }
  return needed;
}

// Ids of files; whatever else somebody has put there is theirs.
bool IsId(const std::string& name) {
  constexpr std::size_t kIdDigits = 32;
  return name.size() == kIdDigits &&
         name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

absl::Status RemoveFiles(const fs::path& directory, const std::set<std::string>& needed,
                         RetentionReport& report) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory / kFilesFolder, error)) {
    const std::string name = entry.path().filename().string();
    if (!IsId(name) || needed.contains(name)) continue;
    std::error_code failed;
    const std::uintmax_t size = entry.file_size(failed);
    if (!failed) fs::remove(entry.path(), failed);
    if (failed) {
      return absl::UnavailableError(
          fmt::format("cannot remove {}: {}", entry.path().string(), failed.message()));
    }
    ++report.files_removed;
    report.bytes_removed += static_cast<std::int64_t>(size);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<RetentionReport> RemoveOldBackups(const fs::path& directory, int keep) {
  assert(keep > 0);
  ASSIGN_OR_RETURN(const File lock, LockBackups(directory));
  ASSIGN_OR_RETURN(const std::vector<std::string> names, ListBackups(directory));
  RetentionReport report;
  const std::size_t old = CountOld(directory, names, keep);
  for (std::size_t i = 0; i < old; ++i) {
    RETURN_IF_ERROR(RemoveBackup(directory, names[i]));
    report.removed.push_back(names[i]);
  }
  const auto needed = NeededFiles(directory);
  if (absl::IsFailedPrecondition(needed.status())) return report;
  RETURN_IF_ERROR(needed.status());
  RETURN_IF_ERROR(RemoveFiles(directory, *needed, report));
  return report;
}

}  // namespace kalends::storage
