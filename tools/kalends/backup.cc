#include "tools/kalends/backup.h"

#include <fmt/format.h>
#include <sodium.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/status_macros.h"
#include "storage/blobs/files.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/backup_place.h"
#include "storage/sqlite/retention.h"
#include "tools/kalends/backup_file.h"
#include "tools/kalends/progress.h"
#include "tools/kalends/verify.h"

namespace kalends::cli {
namespace {

namespace fs = std::filesystem;

std::string MiB(std::int64_t bytes) {
  return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / (1 << 20));
}

void PrintJson(const nlohmann::json& object) {
  fmt::print("{}\n", object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

nlohmann::json JsonOf(const storage::Backup& backup) {
  return {{"backup", backup.name},
          {"created", backup.manifest.created},
          {"schema", backup.manifest.schema},
          {"files", backup.manifest.files.size()},
          {"bytes", BytesOf(backup.manifest)},
          {"master_keys", backup.manifest.master_keys}};
}

void PrintMissing(const std::vector<std::string>& missing) {
  for (const std::string& id : missing) fmt::print("lost        blobs/{}\n", id);
}

// The keys that a restored directory is to be read with, and the text that goes into it.
struct Keys {
  std::shared_ptr<const storage::MasterKeys> keys;
  std::string text;  // To be wiped.
};

absl::StatusOr<Keys> KeysFor(const Arguments& arguments, const storage::Backup& backup) {
  Keys found;
  const char* given = std::getenv("KALENDS_MASTER_KEY");
  if (arguments.master_key_file.empty() && given != nullptr && *given != '\0') {
    // It stays where it is: kalendsd will be given it, too.
    ASSIGN_OR_RETURN(found.keys, storage::MasterKeys::Parse(given));
    return found;
  }
  const fs::path file = !arguments.master_key_file.empty()
                            ? fs::path(arguments.master_key_file)
                            : fs::path(arguments.backups) / backup.name / "master.key";
  auto text = storage::ReadPrivateFile(file);
  if (absl::IsNotFound(text.status()) && arguments.master_key_file.empty()) return found;
  RETURN_IF_ERROR(text.status());
  found.text = *std::move(text);
  ASSIGN_OR_RETURN(found.keys, storage::MasterKeys::Parse(found.text));
  return found;
}

storage::BackupOptions OptionsOf(const Arguments& arguments) {
  const fs::path directory = arguments.data_dir;
  storage::BackupOptions options;
  options.database =
      arguments.database.empty() ? (directory / "kalends.db").string() : arguments.database;
  options.blobs = directory / "blobs";
  options.to = arguments.backups;
  if (arguments.with_master_key) options.master_key = directory / "master.key";
  options.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  options.progress = ShowProgress;
  return options;
}

void PrintKeyIsElsewhere(const Arguments& arguments) {
  if (arguments.with_master_key) return;
  fmt::print(
      "The master key is not in it: without a copy of it, kept elsewhere, nobody can read the "
      "backup.\n");
}

absl::StatusOr<int> BackUpToDirectory(const Arguments& arguments) {
  const storage::BackupOptions options = OptionsOf(arguments);
  const auto report = storage::MakeBackup(options);
  EndProgress();
  RETURN_IF_ERROR(report.status());
  storage::RetentionReport removed;
  if (arguments.keep > 0) {
    ASSIGN_OR_RETURN(removed, storage::RemoveOldBackups(options.to, arguments.keep));
  }
  const storage::BackupManifest& manifest = report->backup.manifest;
  if (arguments.json) {
    nlohmann::json object = JsonOf(report->backup);
    object["files_copied"] = report->files_copied;
    object["bytes_copied"] = report->bytes_copied;
    object["missing"] = manifest.missing;
    object["removed"] = removed.removed;
    object["files_removed"] = removed.files_removed;
    PrintJson(object);
  } else {
    PrintMissing(manifest.missing);
    fmt::print("{} has the database and {} files, {}; {} files and {} were copied.\n",
               (options.to / report->backup.name).string(), manifest.files.size(),
               MiB(BytesOf(manifest)), report->files_copied, MiB(report->bytes_copied));
    if (!removed.removed.empty() || removed.files_removed > 0) {
      fmt::print("{} older backups and {} files that none needs were removed, {}.\n",
                 removed.removed.size(), removed.files_removed, MiB(removed.bytes_removed));
    }
    PrintKeyIsElsewhere(arguments);
  }
  return manifest.missing.empty() ? kExitSound : kExitDamaged;
}

// A directory that goes with this, whatever is in it by then.
class Scratch {
 public:
  explicit Scratch(fs::path path) : path_(std::move(path)) { Clear(); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { Clear(); }

  const fs::path& path() const { return path_; }

 private:
  void Clear() const {
    std::error_code error;
    fs::remove_all(path_, error);
  }

  const fs::path path_;
};

// The backup is put together in the data directory, where nobody can read more than before, with
// second names of its files; what was cut short there goes the next time.
absl::StatusOr<int> BackUpToFile(const Arguments& arguments) {
  const fs::path place = fs::path(arguments.data_dir) / "backup-to-file";
  std::error_code error;
  if (!fs::is_directory(arguments.data_dir, error)) {
    return absl::NotFoundError(fmt::format("there is no directory {}", arguments.data_dir));
  }
  RETURN_IF_ERROR(storage::MakePrivateDirectory(place));
  ASSIGN_OR_RETURN(const storage::File lock, storage::LockBackups(place));
  const Scratch scratch(place / "backups");
  storage::BackupOptions options = OptionsOf(arguments);
  options.to = scratch.path();
  options.link_files = true;
  const auto report = storage::MakeBackup(options);
  EndProgress();
  RETURN_IF_ERROR(report.status());
  ProgressBar bar;
  const absl::Status packed =
      PackBackup(scratch.path(), report->backup, arguments.backup_file, arguments.recipients,
                 [&bar](std::int64_t done, std::int64_t total) { bar.Show(done, total); });
  EndProgress();
  RETURN_IF_ERROR(packed);
  const storage::BackupManifest& manifest = report->backup.manifest;
  if (arguments.json) {
    nlohmann::json object = JsonOf(report->backup);
    object["file"] = arguments.backup_file;
    object["encrypted"] = !arguments.recipients.empty();
    object["missing"] = manifest.missing;
    PrintJson(object);
  } else {
    PrintMissing(manifest.missing);
    fmt::print("{} has the database and {} files, {}{}.\n", arguments.backup_file,
               manifest.files.size(), MiB(BytesOf(manifest)),
               arguments.recipients.empty() ? "" : ", encrypted");
    PrintKeyIsElsewhere(arguments);
  }
  return manifest.missing.empty() ? kExitSound : kExitDamaged;
}

absl::StatusOr<int> RestoreBackup(const Arguments& arguments, const storage::Backup& backup) {
  ASSIGN_OR_RETURN(Keys keys, KeysFor(arguments, backup));
  storage::RestoreOptions options;
  options.from = arguments.backups;
  options.to = arguments.data_dir;
  options.keys = keys.keys;
  options.master_key = keys.text;
  options.accept_damage = arguments.accept_damage;
  options.progress = ShowProgress;
  const auto report = storage::Restore(backup, options);
  EndProgress();
  const bool has_keys = keys.keys != nullptr;
  sodium_memzero(keys.text.data(), keys.text.size());
  sodium_memzero(options.master_key.data(), options.master_key.size());
  RETURN_IF_ERROR(report.status());
  if (arguments.json) {
    nlohmann::json object = JsonOf(backup);
    object["data_dir"] = arguments.data_dir;
    object["left_out"] = report->left_out;
    object["has_master_key"] = has_keys;
    PrintJson(object);
  } else {
    PrintMissing(report->left_out);
    fmt::print("{} is as it was at {}: the database and {} files, {}.\n", arguments.data_dir,
               backup.manifest.created, report->files, MiB(BytesOf(backup.manifest)));
    if (!has_keys) {
      fmt::print(
          "It has no master key yet: put the one that was kept into {}/master.key (mode 600), "
          "or into KALENDS_MASTER_KEY.\n",
          arguments.data_dir);
    }
    fmt::print("API keys are as they were then: revoke again what was revoked since.\n");
  }
  return report->left_out.empty() ? kExitSound : kExitDamaged;
}

}  // namespace

absl::StatusOr<int> BackUpData(const Arguments& arguments) {
  if (sodium_init() < 0) return absl::InternalError("libsodium cannot be initialized");
  return arguments.backup_file.empty() ? BackUpToDirectory(arguments) : BackUpToFile(arguments);
}

absl::StatusOr<int> RestoreData(const Arguments& arguments) {
  if (sodium_init() < 0) return absl::InternalError("libsodium cannot be initialized");
  spdlog::set_level(spdlog::level::off);
  if (arguments.backup_file.empty()) {
    ASSIGN_OR_RETURN(const storage::Backup backup,
                     storage::FindBackup(arguments.backups, arguments.backup_name));
    return RestoreBackup(arguments, backup);
  }
  // Beside what is made, where there is room for it.
  return WithUnpacked(arguments,
                      (fs::absolute(arguments.data_dir) / "").parent_path().parent_path(),
                      RestoreBackup);
}

}  // namespace kalends::cli
