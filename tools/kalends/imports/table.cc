#include "tools/kalends/imports/table.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace kalends::cli {
namespace {

// What libcsv calls back with.
struct Reading {
  std::vector<TableRow> rows;
  TableRow row;
  int line = 1;   // Of the byte that is read.
  int begun = 1;  // Where the present row begins.
  bool too_large = false;
};

void OnField(void* field, size_t size, void* data) {
  auto& reading = *static_cast<Reading*>(data);
  if (reading.row.cells.empty()) reading.row.line = reading.begun;
  if (reading.row.cells.size() >= kTableColumnsMax) {
    reading.too_large = true;
    return;
  }
  reading.row.cells.emplace_back(static_cast<const char*>(field), size);
}

void OnRow(int, void* data) {
  auto& reading = *static_cast<Reading*>(data);
  if (reading.rows.size() >= kTableRowsMax) {
    reading.too_large = true;
    return;
  }
  reading.rows.push_back(std::move(reading.row));
  reading.row = {};
}

struct ParserCloser {
  void operator()(csv_parser* parser) const {
    csv_free(parser);
    delete parser;
  }
};

char LikelySeparator(std::string_view text) {
  const std::string_view header = text.substr(0, text.find('\n'));
  char best = ',';
  for (const char one : {',', ';', '\t'}) {
    const auto count = [&](char c) { return std::count(header.begin(), header.end(), c); };
    if (count(one) > count(best)) best = one;
  }
  return best;
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace

std::string FoldColumn(std::string_view name) {
  std::string folded;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      folded += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & '\x80') != 0) {
      folded += c;
    }
  }
  return folded;
}

Columns::Columns(const std::vector<std::string>& names) : names_(names) {
  for (std::size_t i = 0; i < names.size(); ++i) places_.emplace(FoldColumn(names[i]), i);
}

std::string_view Columns::Cell(const TableRow& row,
                               std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    const auto place = places_.find(name);
    if (place == places_.end()) continue;
    return place->second < row.cells.size() ? Trimmed(row.cells[place->second])
                                            : std::string_view();
  }
  return {};
}

bool Columns::Has(std::initializer_list<std::string_view> names) const {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return places_.contains(name); });
}

std::string Columns::Spelled(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    const auto place = places_.find(name);
    if (place != places_.end()) return names_[place->second];
  }
  return std::string(*names.begin());
}

absl::StatusOr<Table> ReadCsv(std::string_view text, char separator) {
  if (text.size() > kImportFileBytesMax) {
    return absl::ResourceExhaustedError(
        fmt::format("The file has more than {} bytes.", kImportFileBytesMax));
  }
  std::unique_ptr<csv_parser, ParserCloser> parser(new csv_parser);
  if (csv_init(parser.get(), CSV_STRICT | CSV_STRICT_FINI) != 0) {
    return absl::InternalError("libcsv could not be started.");
  }
  csv_set_delim(parser.get(),
                static_cast<unsigned char>(separator != 0 ? separator : LikelySeparator(text)));
  Reading reading;
  // One byte at a time, so that it is known on which line a row begins.
  for (const char& byte : text) {
    if (csv_parse(parser.get(), &byte, 1, OnField, OnRow, &reading) != 1) {
      return absl::InvalidArgumentError(
          fmt::format("Line {}: a quote stands where none may be.", reading.line));
    }
    if (byte == '\n') ++reading.line;
    if (reading.row.cells.empty() && byte == '\n') reading.begun = reading.line;
    if (reading.too_large) return absl::ResourceExhaustedError("The table is too large.");
  }
  if (csv_fini(parser.get(), OnField, OnRow, &reading) != 0) {
    return absl::InvalidArgumentError(
        fmt::format("Line {}: a quote is not closed.", reading.begun));
  }
  if (reading.rows.empty()) return absl::InvalidArgumentError("The file has no header.");
  Table table;
  table.columns = std::move(reading.rows.front().cells);
  table.rows.assign(std::make_move_iterator(reading.rows.begin() + 1),
                    std::make_move_iterator(reading.rows.end()));
  return table;
}

void AppendCsvLine(std::string& text, const std::vector<std::string>& cells) {
  bool is_first = true;
  for (const std::string& cell : cells) {
    if (!is_first) text += ',';
    is_first = false;
    if (cell.find_first_of(",;\t\"\r\n") == std::string::npos && Trimmed(cell) == cell) {
      text += cell;
      continue;
    }
    text += '"';
    for (const char c : cell) {
      if (c == '"') text += '"';
      text += c;
    }
    text += '"';
  }
  text += "\r\n";
}

}  // namespace kalends::cli
