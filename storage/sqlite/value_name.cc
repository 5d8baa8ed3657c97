#include "storage/sqlite/value_name.h"

#include <sqlite3.h>

#include <charconv>

#include "storage/row_name.h"

namespace kalends::storage {
namespace {

std::string TextOf(const char* text) { return text == nullptr ? std::string() : text; }

// Where columns come from is the same for every statement of one text.
sqlite3_stmt* FindStatement(sqlite3* database, const std::string& sql) {
  for (sqlite3_stmt* one = sqlite3_next_stmt(database, nullptr); one != nullptr;
       one = sqlite3_next_stmt(database, one)) {
    if (TextOf(sqlite3_sql(one)) == sql) return one;
  }
  return nullptr;
}

// The value that the query compares `column` with.
const Value* AskedFor(std::string_view sql, std::span<const Value> values,
                      const std::string& column) {
  const std::string before = column + " = $";
  for (std::size_t at = sql.find(before); at != std::string_view::npos;
       at = sql.find(before, at + 1)) {
    const char before_it = at == 0 ? ' ' : sql[at - 1];
    if (before_it != ' ' && before_it != '.' && before_it != '(') continue;
    const std::string_view rest = sql.substr(at + before.size());
    std::size_t number = 0;
    std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (number > 0 && number <= values.size()) return &values[number - 1];
  }
  return nullptr;
}

std::string KeyTextOf(const std::string& column, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return KeyText(column, *number);
  if (const auto* text = std::get_if<std::string_view>(&value)) return PrintableKey(*text);
  return "?";
}

}  // namespace

std::vector<std::string> KeyColumnsOf(const SQLite::Database& database, std::string_view table) {
  std::vector<std::string> columns;
  SQLite::Statement keys(database,
                         "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk");
  keys.bind(1, std::string(table));
  while (keys.executeStep()) columns.push_back(keys.getColumn(0).getString());
  return columns;
}

std::string NameOfValue(const SQLite::Database& database, const SQLite::Statement& statement,
                        std::span<const Value> values, int column) {
  const std::string& sql = statement.getQuery();
  sqlite3_stmt* const origin = FindStatement(database.getHandle(), sql);
  const std::string table = TextOf(sqlite3_column_table_name(origin, column));
  if (table.empty()) return "a value that is no column's";
  std::string name = table + "." + TextOf(sqlite3_column_origin_name(origin, column));
  for (const std::string& key : KeyColumnsOf(database, table)) {
    std::string text = "?";
    if (const Value* asked = AskedFor(sql, values, key)) text = KeyTextOf(key, *asked);
    for (int other = 0; other < statement.getColumnCount(); ++other) {
      if (TextOf(sqlite3_column_table_name(origin, other)) != table ||
          TextOf(sqlite3_column_origin_name(origin, other)) != key) {
        continue;
      }
      const SQLite::Column value = statement.getColumn(other);
      text = value.isInteger() ? KeyText(key, value.getInt64()) : PrintableKey(value.getString());
    }
    name += "/" + text;
  }
  return name;
}

}  // namespace kalends::storage
