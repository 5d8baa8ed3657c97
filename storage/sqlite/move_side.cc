#include "storage/sqlite/move_side.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/status_macros.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/migrate.h"
#include "storage/sqlite/open.h"
#include "storage/sqlite/sqlite_database.h"

namespace kalends::storage {
namespace {

constexpr int kCacheMib = 64;

MovedColumn::Kind KindOf(const std::string& type) {
  if (type == "INTEGER") return MovedColumn::Kind::kNumber;
  return type == "BLOB" ? MovedColumn::Kind::kBytes : MovedColumn::Kind::kText;
}

class SqliteMoveSide final : public MoveSide {
 public:
  explicit SqliteMoveSide(SQLite::Database database) : connection_(std::move(database)) {
    connection_.database().exec("BEGIN");
  }

  std::vector<MovedTable> Tables() override {
    std::vector<MovedTable> tables;
    Transaction& tx = connection_;
    tx.Query(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " ORDER BY name",
        {}, [&](const Row& row) { tables.push_back({row.Text(0), {}, {}, {}}); });
    for (MovedTable& table : tables) {
      tx.Query(
          "SELECT name, type FROM pragma_table_info($1) ORDER BY name", {table.name},
          [&](const Row& row) { table.columns.push_back({row.Text(0), KindOf(row.Text(1))}); });
      tx.Query("SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk", {table.name},
               [&](const Row& row) { table.key.push_back(row.Text(0)); });
      tx.Query("SELECT DISTINCT \"table\" FROM pragma_foreign_key_list($1) ORDER BY 1",
               {table.name}, [&](const Row& row) { table.after.push_back(row.Text(0)); });
    }
    return tables;
  }

  Transaction& transaction() override { return connection_; }

  void BeginWriting(const std::vector<MovedTable>& tables) override {
    Transaction& tx = connection_;
    tx.Query("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'", {},
             [&](const Row& row) { triggers_.emplace_back(row.Text(0), row.Text(1)); });
    for (const auto& [name, sql] : triggers_) connection_.database().exec("DROP TRIGGER " + name);
    for (const MovedTable& table : tables) {
      std::vector<std::string> names;
      std::vector<std::string> marks;
      for (const MovedColumn& column : table.columns) {
        names.push_back('"' + column.name + '"');
        marks.push_back("?");
      }
      inserts_.emplace(table.name, SQLite::Statement(connection_.database(),
                                                     fmt::format("INSERT INTO {} ({}) VALUES ({})",
                                                                 table.name, fmt::join(names, ", "),
                                                                 fmt::join(marks, ", "))));
    }
  }

  void Insert(const MovedTable& table, const std::vector<MovedRow>& rows) override {
    SQLite::Statement& insert = inserts_.at(table.name);
    for (const MovedRow& row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i) Bind(insert, static_cast<int>(i) + 1, row[i]);
      insert.exec();
      insert.reset();
    }
  }

  // What comes next after a row's number is always one more than the last row's.
  void Commit(const std::vector<MovedTable>&) override {
    inserts_.clear();
    for (const auto& [name, sql] : triggers_) connection_.database().exec(sql);
    connection_.database().exec("COMMIT");
  }

 private:
  static void Bind(SQLite::Statement& insert, int at, const MovedValue& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      insert.bind(at, *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      insert.bindNoCopy(at, *text);
    } else if (const auto* blob = std::get_if<MovedBytes>(&value)) {
      insert.bindNoCopy(at, blob->bytes.empty() ? "" : blob->bytes.data(),
                        static_cast<int>(blob->bytes.size()));
    } else {
      insert.bind(at);
    }
  }

  Connection connection_;
  std::vector<std::pair<std::string, std::string>> triggers_;
  std::unordered_map<std::string, SQLite::Statement> inserts_;
};

absl::Status NotOpened(const std::string& path, const std::exception& thrown) {
  return absl::FailedPreconditionError(
      fmt::format("{} cannot be opened: {}.", path, thrown.what()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<MoveSide>> MoveFromSqlite(const std::string& path) {
  try {
    SQLite::Database database = OpenToVerify({.name = path, .in_memory = false});
    if (database.execAndGet("PRAGMA application_id").getInt() != kApplicationId) {
      return absl::FailedPreconditionError(fmt::format("{} is no database of Kalends.", path));
    }
    if (database.execAndGet("PRAGMA user_version").getInt() !=
        static_cast<int>(Migrations().size())) {
      return absl::FailedPreconditionError(fmt::format(
          "{} is not of this version: start this version of kalendsd on it once.", path));
    }
    return std::make_unique<SqliteMoveSide>(std::move(database));
  } catch (const std::exception& thrown) {
    return NotOpened(path, thrown);
  }
}

absl::StatusOr<std::unique_ptr<MoveSide>> MoveToSqlite(const std::string& path) {
  // Makes the tables, and lets the file go.
  RETURN_IF_ERROR(OpenSqlite({.path = path}).status());
  try {
    const Location location{.name = path, .in_memory = false};
    SQLite::Database database = OpenWriter(location);
    SetUpWriter(database, location, kCacheMib);
    return std::make_unique<SqliteMoveSide>(std::move(database));
  } catch (const std::exception& thrown) {
    return NotOpened(path, thrown);
  }
}

}  // namespace kalends::storage
