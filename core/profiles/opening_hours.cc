#include "core/profiles/opening_hours.h"

#include <algorithm>
#include <utility>

namespace kalends::core {
namespace {

constexpr Minutes kDay{24 * 60};
constexpr unsigned kWeekdays = 7;
using Spans = std::vector<std::pair<Minutes, Minutes>>;

bool Counts(WeekParity hours, WeekParity week) {
  return hours == WeekParity::kEvery || hours == week;
}

// Of one weekday in weeks A or in weeks B: sorted and merged.
Spans SpansOf(std::span<const Schedule> schedules, date::weekday weekday, WeekParity week) {
  Spans spans;
  for (const Schedule& schedule : schedules) {
    for (const WeeklyHours& hours : schedule.weekly) {
      if (hours.weekday != weekday || !Counts(hours.parity, week)) continue;
      const bool passes_midnight = hours.hours.end <= hours.hours.start;
      spans.emplace_back(hours.hours.start,
                         hours.hours.end + (passes_midnight ? kDay : Minutes(0)));
    }
  }
  std::sort(spans.begin(), spans.end());
  Spans merged;
  for (const auto& span : spans) {
    if (!merged.empty() && span.first <= merged.back().second) {
      merged.back().second = std::max(merged.back().second, span.second);
    } else {
      merged.push_back(span);
    }
  }
  return merged;
}

void Append(std::vector<OpeningHours>& all, date::weekday weekday, const Spans& spans,
            WeekParity weeks) {
  for (const auto& [start, end] : spans) all.push_back({weekday, start, end, weeks});
}

bool AlternateTogether(std::span<const Schedule> schedules) {
  constexpr int kFortnight = 14;
  return std::all_of(schedules.begin(), schedules.end(), [&](const Schedule& one) {
    const bool alternates =
        std::any_of(one.weekly.begin(), one.weekly.end(),
                    [](const auto& hours) { return hours.parity != WeekParity::kEvery; });
    const auto apart = (one.week_a_monday - schedules.front().week_a_monday).count();
    return !alternates || apart % kFortnight == 0;
  });
}

}  // namespace

std::vector<OpeningHours> OpeningHoursOf(std::span<const Schedule> schedules) {
  std::vector<OpeningHours> all;
  if (!AlternateTogether(schedules)) return all;
  for (unsigned i = 1; i <= kWeekdays; ++i) {
    const date::weekday weekday(i);
    const Spans a = SpansOf(schedules, weekday, WeekParity::kA);
    const Spans b = SpansOf(schedules, weekday, WeekParity::kB);
    if (a == b) {
      Append(all, weekday, a, WeekParity::kEvery);
    } else {
      Append(all, weekday, a, WeekParity::kA);
      Append(all, weekday, b, WeekParity::kB);
    }
  }
  return all;
}

}  // namespace kalends::core
