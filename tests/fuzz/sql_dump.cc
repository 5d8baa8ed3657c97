// Dumps of databases, which operators bring in as they found them.
#include "tools/kalends/imports/sql_dump.h"

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace fuzz = kalends::fuzz;
  const auto tables =
      kalends::cli::ReadSqlDump(fuzz::Text(data, size), [](std::string_view) { return true; });
  if (!tables.ok()) return 0;
  std::size_t bytes = 0;
  for (const auto& [name, table] : *tables) {
    for (const auto& row : table.rows) {
      fuzz::Require(row.cells.size() == table.columns.size(), "a row has a cell for each column");
      fuzz::Require(row.line >= 1, "a row begins on a line");
      for (const std::string& cell : row.cells) bytes += cell.size();
    }
  }
  fuzz::Require(bytes <= size, "no more comes out than went in");
  return 0;
}
