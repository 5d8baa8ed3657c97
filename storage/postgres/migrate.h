// Brings a database of PostgreSQL to the version this program knows.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "storage/postgres/connection.h"

namespace kalends::storage {

// The versions that the texts of migrations/ lead to are numbered as SQLite's; before 31 there was
// no driver.
inline constexpr int kPostgresVersionBefore = 29;

// The texts of migrations/, in order.
const std::vector<std::string_view>& PostgresMigrations();

// Runs the migrations that the database lacks, each in a transaction of its own that also counts
// it; other programs that do the same wait. FAILED_PRECONDITION, with a sentence for people and
// nothing changed: it is of a newer program or of another one, or not in UTF-8. Throws
// PostgresFailure.
absl::Status MigratePostgres(PostgresConnection& connection,
                             std::span<const std::string_view> migrations);

}  // namespace kalends::storage
