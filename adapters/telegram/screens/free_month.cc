#include "adapters/telegram/screens/free_month.h"

#include <algorithm>

#include "adapters/telegram/screens/booking.h"
#include "adapters/telegram/screens/month_grid.h"

namespace kalends::telegram {

void AppendFreeMonth(const Reader& reader, std::vector<Row>& rows, const FreeMonth& free,
                     const MonthChoice& choice) {
  for (const Instant first : free.first_starts) {
    const auto leads_to = choice.start(std::chrono::floor<std::chrono::minutes>(first));
    if (!leads_to) continue;
    rows.push_back({{ShortWhen(reader, free.zone, choice.other_zone, first), *leads_to}});
  }
  MonthGridView grid{.month = free.month,
                     .last_month = free.last_month,
                     .free = free.days,
                     .pick = choice.day,
                     .previous = std::nullopt,
                     .next = std::nullopt};
  if (!free.is_first) grid.previous = choice.month(free.month - date::months(1));
  if (free.next_start) grid.next = choice.month(free.last_month + date::months(1));
  AppendMonthGrid(rows, reader.t().formats(), grid);
}

std::string MonthFullText(const Reader& reader, const FreeMonth& free) {
  if (!free.days.empty()) return {};
  const Texts& t = reader.t();
  return "\n\n" + t.Html("booking.month_full", {{"month", t.formats().Month(free.month)}});
}

void AppendFreeDay(std::vector<Row>& rows, const FreeDay& free, const DayChoice& choice) {
  std::vector<Button> buttons;
  const auto first = static_cast<std::size_t>(free.page) * kSlotsPerPage;
  const std::size_t end = std::min(free.starts.size(), first + kSlotsPerPage);
  for (std::size_t i = first; i < end; ++i) buttons.push_back(choice.start(free.starts[i]));
  AppendGrid(rows, std::move(buttons), kSlotsPerRow);
  AppendPager(rows, free.page, end < free.starts.size(), choice.page);
}

}  // namespace kalends::telegram
