// Lists with rows to tick: what is ticked travels in the buttons, so that they outlive a restart.
#pragma once

#include <string>
#include <vector>

#include "adapters/telegram/screens/common.h"

namespace kalends::telegram {

inline constexpr int kTicksPerPage = 8;

// Tells lists of rows apart, as far as 19 bits do; for noticing that a list changed meanwhile.
int MarkOf(const std::vector<std::string>& rows);

// Which rows of a page are ticked.
struct Ticks {
  int selected = 0;  // Bit i: row i.
  int mark = 0;      // Of the rows as they are now.

  bool none() const { return selected == 0; }
  bool Has(std::size_t row) const { return (selected >> row & 1) != 0; }
  int Toggled(std::size_t row) const { return selected ^ (1 << row); }
};

// "☑️ AGB", "☐ AGB".
std::string TickLabel(bool ticked, const std::string& label);

// The ticked ones of `rows`.
template <typename Row>
std::vector<Row> Ticked(const std::vector<Row>& rows, const Ticks& ticks) {
  std::vector<Row> ticked;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (ticks.Has(i)) ticked.push_back(rows[i]);
  }
  return ticked;
}

}  // namespace kalends::telegram
