#include "storage/sqlite/backup.h"

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <map>
#include <optional>

#include "core/base/status_macros.h"
#include "storage/blobs/blob_store.h"
#include "storage/blobs/files.h"
#include "storage/sqlite/backup_place.h"
#include "storage/sqlite/check.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/open.h"

namespace kalends::storage {
namespace {

namespace fs = std::filesystem;

constexpr int kPagesPerStep = 2048;
// A document that is deleted while files are copied makes the next round; by then all others are
// there, so that it takes a moment.
constexpr int kRoundsMax = 5;

std::string TimeText(std::chrono::sys_seconds now, const char* form) {
  const std::time_t seconds = now.time_since_epoch().count();
  tm parts{};
  gmtime_r(&seconds, &parts);
  std::string text(sizeof("2026-11-30T19:00:00Z"), '\0');
  text.resize(std::strftime(text.data(), text.size(), form, &parts));
  return text;
}

// As CopyFile, which does it where there can be no second name: on another file system.
absl::StatusOr<HashedFile> LinkFile(const fs::path& from, const fs::path& to) {
  unlink(to.c_str());
  if (link(from.c_str(), to.c_str()) != 0) return CopyFile(from, to);
  return HashFile(to);
}

class Maker {
 public:
  Maker(const BackupOptions& options, SQLite::Database source)
      : options_(options), source_(std::move(source)), store_(BlobStore::At(options.blobs)) {}

  absl::StatusOr<BackupReport> Make() {
    RETURN_IF_ERROR(Prepare());
    for (int round = 1;; ++round) {
      RETURN_IF_ERROR(CopyDatabase());
      RETURN_IF_ERROR(ReadCopy());
      RETURN_IF_ERROR(CopyFiles());
      if (round == kRoundsMax || AllStillKnown(manifest().missing)) break;
    }
    RETURN_IF_ERROR(Finish());
    return std::move(report_);
  }

 private:
  BackupManifest& manifest() { return report_.backup.manifest; }
  fs::path Copy() const { return unfinished_ / kDatabaseFile; }
  void Step(const std::string& step) const {
    if (options_.progress) options_.progress(step);
  }

  absl::Status Prepare() {
    RETURN_IF_ERROR(MakePrivateDirectory(options_.to));
    ASSIGN_OR_RETURN(lock_, LockBackups(options_.to));
    RETURN_IF_ERROR(MakePrivateDirectory(options_.to / kFilesFolder));
    RETURN_IF_ERROR(ClearUnfinished());
    // What earlier backups have, by their own word; one that cannot be read has said nothing.
    ASSIGN_OR_RETURN(const std::vector<std::string> names, ListBackups(options_.to));
    for (const std::string& name : names) {
      const auto backup = FindBackup(options_.to, name);
      if (!backup.ok()) continue;
      for (const HashedFile& file : backup->manifest.files) there_[file.name] = file;
    }
    const std::string wanted = TimeText(options_.now, "%Y%m%dT%H%M%SZ");
    report_.backup.name = wanted;
    for (int i = 2; std::count(names.begin(), names.end(), report_.backup.name) > 0; ++i) {
      report_.backup.name = fmt::format("{}-{}", wanted, i);
    }
    unfinished_ = options_.to / (std::string(kUnfinished) + report_.backup.name);
    return MakePrivateDirectory(unfinished_);
  }

  // What was cut short: this process alone makes backups here.
  absl::Status ClearUnfinished() {
    std::error_code error;
    std::vector<fs::path> left;
    for (const fs::directory_entry& entry : fs::directory_iterator(options_.to, error)) {
      if (entry.path().filename().string().starts_with(kUnfinished)) left.push_back(entry.path());
    }
    for (const fs::directory_entry& entry :
         fs::directory_iterator(options_.to / kFilesFolder, error)) {
      if (entry.path().extension() == ".tmp") left.push_back(entry.path());
    }
    for (const fs::path& path : left) fs::remove_all(path, error);
    if (!error) return absl::OkStatus();
    return absl::UnavailableError(
        fmt::format("cannot clear {}: {}", options_.to.string(), error.message()));
  }

  // In one transaction, so that it is of one moment; in steps, so that progress can be told.
  absl::Status CopyDatabase() {
    std::error_code error;
    fs::remove(Copy(), error);
    SQLite::Database copy = OpenWriter({Copy().string(), false});
    source_.Execute("BEGIN");
    source_.Query("SELECT count(*) FROM sqlite_schema", {}, [](const Row&) {});
    {
      SQLite::Backup backup(copy, source_.database());
      while (backup.executeStep(kPagesPerStep) != SQLITE_DONE) {
        const int total = std::max(backup.getTotalPageCount(), 1);
        const int done = total - backup.getRemainingPageCount();
        Step(fmt::format("Copying the database, {} %", std::int64_t{100} * done / total));
      }
    }
    source_.Rollback();
    return absl::OkStatus();
  }

