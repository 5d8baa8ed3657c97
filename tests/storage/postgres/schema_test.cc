// The two schemas say the same, each in its engine's words.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "storage/postgres/migrate.h"
#include "storage/sqlite/migrate.h"
#include "tests/storage/sample.h"
#include "tests/support/schema_tables.h"

namespace kalends::storage {
namespace {

class Schemas : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::OnPostgres()) GTEST_SKIP() << "there is no PostgreSQL to compare with";
    ASSERT_TRUE(Migrate(sqlite_, Migrations()).ok());
  }

  std::set<std::string> OfSqlite(const std::string& sql) {
    std::set<std::string> lines;
    SQLite::Statement statement(sqlite_, sql);
    while (statement.executeStep()) lines.insert(statement.getColumn(0).getString());
    return lines;
  }
  std::set<std::string> OfPostgres(std::string_view sql) {
    return store_.Read([&](Transaction& tx) {
      std::set<std::string> lines;
      tx.Query(sql, {}, [&](const Row& row) { lines.insert(row.Text(0)); });
      return lines;
    });
  }

  SQLite::Database sqlite_{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
  Store store_;
};

TEST_F(Schemas, HaveTheSameMigrations) {
  EXPECT_EQ(kPostgresVersionBefore + PostgresMigrations().size(), Migrations().size());
}

TEST_F(Schemas, HaveTheSameColumns) {
  EXPECT_EQ(
      OfPostgres(
          "SELECT table_name || '.' || column_name || ' '"
          " || CASE data_type WHEN 'bigint' THEN 'INTEGER' WHEN 'bytea' THEN 'BLOB'"
          " ELSE upper(data_type) END || CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END"
          " FROM information_schema.columns WHERE table_schema = current_schema()"
          " AND table_name <> 'kalends_database' AND is_generated = 'NEVER'"),
      OfSqlite("SELECT t.name || '.' || c.name || ' ' || c.type"
               " || CASE WHEN c.\"notnull\" OR c.pk THEN ' NOT NULL' ELSE '' END"
               " FROM sqlite_schema AS t, pragma_table_info(t.name) AS c"
               " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"));
}

TEST_F(Schemas, CompareTextsByTheirBytes) {
  EXPECT_THAT(OfPostgres("SELECT table_name || '.' || column_name FROM information_schema.columns"
                         " WHERE table_schema = current_schema() AND data_type = 'text'"
                         " AND collation_name IS DISTINCT FROM 'C'"),
              testing::IsEmpty());
}

TEST_F(Schemas, HaveTheSamePrimaryKeys) {
  EXPECT_EQ(
      OfPostgres("SELECT t.relname || ' ' || string_agg(a.attname, ',' ORDER BY k.place)"
                 " FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid,"
                 " unnest(c.conkey) WITH ORDINALITY AS k(number, place)"
                 " JOIN pg_attribute AS a ON a.attnum = k.number"
                 " WHERE c.contype = 'p' AND a.attrelid = t.oid AND t.relname <> 'kalends_database'"
                 " AND t.relnamespace = current_schema()::regnamespace GROUP BY t.relname"),
      OfSqlite("SELECT name || ' ' || (SELECT group_concat(c, ',') FROM (SELECT name AS c"
               " FROM pragma_table_info(t.name) WHERE pk > 0 ORDER BY pk)) FROM sqlite_schema AS t"
               " WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"));
}

TEST_F(Schemas, ReferToTheSameTables) {
  EXPECT_EQ(OfPostgres("SELECT t.relname || ' ' || other.relname FROM pg_constraint AS c"
                       " JOIN pg_class AS t ON t.oid = c.conrelid"
                       " JOIN pg_class AS other ON other.oid = c.confrelid WHERE c.contype = 'f'"
                       " AND t.relnamespace = current_schema()::regnamespace"),
            OfSqlite("SELECT t.name || ' ' || k.\"table\" FROM sqlite_schema AS t,"
                     " pragma_foreign_key_list(t.name) AS k WHERE t.type = 'table'"));
}

// By their names; of what they are, `appointments_holding` has more in SQLite, for its triggers.
TEST_F(Schemas, HaveTheSameIndexes) {
  EXPECT_EQ(OfPostgres("SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema()"
                       " AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)"),
            OfSqlite("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"));
}

// SQLite's "..._once" keep REPLACE from undoing what is kept, which PostgreSQL does not have.
TEST_F(Schemas, HaveTheSameTriggers) {
  EXPECT_EQ(OfPostgres("SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal"
                       " AND tgname NOT LIKE '%\\_not\\_emptied'"),
            OfSqlite("SELECT name FROM sqlite_schema WHERE type = 'trigger'"
                     " AND name NOT LIKE '%\\_once' ESCAPE '\\'"));
}

TEST_F(Schemas, KeepWhatIsKeptFromBeingEmptied) {
  const std::set<std::string> kept = OfSqlite(
      "SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'trigger'"
      " AND sql LIKE '%BEFORE DELETE%'");
  ASSERT_FALSE(kept.empty());
  for (const std::string& table : kept) {
    const std::string sql = fmt::format("TRUNCATE {} CASCADE", table);
    EXPECT_FALSE(store_.TryWrite([&](Transaction& tx) { tx.Execute(sql); }).ok()) << table;
  }
}

}  // namespace
}  // namespace kalends::storage
