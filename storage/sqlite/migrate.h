// Brings a database to the version this program knows.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <span>
#include <string_view>

#include "absl/status/status.h"

namespace kalends::storage {

// Marks our files, so that another program's is never touched: "Kale".
inline constexpr int kApplicationId = 0x4b616c65;

// The texts of migrations/, in order.
const std::vector<std::string_view>& Migrations();

// Runs the migrations that `database` lacks, each in a transaction of its own that also counts it
// in `PRAGMA user_version`. Each starts without foreign keys, so that it may rebuild tables, and
// ends with a check of them. FAILED_PRECONDITION, with a sentence for people and the file
// untouched: it is of a newer program or of another one, or a migration does not fit what it holds.
// Throws SQLite::Exception.
absl::Status Migrate(SQLite::Database& database, std::span<const std::string_view> migrations);

}  // namespace kalends::storage
