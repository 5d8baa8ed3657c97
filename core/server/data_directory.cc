#include "core/server/data_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/status_macros.h"
#include "storage/blobs/blob_store.h"

namespace kalends::server {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOwnersFile = S_IRUSR | S_IWUSR;
constexpr mode_t kOfOthers = S_IRWXG | S_IRWXO;
constexpr mode_t kModeBits = 07777;

// Unlike locks of fcntl, which SQLite has on its file, these belong to what is open, and conflict
// also within a process.
absl::StatusOr<storage::File> Lock(const fs::path& path, std::string_view refusal) {
  storage::File file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnersFile));
  if (!file.is_open()) {
    return absl::PermissionDeniedError(fmt::format("cannot write to {}", path.string()));
  }
  if (flock(file.descriptor(), LOCK_EX | LOCK_NB) != 0) {
    return absl::FailedPreconditionError(std::string(refusal));
  }
  return file;
}

}  // namespace

absl::Status PrepareDataDirectory(const fs::path& directory) {
  std::error_code error;
  const bool created = fs::create_directories(directory, error);
  struct stat about{};
  if (error || stat(directory.c_str(), &about) != 0) {
    return absl::PermissionDeniedError(fmt::format("cannot make {}", directory.string()));
  }
  if ((about.st_mode & kOfOthers) == 0) return absl::OkStatus();
  const bool ours = about.st_uid == geteuid() && (about.st_mode & S_ISVTX) == 0;
  if (!ours || chmod(directory.c_str(), about.st_mode & kModeBits & ~kOfOthers) != 0) {
    spdlog::warn("others than kalendsd may enter {} (mode {:04o}): chmod 700 it",
                 directory.string(), about.st_mode & kModeBits);
  } else if (!created) {
    spdlog::warn("others could enter {} (mode {:04o}), and cannot any more", directory.string(),
                 about.st_mode & kModeBits);
  }
  return absl::OkStatus();
}

absl::StatusOr<storage::File> LockDataDirectory(const fs::path& directory) {
  return Lock(directory / "lock",
              fmt::format("another kalendsd works on {}: stop it, or choose another --data-dir",
                          directory.string()));
}

absl::StatusOr<storage::File> LockDatabase(const fs::path& file) {
  return Lock(file, fmt::format("another kalendsd works on the database {}: stop it, or choose "
                                "another --storage",
                                file.string()));
}

absl::Status CheckNotLost(const fs::path& database, const fs::path& blobs) {
  std::error_code error;
  const auto size = fs::file_size(database, error);
  if (!error && size > 0) return absl::OkStatus();
  if (!fs::exists(blobs, error)) return absl::OkStatus();
  const auto store = storage::BlobStore::At(blobs);
  ASSIGN_OR_RETURN(const auto id, store.Id());
  ASSIGN_OR_RETURN(const auto files, store.Finished());
  if (!id && files.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(fmt::format(
      "there is no database {}, and {} holds the files of another database: check --storage and "
      "--data-dir, restore the database from a backup, or move the directory away if its files are "
      "of no use any more",
      database.string(), blobs.string()));
}

absl::Status WritePrivateFile(const fs::path& path, std::string_view text) {
  storage::File file(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kOwnersFile));
  if (!file.is_open()) {
    return absl::PermissionDeniedError(fmt::format("cannot write {}", path.string()));
  }
  if (!storage::WriteAll(file, text) || fsync(file.descriptor()) != 0) {
    return absl::InternalError(fmt::format("cannot write {}", path.string()));
  }
  return absl::OkStatus();
}

}  // namespace kalends::server
