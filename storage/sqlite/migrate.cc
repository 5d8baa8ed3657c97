#include "storage/sqlite/migrate.h"

#include <fmt/format.h>

#include <string>

#include "core/base/status_macros.h"

namespace kalends::storage {
namespace {

int NumberOf(SQLite::Database& database, const char* sql) {
  return database.execAndGet(sql).getInt();
}

absl::Status CheckOurs(SQLite::Database& database) {
  const int id = NumberOf(database, "PRAGMA application_id");
  // Reads the whole schema, and with it finds most damage.
  const bool empty = NumberOf(database, "SELECT count(*) FROM sqlite_schema") == 0;
  if (id == kApplicationId || (id == 0 && empty)) return absl::OkStatus();
  return absl::FailedPreconditionError("The file is a database of another program.");
}

absl::Status CheckKnown(int version, std::size_t known) {
  if (version >= 0 && static_cast<std::size_t>(version) <= known) return absl::OkStatus();
  return absl::FailedPreconditionError(
      fmt::format("The database is of version {}, this program knows up to {}: start a newer "
                  "kalendsd or restore a backup.",
                  version, known));
}

// False: there was nothing left to do.
absl::StatusOr<bool> RunNext(SQLite::Database& database,
                             std::span<const std::string_view> migrations) {
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  // Asked anew in the transaction: another process may be doing the same.
  const int version = NumberOf(database, "PRAGMA user_version");
  RETURN_IF_ERROR(CheckKnown(version, migrations.size()));
  if (static_cast<std::size_t>(version) == migrations.size()) return false;
  database.exec(std::string(migrations[static_cast<std::size_t>(version)]));
  SQLite::Statement broken(database, "PRAGMA foreign_key_check");
  if (broken.executeStep()) {
    return absl::FailedPreconditionError(
        fmt::format("The database cannot be brought to version {}: table {} refers to rows that "
                    "are not there.",
                    version + 1, broken.getColumn(0).getString()));
  }
  broken.reset();
  database.exec(fmt::format("PRAGMA application_id = {}", kApplicationId));
  database.exec(fmt::format("PRAGMA user_version = {}", version + 1));
  transaction.commit();
  return true;
}

}  // namespace

absl::Status Migrate(SQLite::Database& database, std::span<const std::string_view> migrations) {
  RETURN_IF_ERROR(CheckOurs(database));
  const int version = NumberOf(database, "PRAGMA user_version");
  RETURN_IF_ERROR(CheckKnown(version, migrations.size()));
  if (static_cast<std::size_t>(version) == migrations.size()) return absl::OkStatus();
  database.exec("PRAGMA foreign_keys = OFF");
  for (bool more = true; more;) {
    ASSIGN_OR_RETURN(more, RunNext(database, migrations));
  }
  return absl::OkStatus();
}

}  // namespace kalends::storage
