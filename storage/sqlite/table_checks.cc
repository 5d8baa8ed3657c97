#include "storage/sqlite/table_checks.h"

#include <algorithm>
#include <cctype>

#include "storage/sqlite/value_name.h"

namespace kalends::storage {
namespace {

constexpr std::string_view kCheck = "CHECK";

bool IsOfAWord(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

// Past a comment or a text that begins at `at`; `at` itself: none does.
std::size_t PastQuiet(std::string_view sql, std::size_t at) {
  if (sql.substr(at, 2) == "--") return std::min(sql.find('\n', at), sql.size());
  if (sql[at] != '\'') return at;
  const std::size_t end = sql.find('\'', at + 1);
  return end == std::string_view::npos ? sql.size() : end + 1;
}

// Past the parenthesis that closes the one at `at`.
std::size_t PastParentheses(std::string_view sql, std::size_t at) {
  int depth = 0;
  while (at < sql.size()) {
    if (const std::size_t past = PastQuiet(sql, at); past != at) {
      at = past;
      continue;
    }
    if (sql[at] == '(') ++depth;
    if (sql[at] == ')') --depth;
    ++at;
    if (depth == 0) return at;
  }
  return at;
}

}  // namespace

std::vector<TableColumn> ColumnsOf(const SQLite::Database& database, const std::string& table) {
  std::vector<TableColumn> columns;
  SQLite::Statement rows(database, "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?)");
  rows.bind(1, table);
  while (rows.executeStep()) {
    columns.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString(),
                       rows.getColumn(2).getInt() != 0, rows.getColumn(3).getInt() > 0});
  }
  return columns;
}

std::vector<std::string> ChecksOf(const SQLite::Database& database, const std::string& table) {
  SQLite::Statement row(database,
                        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?");
  row.bind(1, table);
  return row.executeStep() ? ChecksIn(row.getColumn(0).getString()) : std::vector<std::string>();
}

std::vector<std::string> ChecksIn(std::string_view sql) {
  std::vector<std::string> checks;
  for (std::size_t at = 0; at < sql.size();) {
    if (const std::size_t past = PastQuiet(sql, at); past != at) {
      at = past;
      continue;
    }
    const bool begins = at == 0 || !IsOfAWord(sql[at - 1]);
    if (!begins || sql.substr(at, kCheck.size()) != kCheck) {
      ++at;
      continue;
    }
    const std::size_t open = sql.find_first_not_of(" \n", at + kCheck.size());
    if (open == std::string_view::npos || sql[open] != '(') {
      ++at;
      continue;
    }
    at = PastParentheses(sql, open);
    checks.emplace_back(sql.substr(open + 1, at - open - 2));
  }
  return checks;
}

std::vector<Reference> ReferencesOf(const SQLite::Database& database, const std::string& table) {
  std::vector<Reference> references;
  SQLite::Statement rows(database,
                         "SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?)"
                         " ORDER BY id, seq");
  rows.bind(1, table);
  int last = -1;
  while (rows.executeStep()) {
    const int id = rows.getColumn(0).getInt();
    if (id != last) references.push_back({rows.getColumn(1).getString(), {}, {}});
    last = id;
    Reference& reference = references.back();
    reference.from.push_back(rows.getColumn(2).getString());
    reference.to.push_back(rows.getColumn(3).getString());
    // Without a name it is the other's key.
    if (rows.getColumn(3).isNull()) {
      reference.to.back() = KeyColumnsOf(database, reference.table).at(reference.to.size() - 1);
    }
  }
  return references;
}

std::string OnOneLine(std::string_view sql) {
  std::string line;
  for (std::size_t at = 0; at < sql.size();) {
    if (sql.substr(at, 2) == "--") {
      at = PastQuiet(sql, at);
      continue;
    }
    const bool blank = sql[at] == ' ' || sql[at] == '\n';
    if (!blank || (!line.empty() && line.back() != ' ')) line.push_back(blank ? ' ' : sql[at]);
    ++at;
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace kalends::storage
