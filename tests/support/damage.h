// Damage to a database as a disk does it: bytes change, and nobody is told. Only while no core
// runs.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "storage/sqlite/sqlite_database.h"

namespace kalends::test {

// Changes the last byte of the sealed values of a column, of the rows that `where` names.
inline void DamageSeals(const std::string& database, std::string_view table,
                        std::string_view column, std::string_view where = "1 = 1") {
  const std::string name(column);
  const std::string sql = "UPDATE " + std::string(table) + " SET " + name + " = CAST(substr(" +
                          name + ", 1, length(" + name + ") - 1) || CASE WHEN substr(" + name +
                          ", -1) = x'00' THEN x'01' ELSE x'00' END AS BLOB) WHERE length(" + name +
                          ") > 0 AND " + std::string(where);
  const auto opened = storage::OpenSqlite({.path = database});
  ASSERT_TRUE(opened.ok()) << opened.status();
  std::int64_t changed = 0;
  const absl::Status status = (*opened)->Write([&](storage::Transaction& tx) {
    changed = tx.Execute(sql);
    return absl::OkStatus();
  });
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_GT(changed, 0) << table << "." << column << ": nothing to damage";
}

}  // namespace kalends::test
