#include "storage/postgres/move_side.h"

#include <endian.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstring>
#include <utility>
#include <vector>

#include "core/base/status_macros.h"
#include "storage/postgres/connection.h"
#include "storage/postgres/migrate.h"
#include "storage/postgres/writer.h"

namespace kalends::storage {
namespace {

MovedColumn::Kind KindOf(const std::string& type) {
  if (type == "bigint") return MovedColumn::Kind::kNumber;
  return type == "bytea" ? MovedColumn::Kind::kBytes : MovedColumn::Kind::kText;
}

// Rows in the binary form of COPY: PostgreSQL's manual, chapter of COPY.
class CopyText {
 public:
  CopyText() {
    bytes_.append("PGCOPY\n\377\r\n\0", 11);
    Append32(0);  // Flags.
    Append32(0);  // The length of what the header has further.
  }

  void Add(const MovedRow& row) {
    Append16(static_cast<std::uint16_t>(row.size()));
    for (const MovedValue& value : row) {
      if (const auto* number = std::get_if<std::int64_t>(&value)) {
        const std::uint64_t sent = htobe64(static_cast<std::uint64_t>(*number));
        AddField({reinterpret_cast<const char*>(&sent), sizeof(sent)});
      } else if (const auto* text = std::get_if<std::string>(&value)) {
        AddField(*text);
      } else if (const auto* bytes = std::get_if<MovedBytes>(&value)) {
        AddField(bytes->bytes);
      } else {
        Append32(kNull);
      }
    }
  }

  std::string Take() {
    Append16(kEnd);
    return std::move(bytes_);
  }

 private:
  static constexpr std::uint32_t kNull = 0xFFFFFFFF;
  static constexpr std::uint16_t kEnd = 0xFFFF;

  void AddField(std::string_view field) {
    Append32(static_cast<std::uint32_t>(field.size()));
    bytes_ += field;
  }
  void Append16(std::uint16_t number) {
    const std::uint16_t sent = htobe16(number);
    bytes_.append(reinterpret_cast<const char*>(&sent), sizeof(sent));
  }
  void Append32(std::uint32_t number) {
    const std::uint32_t sent = htobe32(number);
    bytes_.append(reinterpret_cast<const char*>(&sent), sizeof(sent));
  }

  std::string bytes_;
};

class PostgresMoveSide final : public MoveSide {
 public:
  explicit PostgresMoveSide(const std::string& address) : side_(address) { side_.Begin(); }

  std::vector<MovedTable> Tables() override {
    std::vector<MovedTable> tables;
    Transaction& tx = connection();
    tx.Query(
        "SELECT tablename::text COLLATE \"C\" FROM pg_tables WHERE schemaname = current_schema()"
        " AND tablename <> 'kalends_database' ORDER BY 1",
        {}, [&](const Row& row) { tables.push_back({row.Text(0), {}, {}, {}}); });
    for (MovedTable& table : tables) {
      tx.Query(
          "SELECT column_name::text COLLATE \"C\", data_type::text FROM information_schema.columns"
          " WHERE table_schema = current_schema() AND table_name::text = $1"
          " AND is_generated = 'NEVER' ORDER BY 1",
          {table.name},
          [&](const Row& row) { table.columns.push_back({row.Text(0), KindOf(row.Text(1))}); });
      tx.Query(
          "SELECT a.attname::text FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid,"
          " unnest(c.conkey) WITH ORDINALITY AS k(number, place)"
          " JOIN pg_attribute AS a ON a.attnum = k.number WHERE c.contype = 'p'"
          " AND a.attrelid = t.oid AND t.relname::text = $1"
          " AND t.relnamespace = current_schema()::regnamespace ORDER BY k.place",
          {table.name}, [&](const Row& row) { table.key.push_back(row.Text(0)); });
      tx.Query(
          "SELECT DISTINCT other.relname::text COLLATE \"C\" FROM pg_constraint AS c"
          " JOIN pg_class AS t ON t.oid = c.conrelid"
          " JOIN pg_class AS other ON other.oid = c.confrelid WHERE c.contype = 'f'"
          " AND t.relname::text = $1 AND t.relnamespace = current_schema()::regnamespace ORDER BY "
          "1",
          {table.name}, [&](const Row& row) { table.after.push_back(row.Text(0)); });
    }
    return tables;
  }

