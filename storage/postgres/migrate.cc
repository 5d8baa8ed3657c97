#include "storage/postgres/migrate.h"

#include <fmt/format.h>

#include <string>

#include "core/base/status_macros.h"

namespace kalends::storage {
namespace {

// Of pg_advisory_xact_lock: "migrate" in ASCII.
constexpr std::int64_t kMigrateLock = 0x6d'69'67'72'61'74'65;

std::int64_t NumberOf(PostgresConnection& connection, std::string_view sql) {
  std::int64_t number = 0;
  connection.Query(sql, {}, [&](const Row& row) { number = row.Int(0); });
  return number;
}

std::string TextOf(PostgresConnection& connection, std::string_view sql) {
  std::string text;
  connection.Query(sql, {}, [&](const Row& row) { text = row.Text(0); });
  return text;
}

// `term` counts the cores that have written: see PostgresWriterSide.
absl::Status MakeOurs(PostgresConnection& connection) {
  if (NumberOf(connection,
               "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
               " AND tablename = 'kalends_database'") != 0) {
    return absl::OkStatus();
  }
  if (NumberOf(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()") !=
      0) {
    return absl::FailedPreconditionError("The database is another program's.");
  }
  const std::string encoding = TextOf(connection, "SELECT current_setting('server_encoding')");
  if (encoding != "UTF8") {
    return absl::FailedPreconditionError(
        fmt::format("The database keeps texts in {}: make one with ENCODING 'UTF8'.", encoding));
  }
  connection.Run(
      "CREATE TABLE kalends_database ("
      "  one BIGINT PRIMARY KEY CHECK (one = 1),"
      "  version BIGINT NOT NULL,"
      "  term BIGINT NOT NULL)");
  connection.Execute("INSERT INTO kalends_database VALUES (1, $1, 0)",
                     {Value(std::int64_t{kPostgresVersionBefore})});
  return absl::OkStatus();
}

// False: there was nothing left to do.
absl::StatusOr<bool> RunNext(PostgresConnection& connection,
                             std::span<const std::string_view> migrations) {
  connection.Execute("SELECT pg_advisory_xact_lock($1)", {Value(kMigrateLock)});
  RETURN_IF_ERROR(MakeOurs(connection));
  const std::int64_t version = NumberOf(connection, "SELECT version FROM kalends_database");
  const std::int64_t known = kPostgresVersionBefore + static_cast<std::int64_t>(migrations.size());
  if (version < kPostgresVersionBefore || version > known) {
    return absl::FailedPreconditionError(
        fmt::format("The database is of version {}, this program knows up to {}: start a newer "
                    "kalendsd or restore a backup.",
                    version, known));
  }
  if (version == known) return false;
  connection.Run(
      std::string(migrations[static_cast<std::size_t>(version - kPostgresVersionBefore)]));
  connection.Execute("UPDATE kalends_database SET version = version + 1");
  return true;
}

}  // namespace

absl::Status MigratePostgres(PostgresConnection& connection,
                             std::span<const std::string_view> migrations) {
  for (bool more = true; more;) {
    connection.Execute("BEGIN");
    absl::StatusOr<bool> ran = RunNext(connection, migrations);
    if (!ran.ok()) {
      connection.Rollback();
      return ran.status();
    }
    connection.Execute("COMMIT");
    more = *ran;
  }
  return absl::OkStatus();
}

}  // namespace kalends::storage