  // Makes one file of the copy, checks it, and reads what belongs to it.
  absl::Status ReadCopy() {
    Step("Checking the copy of the database");
    manifest() = {};
    manifest().created = TimeText(options_.now, "%Y-%m-%dT%H:%M:%SZ");
    ids_.clear();
    {
      Connection copy(OpenWriter({Copy().string(), false}));
      copy.database().exec("PRAGMA journal_mode = DELETE");
      if (const auto faults = CheckWhole(copy.database()); !faults.empty()) {
        return absl::FailedPreconditionError(
            fmt::format("the database is damaged ({}): no backup was made of it; `kalends verify` "
                        "shows what is damaged",
                        faults.front()));
      }
      manifest().schema = copy.database().execAndGet("PRAGMA user_version").getInt();
      copy.Query("SELECT id FROM blobs ORDER BY id", {},
                 [&](const Row& row) { ids_.push_back(row.Text(0)); });
      copy.Query("SELECT lower(hex(id)) FROM master_keys ORDER BY id", {},
                 [&](const Row& row) { manifest().master_keys.push_back(row.Text(0)); });
    }
    ASSIGN_OR_RETURN(const auto store_id, store_.Id());
    manifest().store_id = store_id.value_or("");
    ASSIGN_OR_RETURN(manifest().database, HashFile(Copy()));
    return absl::OkStatus();
  }

  absl::Status CopyFiles() {
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      const std::string& id = ids_[i];
      const fs::path copy = options_.to / kFilesFolder / id;
      std::error_code error;
      const auto known = there_.find(id);
      if (known != there_.end() &&
          fs::file_size(copy, error) == static_cast<std::uintmax_t>(known->second.size_bytes)) {
        manifest().files.push_back(known->second);
        continue;
      }
      Step(fmt::format("Copying file {} of {}", i + 1, ids_.size()));
      const fs::path file = options_.blobs / id;
      auto copied = options_.link_files ? LinkFile(file, copy) : CopyFile(file, copy);
      if (absl::IsNotFound(copied.status())) {
        manifest().missing.push_back(id);
        continue;
      }
      RETURN_IF_ERROR(copied.status());
      ++report_.files_copied;
      report_.bytes_copied += copied->size_bytes;
      there_[id] = *copied;
      manifest().files.push_back(*std::move(copied));
    }
    return absl::OkStatus();
  }

  // Whether the present database has rows for all of these, so that their files are lost.
  bool AllStillKnown(const std::vector<std::string>& missing) {
    return std::all_of(missing.begin(), missing.end(), [&](const std::string& id) {
      bool known = false;
      source_.Query("SELECT 1 FROM blobs WHERE id = $1", {std::string_view(id)},
                    [&](const Row&) { known = true; });
      return known;
    });
  }

  absl::Status Finish() {
    report_.bytes_copied += manifest().database.size_bytes;
    if (!options_.master_key.empty()) {
      ASSIGN_OR_RETURN(std::string key, ReadPrivateFile(options_.master_key));
      const absl::Status written = ReplacePrivateFile(unfinished_ / kMasterKeyFile, key);
      sodium_memzero(key.data(), key.size());
      RETURN_IF_ERROR(written);
    }
    RETURN_IF_ERROR(SyncDirectory(options_.to / kFilesFolder));
    RETURN_IF_ERROR(SyncFile(Copy()));
    // After all that it names.
    RETURN_IF_ERROR(ReplacePrivateFile(unfinished_ / kManifestFile, TextOf(manifest())));
    const fs::path named = options_.to / report_.backup.name;
    if (rename(unfinished_.c_str(), named.c_str()) != 0) return FileError("name", named);
    return SyncDirectory(options_.to);
  }

  const BackupOptions& options_;
  Connection source_;
  const BlobStore store_;
  File lock_;
  fs::path unfinished_;
  std::map<std::string, HashedFile> there_;  // Files of earlier backups, and of this one.
  std::vector<std::string> ids_;             // Those that the copy of the database knows.
  BackupReport report_;
};

}  // namespace

absl::StatusOr<BackupReport> MakeBackup(const BackupOptions& options) {
  std::error_code error;
  if (!fs::exists(options.database, error)) {
    return absl::NotFoundError(fmt::format("there is no database {}", options.database));
  }
  try {
    return Maker(options, OpenToVerify({options.database, false})).Make();
  } catch (const SQLite::Exception& failure) {
    return absl::UnavailableError(
        fmt::format("cannot copy {}: {}", options.database, failure.what()));
  }
}

}  // namespace kalends::storage
