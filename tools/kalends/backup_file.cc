#include "tools/kalends/backup_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <optional>

#include "core/base/status_macros.h"
#include "storage/blobs/files.h"
#include "storage/sqlite/backup_place.h"
#include "tools/kalends/age.h"
#include "tools/kalends/progress.h"

namespace kalends::cli {
namespace {

namespace fs = std::filesystem;
using storage::Backup;
using storage::File;
using storage::FileError;

constexpr std::size_t kPieceBytes = 1 << 20;
constexpr mode_t kOwnersFile = S_IRUSR | S_IWUSR;
constexpr std::size_t kIdDigits = 32;

using Writer = std::unique_ptr<archive, decltype(&archive_write_free)>;
using Reader = std::unique_ptr<archive, decltype(&archive_read_free)>;
using Entry = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

// Of what libarchive could not write or read; errno tells of a full disk.
absl::Status ArchiveError(archive* tar, const fs::path& file, std::string_view what) {
  if (archive_errno(tar) == ENOSPC || archive_errno(tar) == EDQUOT) {
    errno = archive_errno(tar);
    return FileError("write", file);
  }
  const char* const why = archive_error_string(tar);
  return absl::FailedPreconditionError(
      fmt::format("{} {}: {}", file.string(), what, why != nullptr ? why : "nobody says why"));
}

// The files of a backup, as paths below the directory, what tells of the others first.
std::vector<fs::path> FilesOf(const fs::path& directory, const Backup& backup) {
  const fs::path folder = backup.name;
  std::vector<fs::path> files{folder / storage::kManifestFile, folder / storage::kDatabaseFile};
  std::error_code error;
  if (fs::exists(directory / folder / storage::kMasterKeyFile, error)) {
    files.push_back(folder / storage::kMasterKeyFile);
  }
  for (const storage::HashedFile& file : backup.manifest.files) {
    files.push_back(fs::path(storage::kFilesFolder) / file.name);
  }
  return files;
}

class Packer {
 public:
  Packer(const fs::path& directory, const fs::path& file, std::int64_t total,
         const BytesProgress& progress)
      : directory_(directory), file_(file), total_(total), progress_(progress) {}

  absl::Status Pack(const std::vector<fs::path>& files, const File& to) {
    archive_write_set_format_pax_restricted(tar_.get());
    archive_write_add_filter_none(tar_.get());
    // Nothing behind the end, whatever it goes to.
    archive_write_set_bytes_in_last_block(tar_.get(), 1);
    if (archive_write_open_fd(tar_.get(), to.descriptor()) != ARCHIVE_OK) return Failed();
    for (const fs::path& path : files) RETURN_IF_ERROR(Add(path));
    return archive_write_close(tar_.get()) == ARCHIVE_OK ? absl::OkStatus() : Failed();
  }

 private:
  absl::Status Failed() { return ArchiveError(tar_.get(), file_, "cannot be written"); }

