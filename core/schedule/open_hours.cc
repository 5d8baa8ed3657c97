#include "core/schedule/open_hours.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>
#include <optional>
#include <ratio>

namespace kalends::core {
namespace {

using date::days;
using date::local_days;
using date::local_seconds;

constexpr Minutes kDay{24 * 60};
constexpr std::size_t kCycleDays = 14;  // Week A, then week B.

// Wall-clock hours of a date, from its midnight; the end may lie in the next date.
struct DayRange {
  Minutes start;
  Minutes end;
};

DayRange RangeOf(const LocalHours& hours) {
  return {hours.start, hours.end > hours.start ? hours.end : hours.end + kDay};
}

void SortByStart(std::span<DayRange> ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const DayRange& a, const DayRange& b) { return a.start < b.start; });
}

// The weekly hours, sorted into the 14 days of weeks A and B.
class WeeklyPlan {
 public:
  explicit WeeklyPlan(const Schedule& schedule)
      : week_a_(schedule.week_a_monday - (date::weekday(schedule.week_a_monday) - date::Monday)) {
    ForEachDay(schedule, [&](std::size_t day, const LocalHours&) { ++first_[day + 1]; });
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    ranges_.resize(first_.back());
    auto next = first_;
    ForEachDay(schedule, [&](std::size_t day, const LocalHours& hours) {
      ranges_[next[day]++] = RangeOf(hours);
    });
    for (std::size_t day = 0; day < kCycleDays; ++day) {
      SortByStart(std::span(ranges_).subspan(first_[day], first_[day + 1] - first_[day]));
    }
  }

  // Where `date` lies in the two weeks: 0 is the Monday of week A.
  std::size_t DayOf(local_days date) const {
    const days since = date - week_a_;
    return static_cast<std::size_t>((since - date::floor<Cycle>(since)).count());
  }

  std::span<const DayRange> On(std::size_t day) const {
    return std::span(ranges_).subspan(first_[day], first_[day + 1] - first_[day]);
  }

 private:
  using Cycle =
      std::chrono::duration<int, std::ratio_multiply<std::ratio<kCycleDays>, days::period>>;

  template <typename Visit>
  static void ForEachDay(const Schedule& schedule, Visit visit) {
    for (const WeeklyHours& weekly : schedule.weekly) {
      const auto weekday = static_cast<std::size_t>((weekly.weekday - date::Monday).count());
      if (weekly.parity != WeekParity::kB) visit(weekday, weekly.hours);
      if (weekly.parity != WeekParity::kA) visit(weekday + kCycleDays / 2, weekly.hours);
    }
  }

  local_days week_a_;
  std::array<std::size_t, kCycleDays + 1> first_{};  // Of the ranges of each day.
  std::vector<DayRange> ranges_;
};

// The special dates of a window. Where a date has both, its own entry wins over a yearly one;
// entries of the same kind add up.
class SpecialPlan {
 public:
  SpecialPlan(const Schedule& schedule, local_days first, local_days last) {
    std::vector<Entry> entries;
    for (const SpecialDate& special : schedule.special_dates) {
      if (!special.repeats_yearly) {
        if (special.date >= first && special.date <= last)
          entries.push_back({special.date, &special});
        continue;
      }
      const date::year_month_day origin(special.date);
      const date::year until = date::year_month_day(last).year();
      for (date::year year = date::year_month_day(first).year(); year <= until; ++year) {
        const date::year_month_day day = year / origin.month() / origin.day();
        if (!day.ok()) continue;  // February 29 repeats in leap years only.
        const local_days date(day);
        if (date >= first && date <= last) entries.push_back({date, &special});
      }
    }
    Flatten(entries);
  }

  // nullopt: an ordinary date.
  std::optional<std::span<const DayRange>> On(local_days date) const {
    if (days_.empty()) return std::nullopt;
    const auto day = std::lower_bound(
        days_.begin(), days_.end(), date,
        [](const SpecialDay& special, local_days value) { return special.date < value; });
    if (day == days_.end() || day->date != date) return std::nullopt;
    return std::span<const DayRange>(ranges_.data() + day->begin, ranges_.data() + day->end);
  }

