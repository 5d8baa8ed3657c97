#include "adapters/telegram/screens/month_grid.h"

#include <algorithm>

#include "adapters/telegram/actions/home.h"

namespace kalends::telegram {
namespace {

constexpr int kDaysPerWeek = 7;
// Braille without dots: looks empty, and is no white space, which Telegram would cut off.
constexpr char kBlank[] = "⠀";

Button Still(std::string label) { return {std::move(label), Action(Noop{})}; }

// How many cells come before the first of the month.
int LeadingCells(date::year_month month, int first_weekday) {
  const date::weekday first(date::sys_days(month / 1));
  const int iso = static_cast<int>(first.iso_encoding());
  return (iso - first_weekday + kDaysPerWeek) % kDaysPerWeek;
}

}  // namespace

void AppendMonthGrid(std::vector<Row>& rows, const Formats& formats, const MonthGridView& view) {
  const auto arrow = [](const char* sign, const std::optional<Action>& action) {
    return action ? Button{sign, *action} : Still(kBlank);
  };
  rows.push_back(
      {arrow("◀", view.previous), Still(formats.Month(view.month)), arrow("▶", view.next)});
  Row heading;
  for (int i = 0; i < kDaysPerWeek; ++i) {
    const int weekday = (formats.first_weekday() - 1 + i) % kDaysPerWeek + 1;
    heading.push_back(Still(formats.WeekdayAbbreviation(weekday)));
  }
  rows.push_back(std::move(heading));

  std::vector<Button> cells(
      static_cast<std::size_t>(LeadingCells(view.month, formats.first_weekday())), Still(kBlank));
  const auto last = static_cast<unsigned>((view.month / date::last).day());
  for (unsigned number = 1; number <= last; ++number) {
    const date::year_month_day day = view.month / date::day(number);
    const bool is_free = std::binary_search(view.free.begin(), view.free.end(), day);
    cells.push_back(is_free ? Button{std::to_string(number), view.pick(day)} : Still("·"));
  }
  while (cells.size() % kDaysPerWeek != 0) cells.push_back(Still(kBlank));
  AppendGrid(rows, std::move(cells), kDaysPerWeek);
}

}  // namespace kalends::telegram