  absl::Status Add(const fs::path& path) {
    const fs::path full = directory_ / path;
    const File from(open(full.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat about{};
    if (!from.is_open() || fstat(from.descriptor(), &about) != 0) return FileError("read", full);
    const Entry entry(archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname(entry.get(), path.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), kOwnersFile);
    archive_entry_set_size(entry.get(), about.st_size);
    archive_entry_set_mtime(entry.get(), about.st_mtime, 0);
    if (archive_write_header(tar_.get(), entry.get()) != ARCHIVE_OK) return Failed();
    for (;;) {
      const ssize_t got = read(from.descriptor(), piece_.data(), piece_.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return FileError("read", full);
      if (got == 0) return absl::OkStatus();
      if (archive_write_data(tar_.get(), piece_.data(), static_cast<std::size_t>(got)) != got) {
        return Failed();
      }
      done_ += got;
      if (progress_) progress_(done_, total_);
    }
  }

  const Writer tar_{archive_write_new(), archive_write_free};
  const fs::path& directory_;
  const fs::path& file_;
  const std::int64_t total_;
  const BytesProgress& progress_;
  std::int64_t done_ = 0;
  std::string piece_ = std::string(kPieceBytes, '\0');
};

// Names are those of FilesOf: nobody else's file is written over, wherever the tar comes from.
bool IsNameOfOurs(const fs::path& path) {
  if (std::distance(path.begin(), path.end()) != 2) return false;
  const std::string folder = path.begin()->string();
  const std::string name = path.filename().string();
  if (folder == storage::kFilesFolder) {
    return name.size() == kIdDigits &&
           name.find_first_not_of("0123456789abcdef") == std::string::npos;
  }
  return !folder.empty() && folder.find_first_not_of("0123456789TZ-") == std::string::npos &&
         (name == storage::kManifestFile || name == storage::kDatabaseFile ||
          name == storage::kMasterKeyFile);
}

class Unpacker {
 public:
  Unpacker(const fs::path& file, const fs::path& directory, const BytesProgress& progress)
      : file_(file), directory_(directory), progress_(progress) {}

  absl::StatusOr<Backup> Unpack(const File& from) {
    archive_read_support_format_tar(tar_.get());
    if (archive_read_open_fd(tar_.get(), from.descriptor(), kPieceBytes) != ARCHIVE_OK) {
      return Failed();
    }
    archive_entry* entry = nullptr;
    for (;;) {
      const int got = archive_read_next_header(tar_.get(), &entry);
      if (got == ARCHIVE_EOF) break;
      if (got != ARCHIVE_OK) return Failed();
      RETURN_IF_ERROR(Take(entry));
    }
    if (!backup_) return absl::FailedPreconditionError(file_.string() + " has no backup in it");
    return *std::move(backup_);
  }

 private:
  absl::Status Failed() { return ArchiveError(tar_.get(), file_, "is damaged, or no backup"); }

  absl::Status Take(archive_entry* entry) {
    const char* const name = archive_entry_pathname(entry);
    const fs::path path = name != nullptr ? name : "";
    if (archive_entry_filetype(entry) != AE_IFREG || !IsNameOfOurs(path)) {
      return absl::FailedPreconditionError(
          fmt::format("{} is no backup: it has what no backup has", file_.string()));
    }
    const fs::path full = directory_ / path;
    RETURN_IF_ERROR(storage::MakePrivateDirectory(full.parent_path()));
    RETURN_IF_ERROR(Write(full));
    if (path.filename() != storage::kManifestFile) return absl::OkStatus();
    ASSIGN_OR_RETURN(backup_, storage::FindBackup(directory_, path.begin()->string()));
    total_ = BytesOf(backup_->manifest);
    return storage::MakePrivateDirectory(directory_ / storage::kFilesFolder);
  }

  absl::Status Write(const fs::path& full) {
    const File to(open(full.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnersFile));
    if (!to.is_open()) return FileError("write", full);
    for (;;) {
      const la_ssize_t got = archive_read_data(tar_.get(), piece_.data(), piece_.size());
      if (got < 0) return Failed();
      if (got == 0) return absl::OkStatus();
      if (!storage::WriteAll(to, {piece_.data(), static_cast<std::size_t>(got)})) {
        return FileError("write", full);
      }
      done_ += got;
      if (progress_ && total_ > 0) progress_(std::min(done_, total_), total_);
    }
  }

  const Reader tar_{archive_read_new(), archive_read_free};
  const fs::path& file_;
  const fs::path& directory_;
  const BytesProgress& progress_;
  std::optional<Backup> backup_;
  std::int64_t total_ = 0;
  std::int64_t done_ = 0;
  std::string piece_ = std::string(kPieceBytes, '\0');
};

absl::Status PackInto(const File& to, const fs::path& directory, const Backup& backup,
                      const fs::path& file, const std::vector<std::string>& recipients,
                      const BytesProgress& progress) {
  Packer packer(directory, file, BytesOf(backup.manifest), progress);
  const std::vector<fs::path> files = FilesOf(directory, backup);
  if (recipients.empty()) return packer.Pack(files, to);
  ASSIGN_OR_RETURN(Age age, Age::Encrypt(recipients, to));
  const absl::Status packed = packer.Pack(files, age.stream());
  // What it says is the reason, where it ended first.
  if (!age.Finish()) {
    return absl::UnavailableError(fmt::format("age did not encrypt {}", file.string()));
  }
  return packed;
}

// Whether age wrote it; where it stands is where it stood.
bool IsEncrypted(const File& from) {
  std::array<char, kAgeMagic.size()> head{};
  const ssize_t got = pread(from.descriptor(), head.data(), head.size(), 0);
  return got == static_cast<ssize_t>(head.size()) &&
         std::string_view(head.data(), head.size()) == kAgeMagic;
}

// What is behind the end of the tar; its end alone tells that nothing was cut off.
void ReadToTheEnd(const File& from) {
  std::string piece(kPieceBytes, '\0');
  ssize_t got = 1;
  while (got > 0 || (got < 0 && errno == EINTR)) {
    got = read(from.descriptor(), piece.data(), piece.size());
  }
}

}  // namespace

std::int64_t BytesOf(const storage::BackupManifest& manifest) {
  std::int64_t bytes = manifest.database.size_bytes;
  for (const storage::HashedFile& file : manifest.files) bytes += file.size_bytes;
  return bytes;
}

absl::Status PackBackup(const fs::path& directory, const Backup& backup, const fs::path& file,
                        const std::vector<std::string>& recipients, const BytesProgress& progress) {
  fs::path unfinished = file;
  unfinished += ".unfinished";
  unlink(unfinished.c_str());
  File to(open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnersFile));
  if (!to.is_open()) return FileError("write", unfinished);
  absl::Status status = PackInto(to, directory, backup, file, recipients, progress);
  if (status.ok() && fsync(to.descriptor()) != 0) status = FileError("write", unfinished);
  to.Close();
  if (status.ok() && rename(unfinished.c_str(), file.c_str()) != 0) {
    status = FileError("name", file);
  }
  if (!status.ok()) {
    unlink(unfinished.c_str());
    return status;
  }
  return storage::SyncDirectory(file.has_parent_path() ? file.parent_path() : ".");
}

absl::StatusOr<Backup> UnpackBackup(const fs::path& file, const fs::path& directory,
                                    const std::string& identity_file,
                                    const BytesProgress& progress) {
  const File from(open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!from.is_open()) return FileError("read", file);
  Unpacker unpacker(file, directory, progress);
  if (!IsEncrypted(from)) return unpacker.Unpack(from);
  if (identity_file.empty()) {
    return absl::FailedPreconditionError(
        fmt::format("{} is encrypted: --identity-file names the key that opens it", file.string()));
  }
  ASSIGN_OR_RETURN(Age age, Age::Decrypt(identity_file, from));
  absl::StatusOr<Backup> backup = unpacker.Unpack(age.stream());
  // A full disk is its own reason, and leaves age in the middle.
  if (!backup.ok() && !absl::IsFailedPrecondition(backup.status())) return backup;
  if (backup.ok()) ReadToTheEnd(age.stream());
  if (age.Finish()) return backup;
  return absl::FailedPreconditionError(fmt::format(
      "{} cannot be decrypted: it is damaged, cut off, or for another key", file.string()));
}

absl::StatusOr<int> WithUnpacked(
    const Arguments& arguments, const fs::path& place,
    const std::function<absl::StatusOr<int>(const Arguments&, const Backup&)>& work) {
  std::string directory = place / "kalends-unpacked-XXXXXX";
  if (mkdtemp(directory.data()) == nullptr) return FileError("make", directory);
  ProgressBar bar;
  const auto backup =
      UnpackBackup(arguments.backup_file, directory, arguments.identity_file,
                   [&bar](std::int64_t done, std::int64_t total) { bar.Show(done, total); });
  EndProgress();
  const auto use = [&]() -> absl::StatusOr<int> {
    RETURN_IF_ERROR(backup.status());
    Arguments inside = arguments;
    inside.backups = directory;
    inside.backup_name = backup->name;
    return work(inside, *backup);
  };
  absl::StatusOr<int> result = use();
  std::error_code error;
  fs::remove_all(directory, error);
  return result;
}

}  // namespace kalends::cli
