// The hours of a day as rows of buttons.
#pragma once

#include <functional>
#include <string>

#include "adapters/telegram/screens/common.h"

namespace kalends::telegram {

// "09:30" of minutes after 00:00; "24:00" is one.
std::string ClockOf(int minutes);
// "09:00–12:30".
std::string SpanText(int from, int to);

// All hours from `first` on, around the clock.
void AppendHourGrid(std::vector<Row>& rows, int first, const std::function<Action(int)>& pick);
// When what begins at `from` ends: up to a day later; midnight is 24:00.
void AppendEndGrid(std::vector<Row>& rows, int from, const std::function<Action(int)>& pick);

}  // namespace kalends::telegram
