#include "tools/kalends/table.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cassert>
#include <cstdint>

#include "adapters/shared/safe_text.h"

namespace kalends::cli {
namespace {

bool TakesNoColumn(UChar32 point) {
  const auto category = u_charType(point);
  return category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK ||
         category == U_FORMAT_CHAR;
}

bool TakesTwoColumns(UChar32 point) {
  const int width = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE;
}

void AppendPadded(std::string& line, const std::string& cell, std::size_t width) {
  const std::size_t taken = WidthOf(cell);
  line += cell;
  line.append(width > taken ? width - taken : 0, ' ');
}

}  // namespace

std::string OneLine(std::string_view text) {
  std::string line(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return SafeText(line);
}

std::string Indented(std::string_view text, std::string_view indent) {
  std::string shown(indent);
  for (const char c : SafeText(text)) {
    shown += c;
    if (c == '\n') shown += indent;
  }
  return shown;
}

std::size_t WidthOf(std::string_view text) {
  std::size_t width = 0;
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 point = 0;
    U8_NEXT_OR_FFFD(text.data(), i, length, point);
    if (TakesTwoColumns(point)) ++width;
    if (!TakesNoColumn(point)) ++width;
  }
  return width;
}

std::string TimeIn(const core::TimeZone& zone, core::Instant time) {
  const std::string local = date::format("%FT%T", zone.ToLocal(time));
  const auto offset = zone.OffsetAt(time);
  if (zone.name() == "UTC") return local + "Z";
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
  const auto size = minutes < 0 ? -minutes : minutes;
  return fmt::format("{}{}{:02}:{:02}", local, minutes < 0 ? '-' : '+', size / 60, size % 60);
}

PrintedTable::PrintedTable(std::vector<std::string> heading) {
  widths_.resize(heading.size());
  lines_.push_back(std::move(heading));
}

void PrintedTable::Add(const std::vector<std::string>& cells) {
  assert(cells.size() == widths_.size());
  std::vector<std::string> line;
  line.reserve(cells.size());
  for (const std::string& cell : cells) line.push_back(OneLine(cell));
  lines_.push_back(std::move(line));
}

std::string PrintedTable::Take() {
  const bool only_heading = lines_.size() == 1 && widths_.front() == 0;
  if (only_heading) return "";
  for (const auto& line : lines_) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      widths_[i] = std::max(widths_[i], WidthOf(line[i]));
    }
  }
  std::string text;
  for (const auto& line : lines_) {
    std::string row;
    for (std::size_t i = 0; i < line.size(); ++i) {
      AppendPadded(row, line[i], widths_[i]);
      row += "  ";
    }
    row.erase(row.find_last_not_of(' ') + 1);
    text += row + "\n";
  }
  lines_.clear();
  return text;
}

void Facts::Add(std::string name, std::string_view value) {
  if (!value.empty()) facts_.push_back({std::move(name), OneLine(value)});
}

std::string Facts::Text() const {
  std::size_t width = 0;
  for (const Fact& fact : facts_) width = std::max(width, WidthOf(fact.name));
  std::string text;
  for (const Fact& fact : facts_) {
    AppendPadded(text, fact.name, width);
    text += "  " + fact.value + "\n";
  }
  return text;
}

}  // namespace kalends::cli
