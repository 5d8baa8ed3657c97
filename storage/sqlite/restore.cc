// The way back from a backup, and the look at one. Declared in backup.h.
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/base/status_macros.h"
#include "storage/blobs/blob_store.h"
#include "storage/blobs/files.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/backup_place.h"

namespace kalends::storage {
namespace {

namespace fs = std::filesystem;

// Stands in a directory that a restore makes, so that the next one may clear it away. Whoever finds
// it under the name that was wanted may remove it: all is there.
constexpr char kRestoringFile[] = ".restoring";

// Also where the mark itself was cut short.
bool IsOfARestore(const fs::path& directory) {
  std::error_code error;
  return fs::is_empty(directory, error) || fs::exists(directory / kRestoringFile, error) ||
         fs::exists(directory / (std::string(kRestoringFile) + ".tmp"), error);
}

std::string HexOf(std::string_view bytes) {
  std::string text(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                 bytes.size());
  text.pop_back();
  return text;
}

absl::Status CheckKeys(const BackupManifest& manifest, const MasterKeys& keys) {
  std::vector<std::string> there;
  for (const std::string& id : keys.Ids()) there.push_back(HexOf(id));
  for (const std::string& id : manifest.master_keys) {
    if (std::find(there.begin(), there.end(), id) != there.end()) continue;
    return absl::FailedPreconditionError(
        fmt::format("this master key does not open the backup: it lacks {}", id));
  }
  return absl::OkStatus();
}

absl::Status CheckEmpty(const fs::path& directory) {
  std::error_code error;
  if (!fs::exists(directory, error)) return absl::OkStatus();
  if (fs::is_directory(directory, error) && fs::is_empty(directory, error) && !error) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(fmt::format(
      "{} is not empty: a backup is restored into a new directory", directory.string()));
}

class Restoration {
 public:
  Restoration(const Backup& backup, const RestoreOptions& options)
      : backup_(backup), options_(options), work_(WorkOf(options.to)) {}

  absl::StatusOr<RestoreReport> Run() {
    RETURN_IF_ERROR(CheckEmpty(options_.to));
    if (options_.keys) RETURN_IF_ERROR(CheckKeys(backup_.manifest, *options_.keys));
    RETURN_IF_ERROR(Prepare());
    if (absl::Status status = Make(); !status.ok()) {
      Clear();
      return status;
    }
    return std::move(report_);
  }

 private:
  static fs::path WorkOf(fs::path to) {
    while (!to.has_filename() && to.has_parent_path()) to = to.parent_path();
    return to += ".restoring";
  }
  void Step(const std::string& step) const {
    if (options_.progress) options_.progress(step);
  }

  absl::Status Make() {
    RETURN_IF_ERROR(RestoreDatabase());
    RETURN_IF_ERROR(RestoreFiles());
    if (!options_.master_key.empty()) {
      RETURN_IF_ERROR(ReplacePrivateFile(work_ / kMasterKeyFile, options_.master_key));
    }
    return Finish();
  }

  // The mark goes last, so that what is cut short here can be cleared away, too.
  void Clear() const {
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(work_, error)) {
      if (entry.path().filename() != kRestoringFile) fs::remove_all(entry.path(), error);
    }
    fs::remove_all(work_, error);
  }

  absl::Status Prepare() {
    std::error_code error;
    if (fs::exists(work_, error)) {
      if (!IsOfARestore(work_)) {
        return absl::FailedPreconditionError(
            fmt::format("{} is in the way: move it away", work_.string()));
      }
      Clear();
    }
    RETURN_IF_ERROR(MakePrivateDirectory(work_));
    RETURN_IF_ERROR(ReplacePrivateFile(work_ / kRestoringFile, "\n"));
    return MakePrivateDirectory(work_ / kFilesFolder);
  }

