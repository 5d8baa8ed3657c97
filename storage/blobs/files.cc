#include "storage/blobs/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "core/base/status_macros.h"

namespace kalends::storage {
namespace {

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;
constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

}  // namespace

File::File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

File& File::operator=(File&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

File::~File() { Close(); }

void File::Close() {
  if (is_open()) close(descriptor_);
  descriptor_ = -1;
}

absl::Status FileError(std::string_view what, const std::filesystem::path& path) {
  const int failure = errno;
  if (failure == ENOSPC || failure == EDQUOT || failure == EFBIG) {
    return core::Error(core::Reason::kStorageFull);
  }
  if (failure == EMFILE || failure == ENFILE) {
    return core::Error(core::Reason::kBusy, "There are too many open files; try again.");
  }
  const std::string sentence = fmt::format("cannot {} {}: {}", what, path.string(),
                                           std::generic_category().message(failure));
  if (failure == ENOENT) return absl::NotFoundError(sentence);
  if (failure == EACCES || failure == EPERM) return absl::PermissionDeniedError(sentence);
  return absl::UnavailableError(sentence);
}

bool WriteAll(const File& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file.descriptor(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

absl::Status SyncDirectory(const std::filesystem::path& directory) {
  const File file(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!file.is_open() || fsync(file.descriptor()) != 0) return FileError("flush", directory);
  return absl::OkStatus();
}

absl::Status ReplacePrivateFile(const std::filesystem::path& path, std::string_view text) {
  std::filesystem::path unfinished = path;
  unfinished += ".tmp";
  // What a crash left may have another mode.
  unlink(unfinished.c_str());
  File file(open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly));
  if (!file.is_open()) return FileError("write", unfinished);
  if (!WriteAll(file, text) || fsync(file.descriptor()) != 0) {
    const absl::Status failed = FileError("write", unfinished);
    unlink(unfinished.c_str());
    return failed;
  }
  file.Close();
  if (rename(unfinished.c_str(), path.c_str()) != 0) return FileError("write", path);
  return SyncDirectory(path.has_parent_path() ? path.parent_path() : ".");
}

absl::StatusOr<std::string> ReadPrivateFile(const std::filesystem::path& path) {
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return FileError("read", path);
  struct stat about{};
  if (fstat(file.descriptor(), &about) != 0) return FileError("read", path);
  if ((about.st_mode & kOthers) != 0) {
    return absl::FailedPreconditionError(
        fmt::format("{} may be read or written by others (mode {:04o}): chmod 600 it",
                    path.string(), about.st_mode & 07777U));
  }
  std::string text(static_cast<std::size_t>(about.st_size), '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = read(file.descriptor(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError("read", path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return text;
}

}  // namespace kalends::storage
