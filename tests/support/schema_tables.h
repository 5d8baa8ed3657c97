// The tables of the schema, for tests that none of them is forgotten.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.h"

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
  tx.Query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", {},
           [&](const Row& row) { tables.insert(row.Text(0)); });
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
