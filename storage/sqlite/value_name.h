// What a value of a running query is called: SQLite knows which column of which table it comes
// from.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.h"

namespace kalends::storage {

// The primary key of a table, in its order.
std::vector<std::string> KeyColumnsOf(const SQLite::Database& database, std::string_view table);

// "closures.start_s/<provider>/<id>": the primary key is taken from the columns of the row, and
// from what the query, whose `values` these are, asked for ("provider_id = $1"). What is neither is
// "?".
std::string NameOfValue(const SQLite::Database& database, const SQLite::Statement& statement,
                        std::span<const Value> values, int column);

}  // namespace kalends::storage
