#include "tests/support/random_calendar.h"

#include <algorithm>
#include <iterator>

#include "tests/support/times.h"

namespace kalends::core {
namespace {

using date::days;

struct Place {
  const char* zone;
  const char* day;  // When something happens there.
};

constexpr Place kPlaces[] = {
    {"Europe/Berlin", "2026-03-29"},
    {"Europe/Berlin", "2026-10-25"},
    {"Europe/Berlin", "2038-03-28"},
    {"Europe/Berlin", "2050-10-30"},
    {"Europe/Berlin", "2100-03-28"},
    {"America/New_York", "2026-11-01"},
    {"America/New_York", "2038-03-14"},
    {"Australia/Lord_Howe", "2026-04-05"},
    {"Australia/Lord_Howe", "2026-10-04"},
    {"Asia/Kathmandu", "2026-12-31"},
    {"Pacific/Apia", "2011-12-30"},
    {"Pacific/Kwajalein", "1993-08-21"},
    {"America/Asuncion", "2023-03-26"},
    {"America/Asuncion", "2023-10-01"},
    {"Asia/Beirut", "2022-03-27"},
    {"Asia/Beirut", "2022-10-30"},
    {"Africa/Cairo", "2024-04-26"},
    {"America/St_Johns", "2010-11-07"},
    {"UTC", "2028-02-29"},
    {"UTC+05:45", "2027-02-28"},
    {"UTC-12:00", "2026-06-01"},
    {"UTC+14:00", "2026-06-01"},
};

class Dice {
 public:
  explicit Dice(std::mt19937_64& random) : random_(random) {}

  // In [low, high].
  int Between(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  bool OneIn(int n) { return Between(1, n) == 1; }

  // On a quarter of an hour mostly, on any minute sometimes.
  Minutes TimeOfDay() {
    return OneIn(5) ? Minutes{Between(0, 1439)} : Minutes{15 * Between(0, 95)};
  }

  LocalHours Hours() {
    switch (Between(1, 8)) {
      case 1:
        return {Minutes{0}, Minutes{0}};
      case 2:
        return {Minutes{0}, Minutes{1440}};
      case 3:
        return {TimeOfDay(), Minutes{1440}};
      default: {
        const Minutes end = TimeOfDay();
        return {TimeOfDay(), end == Minutes{0} ? Minutes{1440} : end};
      }
    }
  }

  Interval Around(Instant middle, int hours_max) {
    const Instant start = middle + Minutes{15 * Between(-4 * 24 * 4, 4 * 24 * 4)};
    return {start, start + Minutes{15 * Between(1, 4 * hours_max)}};
  }

 private:
  std::mt19937_64& random_;
};

void SortByStart(std::vector<Interval>& intervals) {
  std::sort(intervals.begin(), intervals.end(),
            [](const Interval& a, const Interval& b) { return a.start < b.start; });
}

Schedule MakeSchedule(Dice& dice, const Place& place) {
  Schedule schedule;
  schedule.time_zone = place.zone;
  const date::local_days day = Day(place.day);
  if (dice.OneIn(3)) schedule.week_a_monday = Day("2030-01-07");
  const int most = dice.Between(0, 3);
  const bool never_closed = dice.OneIn(6);
  for (unsigned weekday = 1; weekday <= 7; ++weekday) {
    if (never_closed) schedule.weekly.push_back({date::weekday{weekday}, {}});
    for (int i = dice.Between(0, most); i > 0; --i) {
      const auto parity =
          dice.OneIn(3) ? static_cast<WeekParity>(dice.Between(1, 2)) : WeekParity::kEvery;
      schedule.weekly.push_back({date::weekday{weekday}, dice.Hours(), parity});
    }
  }
  for (int i = dice.Between(0, 4); i > 0; --i) {
    SpecialDate special{day + days{dice.Between(-3, 3)}, dice.OneIn(3), {}, ""};
    // A yearly one counts from any year, a leap day's included.
    if (special.repeats_yearly) special.date = special.date - days{365 * dice.Between(-2, 4)};
    for (int k = dice.Between(0, 2); k > 0; --k) special.hours.push_back(dice.Hours());
    schedule.special_dates.push_back(special);
  }
  if (dice.OneIn(3)) schedule.daily_cap = dice.Between(1, 4);
  return schedule;
}

BookingRules MakeRules(Dice& dice) {
  BookingRules rules;
  rules.duration = Minutes{5 * dice.Between(1, dice.OneIn(10) ? 288 : 24)};
  rules.step = dice.OneIn(2) ? Minutes{dice.Between(5, 100)} : Minutes{15 * dice.Between(1, 4)};
  if (dice.OneIn(3)) rules.buffer_before = Minutes{5 * dice.Between(0, 12)};
  if (dice.OneIn(3)) rules.buffer_after = Minutes{5 * dice.Between(0, 12)};
  if (dice.OneIn(3)) rules.minimum_notice = Minutes{dice.Between(0, 3000)};
  if (dice.OneIn(3)) rules.horizon = Minutes{dice.Between(1000, 6000)};
  if (dice.OneIn(3)) rules.capacity = dice.Between(2, 4);
  return rules;
}

}  // namespace

RandomCase MakeRandomCase(std::mt19937_64& random) {
  Dice dice(random);
  const Place& place = kPlaces[dice.Between(0, static_cast<int>(std::size(kPlaces)) - 1)];
  const Instant middle(Day(place.day).time_since_epoch());
  RandomCase made;
  made.calendar.schedule = MakeSchedule(dice, place);
  for (int i = dice.Between(0, 3); i > 0; --i) {
    made.calendar.closures.push_back(dice.Around(middle, 30));
  }
  for (int i = dice.Between(0, 3); i > 0; --i) {
    made.calendar.openings.push_back(dice.Around(middle, 20));
  }
  SortByStart(made.calendar.closures);
  SortByStart(made.calendar.openings);
  made.wanted.rules = MakeRules(dice);
  if (!dice.OneIn(4)) made.wanted.service = ServiceId{1};
  made.range.start = middle - Minutes{dice.Between(0, 2 * 24 * 60)};
  made.range.end = made.range.start + Minutes{dice.Between(1, 3 * 24 * 60)};
  made.now = made.range.start - Minutes{dice.Between(-600, 3000)};
  return made;
}

}  // namespace kalends::core
