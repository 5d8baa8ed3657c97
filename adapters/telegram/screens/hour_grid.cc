#include "adapters/telegram/screens/hour_grid.h"

#include <fmt/format.h>

namespace kalends::telegram {
namespace {

constexpr int kHoursPerDay = 24;
constexpr std::size_t kHoursPerRow = 5;  // More are cut on a phone; fewer make it scroll.

}  // namespace

std::string ClockOf(int minutes) { return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60); }

std::string SpanText(int from, int to) { return ClockOf(from) + "–" + ClockOf(to); }

void AppendHourGrid(std::vector<Row>& rows, int first, const std::function<Action(int)>& pick) {
  std::vector<Button> buttons;
  for (int i = 0; i < kHoursPerDay; ++i) {
    const int from = (first + i) % kHoursPerDay * 60;
    buttons.push_back({ClockOf(from), pick(from)});
  }
  AppendGrid(rows, std::move(buttons), kHoursPerRow);
}

void AppendEndGrid(std::vector<Row>& rows, int from, const std::function<Action(int)>& pick) {
  std::vector<Button> buttons;
  for (int hour = 1; hour <= kHoursPerDay; ++hour) {
    const int to = (from / 60 + hour) % kHoursPerDay * 60;
    const int end = to == 0 ? kHoursPerDay * 60 : to;
    buttons.push_back({ClockOf(end), pick(end)});
  }
  AppendGrid(rows, std::move(buttons), kHoursPerRow);
}

}  // namespace kalends::telegram
