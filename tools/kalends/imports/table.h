// Tables with a header, as CSV files and database dumps have them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace kalends::cli {

inline constexpr std::size_t kImportFileBytesMax = std::size_t{256} << 20;
inline constexpr std::size_t kTableColumnsMax = 500;
inline constexpr std::size_t kTableRowsMax = 2'000'000;

struct TableRow {
  int line = 0;  // Where it begins, from 1.
  std::vector<std::string> cells;
};

struct Table {
  std::vector<std::string> columns;
  std::vector<TableRow> rows;  // Each with as many cells as there are columns, or a remark.
};

// "Start Time", "start_time" and "startTime" are one column: letters and digits, in lower case.
std::string FoldColumn(std::string_view name);

// Cells by the names of their columns.
class Columns {
 public:
  explicit Columns(const std::vector<std::string>& names);
  // The cell of the first of `names` that the table has, without blanks at its ends; empty: none.
  std::string_view Cell(const TableRow& row, std::initializer_list<std::string_view> names) const;
  bool Has(std::initializer_list<std::string_view> names) const;
  // As the file spells it.
  std::string Spelled(std::initializer_list<std::string_view> names) const;

 private:
  std::map<std::string, std::size_t, std::less<>> places_;
  std::vector<std::string> names_;
};

// A file of comma-separated values (RFC 4180), as people find them: quotes, line breaks in quotes,
// empty lines. `separator` 0: the one of , ; and tab that the header has most of.
// RESOURCE_EXHAUSTED: too large. INVALID_ARGUMENT: quotes that do not close, or no header.
absl::StatusOr<Table> ReadCsv(std::string_view text, char separator);

// Appends a line of them, quoted where they need it.
void AppendCsvLine(std::string& text, const std::vector<std::string>& cells);

}  // namespace kalends::cli
