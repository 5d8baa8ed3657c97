// What the readers of sources share.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/timezone/time_zone.h"
#include "tools/kalends/imports/sources.h"
#include "tools/kalends/imports/table.h"

namespace kalends::cli {

using Names = std::initializer_list<std::string_view>;

// Rows of one table, with what is wrong in them.
class RowReader {
 public:
  RowReader(const SourceFile& file, const Table& table, Records& records)
      : file_(file), columns_(table.columns), records_(records) {}

  const Columns& columns() const { return columns_; }
  Where At(const TableRow& row, Names names) const {
    return {file_.name, row.line, names.size() == 0 ? "" : columns_.Spelled(names)};
  }
  std::string Text(const TableRow& row, Names names) const {
    return std::string(columns_.Cell(row, names));
  }
  void Refuse(const TableRow& row, Names names, std::string why) {
    records_.refused.push_back({At(row, names), std::move(why)});
  }
  void Note(const TableRow& row, Names names, std::string why) {
    records_.noted.push_back({At(row, names), std::move(why)});
  }

  // The cell, which must not be empty. Refuses the row otherwise, as all of these do.
  std::optional<std::string> Required(const TableRow& row, Names names);
  // A number from `min` to `max`, or `otherwise` where the cell is empty.
  std::optional<int> Number(const TableRow& row, Names names, int min, int max, int otherwise);
  // A time; an empty cell is refused. Notes one that the clock showed twice.
  std::optional<core::Instant> Time(const TableRow& row, Names names, const core::TimeZone& zone,
                                    DateOrder order);
  // An amount in `currency`; nothing where the cell is empty or 0.
  std::optional<core::Money> Price(const TableRow& row, Names names, const std::string& currency);

 private:
  const SourceFile& file_;
  Columns columns_;
  Records& records_;
};

// "accepted", "Booked", "cancelled by customer", "no show" and such, in English and German;
// nullopt: no status that is known.
std::optional<core::AppointmentStatus> ReadStatus(std::string_view text);
// The text in ISO 4217's letters, of "$" or "€" the code that they mostly stand for; `otherwise`
// where it is none.
std::string ReadCurrency(std::string_view text, const std::string& otherwise);
// INVALID_ARGUMENT: none is named, or it is not known.
absl::StatusOr<core::TimeZone> ZoneOf(const std::string& name);
// `label: value` on a line of its own, where there is a value.
void AppendLine(std::string& text, std::string_view label, std::string_view value);
// At most `max` code points of it.
std::string Shortened(std::string_view text, std::size_t max);

}  // namespace kalends::cli
