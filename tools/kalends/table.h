// Text for people to read in a terminal: tables, times, and texts of others made harmless.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/timezone/time_zone.h"

namespace kalends::cli {

// Text of people on one line: no control characters, no escapes of terminals, no bytes that are not
// UTF-8, line breaks as spaces.
std::string OneLine(std::string_view text);
// The same over several lines, each after `indent`.
std::string Indented(std::string_view text, std::string_view indent);

// Columns that a terminal needs for harmless text.
std::size_t WidthOf(std::string_view text);

// As the zone's clock shows it, with its offset: `2026-11-30T14:00:00+01:00`, in UTC `...Z`.
std::string TimeIn(const core::TimeZone& zone, core::Instant time);

// Rows under a heading, in columns that only ever grow: what was returned already stays.
class PrintedTable {
 public:
  explicit PrintedTable(std::vector<std::string> heading);

  // As many cells as the heading has; each is made harmless.
  void Add(const std::vector<std::string>& cells);
  // The rows added since, a line each, the first time with the heading above them. Nothing where
  // there were no rows.
  std::string Take();

 private:
  std::vector<std::vector<std::string>> lines_;
  std::vector<std::size_t> widths_;
};

// "name   value" lines, values below each other; those without a value are left out.
class Facts {
 public:
  void Add(std::string name, std::string_view value);
  std::string Text() const;

 private:
  struct Fact {
    std::string name;
    std::string value;
  };
  std::vector<Fact> facts_;
};

}  // namespace kalends::cli