  Transaction& transaction() override { return side_.transaction(); }

  void BeginWriting(const std::vector<MovedTable>& tables) override {
    // Of the owner's own triggers; those of references run on.
    for (const MovedTable& table : tables) {
      connection().Run(fmt::format("ALTER TABLE {} DISABLE TRIGGER USER", table.name));
    }
  }

  void Insert(const MovedTable& table, const std::vector<MovedRow>& rows) override {
    std::vector<std::string> names;
    for (const MovedColumn& column : table.columns) names.push_back('"' + column.name + '"');
    CopyText text;
    for (const MovedRow& row : rows) text.Add(row);
    connection().CopyIn(
        fmt::format("COPY {} ({}) FROM STDIN (FORMAT binary)", table.name, fmt::join(names, ", ")),
        text.Take());
  }

  void Commit(const std::vector<MovedTable>& tables) override {
    for (const MovedTable& table : tables) {
      connection().Run(fmt::format("ALTER TABLE {} ENABLE TRIGGER USER", table.name));
      SetSequences(table);
    }
    side_.Commit();
    // Without figures the first plans would be those of empty tables.
    connection().Run("ANALYZE");
  }

 private:
  PostgresConnection& connection() { return side_.transaction(); }

  void SetSequences(const MovedTable& table) {
    for (const MovedColumn& column : table.columns) {
      if (column.kind != MovedColumn::Kind::kNumber) continue;
      connection().Run(fmt::format(
          "SELECT setval(sequence::regclass, (SELECT coalesce(max({0}), 0) + 1 FROM {1}), false)"
          " FROM pg_get_serial_sequence('{1}', '{0}') AS sequence WHERE sequence IS NOT NULL",
          column.name, table.name));
    }
  }

  PostgresWriterSide side_;
};

absl::Status NotOpened(const PostgresFailure& failure) {
  return absl::FailedPreconditionError(
      fmt::format("The database of PostgreSQL cannot be opened: {}.", failure.what()));
}

absl::Status CheckVersion(PostgresConnection& connection) {
  Transaction& tx = connection;
  bool is_ours = false;
  tx.Query(
      "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
      " AND tablename = 'kalends_database'",
      {}, [&](const Row& row) { is_ours = row.Int(0) == 1; });
  if (!is_ours) {
    return absl::FailedPreconditionError("The database of PostgreSQL is none of Kalends.");
  }
  std::int64_t version = 0;
  tx.Query("SELECT version FROM kalends_database", {},
           [&](const Row& row) { version = row.Int(0); });
  if (version == kPostgresVersionBefore + static_cast<std::int64_t>(PostgresMigrations().size())) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      "The database of PostgreSQL is not of this version: start this version of kalendsd on it "
      "once.");
}

}  // namespace

absl::StatusOr<std::unique_ptr<MoveSide>> MoveFromPostgres(const std::string& address) {
  try {
    PostgresConnection connection(address);
    RETURN_IF_ERROR(CheckVersion(connection));
    return std::make_unique<PostgresMoveSide>(address);
  } catch (const PostgresFailure& failure) {
    return NotOpened(failure);
  }
}

absl::StatusOr<std::unique_ptr<MoveSide>> MoveToPostgres(const std::string& address) {
  try {
    PostgresConnection connection(address);
    RETURN_IF_ERROR(MigratePostgres(connection, PostgresMigrations()));
    return std::make_unique<PostgresMoveSide>(address);
  } catch (const PostgresFailure& failure) {
    return NotOpened(failure);
  }
}

}  // namespace kalends::storage