  absl::Status RestoreDatabase() {
    Step("Copying the database");
    const fs::path from = options_.from / backup_.name / kDatabaseFile;
    ASSIGN_OR_RETURN(const HashedFile copied, CopyFile(from, work_ / kDatabaseFile));
    if (copied == backup_.manifest.database) return absl::OkStatus();
    return absl::FailedPreconditionError(
        fmt::format("{} is not what was backed up: restore another backup", from.string()));
  }

  absl::Status RestoreFiles() {
    const std::vector<HashedFile>& files = backup_.manifest.files;
    report_.left_out = backup_.manifest.missing;
    for (std::size_t i = 0; i < files.size(); ++i) {
      Step(fmt::format("Copying file {} of {}", i + 1, files.size()));
      const fs::path from = options_.from / kFilesFolder / files[i].name;
      const fs::path to = work_ / kFilesFolder / files[i].name;
      const absl::StatusOr<HashedFile> copied = CopyFile(from, to);
      if (copied.ok() && *copied == files[i]) {
        ++report_.files;
        continue;
      }
      if (!copied.ok() && !absl::IsNotFound(copied.status())) return copied.status();
      if (!options_.accept_damage) {
        return absl::FailedPreconditionError(
            fmt::format("{} is {}: restore another backup, or all but what is damaged with "
                        "--accept-damage",
                        from.string(), copied.ok() ? "not what was backed up" : "not there"));
      }
      unlink(to.c_str());
      report_.left_out.push_back(files[i].name);
    }
    if (backup_.manifest.store_id.empty()) return absl::OkStatus();
    return BlobStore::At(work_ / kFilesFolder).SetId(backup_.manifest.store_id);
  }

  absl::Status Finish() {
    RETURN_IF_ERROR(SyncDirectory(work_ / kFilesFolder));
    RETURN_IF_ERROR(SyncDirectory(work_));
    fs::path named = work_;
    named.replace_filename(work_.stem());
    // Over an empty directory; over any other it fails.
    if (rename(work_.c_str(), named.c_str()) != 0) return FileError("name", named);
    unlink((named / kRestoringFile).c_str());
    return SyncDirectory(named.has_parent_path() ? named.parent_path() : ".");
  }

  const Backup& backup_;
  const RestoreOptions& options_;
  const fs::path work_;
  RestoreReport report_;
};

}  // namespace

absl::StatusOr<RestoreReport> Restore(const Backup& backup, const RestoreOptions& options) {
  return Restoration(backup, options).Run();
}

absl::StatusOr<VerifyReport> VerifyBackup(const fs::path& directory, const Backup& backup,
                                          std::shared_ptr<const MasterKeys> keys,
                                          const Progress& progress) {
  const auto step = [&](const std::string& text) {
    if (progress) progress(text);
  };
  const fs::path database = directory / backup.name / kDatabaseFile;
  std::vector<Finding> unlike;
  const auto compare = [&](const fs::path& path, const HashedFile& file, const char* kind) {
    const absl::StatusOr<HashedFile> found = HashFile(path);
    if (found.ok() && *found == file) return;
    unlike.push_back({kind, path.lexically_relative(directory).string(),
                      found.ok() ? "is not what was backed up" : "cannot be read"});
  };
  step("Comparing the database");
  compare(database, backup.manifest.database, "page");
  for (std::size_t i = 0; i < backup.manifest.files.size(); ++i) {
    step(fmt::format("Comparing file {} of {}", i + 1, backup.manifest.files.size()));
    const HashedFile& file = backup.manifest.files[i];
    compare(directory / kFilesFolder / file.name, file, "file_damaged");
  }
  VerifyOptions options;
  options.database = database.string();
  options.blobs = directory / kFilesFolder;
  options.keys = std::move(keys);
  options.shared_blobs = true;
  options.progress = progress;
  ASSIGN_OR_RETURN(VerifyReport report, Verify(options));
  report.found += static_cast<std::int64_t>(unlike.size());
  report.findings.insert(report.findings.begin(), unlike.begin(), unlike.end());
  return report;
}

}  // namespace kalends::storage
