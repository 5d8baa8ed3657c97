#include "tools/kalends/data_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace kalends::cli {

void AddDataDirectory(CLI::App& command, Arguments& said) {
  command.add_option("--data-dir", said.data_dir, "Holds the database, files and master key")
      ->envname("KALENDS_DATA_DIR")
      ->capture_default_str();
  command.add_option("--database", said.database,
                     "The database, where it is not kalends.db in --data-dir");
}

std::filesystem::path DatabaseOf(const Arguments& said) {
  if (!said.database.empty()) return said.database;
  return std::filesystem::path(said.data_dir) / "kalends.db";
}

absl::StatusOr<storage::File> LockAgainstCores(const std::filesystem::path& file) {
  storage::File opened(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!opened.is_open()) return storage::FileError("write", file);
  if (flock(opened.descriptor(), LOCK_EX | LOCK_NB) != 0) {
    return absl::FailedPreconditionError(
        fmt::format("A kalendsd works on {}: stop it first.", file.parent_path().string()));
  }
  return opened;
}

}  // namespace kalends::cli
