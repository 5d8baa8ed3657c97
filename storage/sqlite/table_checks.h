// What the schema says of a table.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>
#include <string_view>
#include <vector>

namespace kalends::storage {

struct TableColumn {
  std::string name;
  std::string type;  // "INTEGER", "TEXT" or "BLOB".
  bool required = false;
  bool in_key = false;
};
// In the order of the table; those of the key are in its order where they come first, as ours do.
std::vector<TableColumn> ColumnsOf(const SQLite::Database& database, const std::string& table);

// The expressions of its CHECK constraints.
std::vector<std::string> ChecksOf(const SQLite::Database& database, const std::string& table);
// A CREATE TABLE statement's; comments and texts may hold whatever they like.
std::vector<std::string> ChecksIn(std::string_view sql);

// A foreign key: its columns, and those of the other table.
struct Reference {
  std::string table;
  std::vector<std::string> from;
  std::vector<std::string> to;
};
std::vector<Reference> ReferencesOf(const SQLite::Database& database, const std::string& table);

// Without comments and line breaks.
std::string OnOneLine(std::string_view sql);

}  // namespace kalends::storage
