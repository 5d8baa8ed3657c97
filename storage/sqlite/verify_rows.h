// Rows that the core cannot read, or only in part, found by the schema itself: whatever table there
// is, and of whatever version.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "storage/sqlite/connection.h"

namespace kalends::storage {

struct BadRow {
  std::string kind;   // "row", "text", "code" or "zone", as Finding says.
  std::string place;  // "accounts.language/<id>".
  std::string what;
};

// Of one table: values of another type, what breaks a constraint, texts that are not UTF-8, words
// that none of the core's are, zones that nobody knows.
void EachBadRow(Connection& connection, const std::string& table,
                const std::function<void(BadRow)>& found);

// References of one table that lead nowhere.
void EachDanglingRow(Connection& connection, const std::string& table,
                     const std::function<void(BadRow)>& found);

}  // namespace kalends::storage