 private:
  struct Entry {
    local_days date;
    const SpecialDate* special;
  };
  struct SpecialDay {
    local_days date;
    std::size_t begin;
    std::size_t end;
  };

  void Flatten(std::vector<Entry>& entries) {
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
      if (a.date != b.date) return a.date < b.date;
      return !a.special->repeats_yearly && b.special->repeats_yearly;
    });
    for (auto entry = entries.begin(); entry != entries.end();) {
      const local_days date = entry->date;
      const bool yearly = entry->special->repeats_yearly;
      const std::size_t begin = ranges_.size();
      for (; entry != entries.end() && entry->date == date; ++entry) {
        if (entry->special->repeats_yearly != yearly) continue;
        for (const LocalHours& hours : entry->special->hours) ranges_.push_back(RangeOf(hours));
      }
      SortByStart(std::span(ranges_).subspan(begin));
      days_.push_back({date, begin, ranges_.size()});
    }
  }

  std::vector<SpecialDay> days_;
  std::vector<DayRange> ranges_;
};

local_seconds Shift(Instant instant, std::chrono::seconds offset) {
  return local_seconds(instant.time_since_epoch() + offset);
}

// A stretch of wall clock that runs without a jump.
struct Stretch {
  local_seconds start;
  local_seconds end;
  std::chrono::seconds offset;
};

void AppendRanges(std::vector<Interval>& blocks, const Stretch& stretch, local_days date,
                  std::span<const DayRange> ranges, Minutes cut) {
  for (const DayRange& range : ranges) {
    const local_seconds start = std::max<local_seconds>(date + range.start, stretch.start);
    const local_seconds end = std::min<local_seconds>(date + std::min(range.end, cut), stretch.end);
    AppendMerged(blocks, {Instant(start.time_since_epoch() - stretch.offset),
                          Instant(end.time_since_epoch() - stretch.offset)});
  }
}

void AppendStretch(std::vector<Interval>& blocks, const Stretch& stretch, local_days first,
                   const WeeklyPlan& weekly, const SpecialPlan& specials) {
  std::optional<std::span<const DayRange>> special = specials.On(first);
  std::size_t day = weekly.DayOf(first);
  for (local_days date = first; date < stretch.end; date += days{1}) {
    const std::optional<std::span<const DayRange>> next = specials.On(date + days{1});
    if (special) {
      AppendRanges(blocks, stretch, date, *special, 2 * kDay);
    } else {
      // A special date also replaces what the evening before would spill into it.
      AppendRanges(blocks, stretch, date, weekly.On(day), next ? kDay : 2 * kDay);
    }
    special = next;
    day = day + 1 == kCycleDays ? 0 : day + 1;
  }
}

}  // namespace

std::vector<Interval> HoursOver(const Schedule& schedule, std::span<const OffsetSpan> offsets,
                                const Interval& window) {
  std::vector<Interval> blocks;
  if (IsEmpty(window)) return blocks;
  assert(!offsets.empty());
  const WeeklyPlan weekly(schedule);
  // Zones differ from UTC by less than a day; a day more for what spills over.
  const local_days utc_first(date::floor<days>(window.start).time_since_epoch());
  const local_days utc_last(date::floor<days>(window.end).time_since_epoch());
  const SpecialPlan specials(schedule, utc_first - days{3}, utc_last + days{2});
  const auto date_count = static_cast<std::size_t>((utc_last - utc_first).count() + 3);
  blocks.reserve(date_count * (schedule.weekly.size() / 7 + 1));
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    const OffsetSpan& span = offsets[i];
    const Interval part = Intersection(span.interval, window);
    if (IsEmpty(part)) continue;
    const Stretch stretch{Shift(part.start, span.offset), Shift(part.end, span.offset),
                          span.offset};
    // Hours reach at most one date further; but a date that the zone skipped has none.
    local_days first = date::floor<days>(stretch.start) - days{1};
    if (i > 0) {
      const local_seconds gap_start = Shift(span.interval.start, offsets[i - 1].offset);
      const local_seconds gap_end = Shift(span.interval.start, span.offset);
      if (gap_start <= first && first + days{1} <= gap_end) first += days{1};
    }
    AppendStretch(blocks, stretch, first, weekly, specials);
  }
  return blocks;
}

}  // namespace kalends::core
