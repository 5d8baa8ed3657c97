// Damage to a database as a disk does it: bytes change, and nobody is told. Only while no core
// runs.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kalends::test {

// Does `change` to a table without its triggers, which a disk does not ask.
inline void WithoutTriggers(SQLite::Database& database, std::string_view table,
                            const std::function<void()>& change) {
  std::vector<std::pair<std::string, std::string>> triggers;
  {
    SQLite::Statement all(
        database, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?");
    all.bind(1, std::string(table));
    while (all.executeStep()) {
      triggers.emplace_back(all.getColumn(0).getString(), all.getColumn(1).getString());
    }
  }
  SQLite::Transaction transaction(database);
  for (const auto& [name, sql] : triggers) database.exec("DROP TRIGGER " + name);
  change();
  for (const auto& [name, sql] : triggers) database.exec(sql);
  transaction.commit();
}

// Changes a byte of the sealed values of a column, of the rows that `where` names: the last of
// bytes, a letter in the middle of base64.
inline void DamageSeals(const std::string& database, std::string_view table,
                        std::string_view column, std::string_view where = "1 = 1") {
  const std::string name(column);
  const std::string sql = "UPDATE " + std::string(table) + " SET " + name + " = CASE typeof(" +
                          name + ") WHEN 'text' THEN substr(" + name + ", 1, 29) || CASE substr(" +
                          name + ", 30, 1) WHEN 'A' THEN 'B' ELSE 'A' END || substr(" + name +
                          ", 31) ELSE CAST(substr(" + name + ", 1, length(" + name +
                          ") - 1) || CASE WHEN substr(" + name +
                          ", -1) = x'00' THEN x'01' ELSE x'00' END AS BLOB) END WHERE length(" +
                          name + ") > 30 AND " + std::string(where);
  SQLite::Database opened(database, SQLite::OPEN_READWRITE);
  int changed = 0;
  WithoutTriggers(opened, table, [&] { changed = opened.exec(sql); });
  EXPECT_GT(changed, 0) << table << "." << column << ": nothing to damage";
}

}  // namespace kalends::test
