#include "storage/sqlite/backup_place.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/base/status_macros.h"
#include "storage/sqlite/backup.h"

namespace kalends::storage {

namespace fs = std::filesystem;

absl::Status MakePrivateDirectory(const fs::path& directory) {
  if (mkdir(directory.c_str(), S_IRWXU) == 0 || errno == EEXIST) return absl::OkStatus();
  return FileError("make", directory);
}

absl::StatusOr<File> LockBackups(const fs::path& directory) {
  const fs::path path = directory / "lock";
  File file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file.is_open()) return FileError("write", path);
  if (flock(file.descriptor(), LOCK_EX | LOCK_NB) != 0) {
    return absl::UnavailableError(
        fmt::format("another program makes a backup in {}", directory.string()));
  }
  return file;
}

absl::Status SyncFile(const fs::path& path) {
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open() || fsync(file.descriptor()) != 0) return FileError("flush", path);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> ListBackups(const fs::path& directory) {
  std::error_code error;
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, error)) {
    std::error_code other;
    const std::string name = entry.path().filename().string();
    if (!name.starts_with('.') && fs::exists(entry.path() / kManifestFile, other)) {
      names.push_back(name);
    }
  }
  if (error) {
    return absl::NotFoundError(
        fmt::format("cannot read {}: {}", directory.string(), error.message()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

absl::StatusOr<Backup> FindBackup(const fs::path& directory, const std::string& name) {
  Backup backup{name, {}};
  if (name.empty()) {
    ASSIGN_OR_RETURN(const std::vector<std::string> names, ListBackups(directory));
    if (names.empty()) {
      return absl::NotFoundError(fmt::format("there is no backup in {}", directory.string()));
    }
    backup.name = names.back();
  }
  const fs::path file = directory / backup.name / kManifestFile;
  ASSIGN_OR_RETURN(const std::string text, ReadPrivateFile(file));
  auto manifest = ParseManifest(text);
  if (!manifest.ok()) {
    return absl::FailedPreconditionError(
        fmt::format("{} {}", file.string(), std::string(manifest.status().message())));
  }
  backup.manifest = *std::move(manifest);
  return backup;
}

}  // namespace kalends::storage
