#include "adapters/telegram/screens/month_grid.h"

#include <algorithm>

#include "adapters/telegram/actions/home.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kDaysPerWeek = 7;
// Braille without dots: looks empty, and is no white space, which Telegram would cut off.
constexpr char kBlank[] = "⠀";

Button Still(std::string label) { return {std::move(label), Action(Noop{})}; }

// How many cells come before the first of the month.
int LeadingCells(date::year_month month, int first_weekday) {
  const date::weekday first(date::sys_days(month / 1));
  const int iso = static_cast<int>(first.iso_encoding());
  return (iso - first_weekday + 7) % 7;
}

// The weeks of `month` that have a free date.
std::vector<Row> WeeksOf(date::year_month month, int first_weekday, const MonthGridView& view) {
  std::vector<Row> weeks;
  Row week(static_cast<std::size_t>(LeadingCells(month, first_weekday)), Still(kBlank));
  bool has_free = false;
  const auto last = static_cast<unsigned>((month / date::last).day());
  for (unsigned number = 1; number <= last; ++number) {
    const date::year_month_day day = month / date::day(number);
    const bool is_free = std::binary_search(view.free.begin(), view.free.end(), day);
    week.push_back(is_free ? Button{std::to_string(number), view.pick(day)} : Still("·"));
    has_free |= is_free;
    if (week.size() < kDaysPerWeek && number < last) continue;
    week.resize(kDaysPerWeek, Still(kBlank));
    if (has_free) weeks.push_back(std::move(week));
    week.clear();
    has_free = false;
  }
  return weeks;
}

Row WeekdaysFrom(const Formats& formats) {
  Row row;
  for (int i = 0; i < static_cast<int>(kDaysPerWeek); ++i) {
    const int weekday = (formats.first_weekday() - 1 + i) % static_cast<int>(kDaysPerWeek) + 1;
    row.push_back(Still(formats.WeekdayAbbreviation(weekday, LinePlace::kAtStart)));
  }
  return row;
}

}  // namespace

date::year_month FirstShown(date::year_month month, date::year_month_day from, date::days choice) {
  const bool comes_with_first = month == LastShown(MonthOf(from), from, choice);
  return comes_with_first ? MonthOf(from) : month;
}

date::year_month LastShown(date::year_month first, date::year_month_day from, date::days choice) {
  return first == MonthOf(from) ? MonthOf(date::sys_days(from) + choice) : first;
}

std::vector<date::year_month_day> DaysOfMonths(date::year_month first, date::year_month last,
                                               date::year_month_day from) {
  std::vector<date::year_month_day> days;
  const date::sys_days end = last / date::last;
  for (date::sys_days day = std::max(date::sys_days(first / 1), date::sys_days(from)); day <= end;
       day += date::days(1)) {
    days.emplace_back(day);
  }
  return days;
}

void AppendMonthGrid(std::vector<Row>& rows, const Formats& formats, const MonthGridView& view) {
  const auto arrow = [](const char* sign, const std::optional<Action>& action) {
    return action ? Button{sign, *action} : Still(kBlank);
  };
  std::vector<std::pair<date::year_month, std::vector<Row>>> months;
  for (date::year_month month = view.month; month <= view.last_month; month += date::months(1)) {
    std::vector<Row> weeks = WeeksOf(month, formats.first_weekday(), view);
    if (!weeks.empty()) months.emplace_back(month, std::move(weeks));
  }
  const date::year_month first = months.empty() ? view.month : months[0].first;
  rows.push_back({arrow("◀", view.previous), Still(formats.Month(first, LinePlace::kAtStart)),
                  arrow("▶", view.next)});
  if (!months.empty()) rows.push_back(WeekdaysFrom(formats));
  for (auto& [month, weeks] : months) {
    if (month != first) rows.push_back({Still(formats.Month(month, LinePlace::kAtStart))});
    std::move(weeks.begin(), weeks.end(), std::back_inserter(rows));
  }
}

}  // namespace kalends::telegram
