// The tables of the schema, for tests that none of them is forgotten.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.h"
#include "tests/support/test_database.h"

namespace kalends::storage {

// A table, and why it stands where it does.
struct TableRow {
  std::string_view name;
  std::string_view why;
};

// What is in them is nobody's: they lead to no account and no provider.
inline constexpr TableRow kTablesOfNobody[] = {
    {"api_keys", "Of programs, by the labels that an operator gave them."},
    {"blob_store", "Which directory of files is the database's own."},
    {"master_keys", "When each key of the operator's was first seen."},
    {"plain_texts", "Which columns a core is still to seal."},
    {"set_aside_count", "One number."},
    {"watermarks", "Up to where ids are given, and when it was last written."},
};

// All that the migrations make.
inline std::set<std::string> TablesOf(Transaction& tx) {
  std::set<std::string> tables;
  tx.Query(test::OnPostgres()
               ? "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()"
                 " AND tablename <> 'kalends_database'"
               : "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
           {}, [&](const Row& row) { tables.insert(row.Text(0)); });
  return tables;
}

// The columns of a table that rows are given.
inline std::set<std::string> ColumnsIn(Transaction& tx, std::string_view table) {
  std::set<std::string> columns;
  tx.Query(test::OnPostgres() ? "SELECT column_name::text FROM information_schema.columns"
                                " WHERE table_schema = current_schema() AND table_name::text = $1"
                                " AND is_generated = 'NEVER'"
                              : "SELECT name FROM pragma_table_info($1)",
           {table}, [&](const Row& row) { columns.insert(row.Text(0)); });
  return columns;
}

// Of words or bytes.
inline std::set<std::string> TextColumnsIn(Transaction& tx, std::string_view table) {
  std::set<std::string> columns;
  tx.Query(test::OnPostgres()
               ? "SELECT column_name::text FROM information_schema.columns"
                 " WHERE table_schema = current_schema() AND table_name::text = $1"
                 " AND is_generated = 'NEVER' AND data_type IN ('text', 'bytea')"
               : "SELECT name FROM pragma_table_info($1) WHERE type IN ('TEXT', 'BLOB')",
           {table}, [&](const Row& row) { columns.insert(row.Text(0)); });
  return columns;
}

// The tables to which its keys lead.
inline std::set<std::string> TablesReferredToBy(Transaction& tx, std::string_view table) {
  std::set<std::string> tables;
  tx.Query(test::OnPostgres() ? "SELECT of.relname::text FROM pg_constraint AS key"
                                " JOIN pg_class AS mine ON mine.oid = key.conrelid"
                                " JOIN pg_class AS of ON of.oid = key.confrelid"
                                " WHERE key.contype = 'f' AND mine.relname::text = $1"
                                " AND mine.relnamespace = current_schema()::regnamespace"
                              : "SELECT \"table\" FROM pragma_foreign_key_list($1)",
           {table}, [&](const Row& row) { tables.insert(row.Text(0)); });
  return tables;
}

// What is wrong with `named`, which is to hold each of `tables` once, those of nobody aside: one
// sentence for each.
inline std::vector<std::string> Complaints(const std::set<std::string>& tables,
                                           std::multiset<std::string> named) {
  for (const TableRow& table : kTablesOfNobody) named.emplace(table.name);
  std::vector<std::string> complaints;
  for (const std::string& table : tables) {
    if (!named.contains(table)) complaints.push_back(table + " is not named");
    if (named.count(table) > 1) complaints.push_back(table + " is named twice");
  }
  for (const std::string& table : std::set<std::string>(named.begin(), named.end())) {
    if (!tables.contains(table)) complaints.push_back(table + " is no table");
  }
  return complaints;
}

}  // namespace kalends::storage
