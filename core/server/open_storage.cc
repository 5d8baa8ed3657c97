#include "core/server/open_storage.h"

#include <string_view>
#include <utility>

#include "core/base/status_macros.h"
#include "storage/postgres/postgres_database.h"
#include "storage/sqlite/sqlite_database.h"

namespace kalends::server {
namespace {

constexpr std::string_view kSqlite = "sqlite:";
constexpr std::string_view kPostgres[] = {"postgres://", "postgresql://"};

}  // namespace

absl::StatusOr<StoragePlace> StoragePlaceOf(const std::string& storage,
                                            const std::filesystem::path& data_directory) {
  for (const std::string_view scheme : kPostgres) {
    if (storage.starts_with(scheme)) return StoragePlace{{}, storage};
  }
  if (!storage.starts_with(kSqlite)) {
    return absl::InvalidArgumentError(
        "--storage must be sqlite:, sqlite:PATH or postgres://HOST/DATABASE");
  }
  const std::string path = storage.substr(kSqlite.size());
  // To SQLite `:memory:` is no file: everything would be lost at the stop, and nobody told.
  if (path.starts_with(':')) {
    return absl::InvalidArgumentError("--storage sqlite:PATH must name a file");
  }
  return StoragePlace{path.empty() ? data_directory / "kalends.db" : std::filesystem::path(path),
                      {}};
}

absl::StatusOr<OpenedStorage> OpenStorage(const StoragePlace& place,
                                          const std::filesystem::path& data_directory,
                                          bool accept_damage) {
  OpenedStorage opened;
  if (place.file.empty()) {
    ASSIGN_OR_RETURN(opened.database, storage::OpenPostgres(place.address));
    return opened;
  }
  RETURN_IF_ERROR(CheckNotLost(place.file, data_directory / "blobs"));
  ASSIGN_OR_RETURN(opened.lock, LockDatabase(place.file));
  ASSIGN_OR_RETURN(opened.database, storage::OpenSqlite({.path = place.file.string(),
                                                         .accept_damage = accept_damage}));
  return opened;
}

}  // namespace kalends::server
