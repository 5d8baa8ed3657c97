#include "adapters/busy/recurrence.h"

#include <algorithm>
#include <iterator>
#include <memory>

namespace kalends::busy {
namespace {

// Times of one date: every quarter of an hour.
constexpr std::size_t kTimesOfDayMax = 96;
constexpr short kNone = ICAL_RECURRENCE_ARRAY_MAX;

template <std::size_t kSize>
std::size_t CountOf(const short (&list)[kSize]) {
  const auto end = std::find(std::begin(list), std::end(list), kNone);
  return static_cast<std::size_t>(std::distance(std::begin(list), end));
}

template <std::size_t kSize>
std::size_t TimesOf(const short (&list)[kSize]) {
  return std::max<std::size_t>(CountOf(list), 1);
}

}  // namespace

std::optional<date::local_seconds> WallOf(const icaltimetype& time) {
  if (icaltime_is_null_time(time) != 0 || time.year < 1 || time.year > 9999) return std::nullopt;
  if (time.month < 1 || time.day < 1) return std::nullopt;
  const date::year_month_day ymd{date::year(time.year),
                                 date::month(static_cast<unsigned>(time.month)),
                                 date::day(static_cast<unsigned>(time.day))};
  if (!ymd.ok()) return std::nullopt;
  const date::local_seconds midnight{date::local_days(ymd)};
  if (time.is_date != 0) return midnight;
  const bool is_clock = time.hour >= 0 && time.hour <= 24 && time.minute >= 0 && time.minute < 60 &&
                        time.second >= 0 && time.second <= 60;
  if (!is_clock) return std::nullopt;
  return midnight + std::chrono::hours(time.hour) + std::chrono::minutes(time.minute) +
         std::chrono::seconds(time.second);
}

icaltimetype ToIcal(date::local_seconds wall, bool is_date) {
  const auto day = date::floor<date::days>(wall);
  const date::year_month_day ymd(day);
  const date::hh_mm_ss time(wall - day);
  icaltimetype ical = icaltime_null_time();
  ical.year = static_cast<int>(ymd.year());
  ical.month = static_cast<int>(static_cast<unsigned>(ymd.month()));
  ical.day = static_cast<int>(static_cast<unsigned>(ymd.day()));
  ical.is_date = is_date ? 1 : 0;
  if (is_date) return ical;
  ical.hour = static_cast<int>(time.hours().count());
  ical.minute = static_cast<int>(time.minutes().count());
  ical.second = static_cast<int>(time.seconds().count());
  return ical;
}

bool IsExpandable(const icalrecurrencetype& rule) {
  const bool by_dates = rule.freq == ICAL_YEARLY_RECURRENCE ||
                        rule.freq == ICAL_MONTHLY_RECURRENCE ||
                        rule.freq == ICAL_WEEKLY_RECURRENCE || rule.freq == ICAL_DAILY_RECURRENCE;
  return by_dates && rule.interval >= 1 && rule.rscale == nullptr &&
         TimesOf(rule.by_hour) * TimesOf(rule.by_minute) * TimesOf(rule.by_second) <=
             kTimesOfDayMax;
}

absl::StatusOr<std::vector<date::local_seconds>> StartsOf(
    const icalrecurrencetype& rule, date::local_seconds first, bool is_date,
    date::local_seconds from, date::local_seconds to, const std::function<absl::Status()>& step) {
  const std::unique_ptr<icalrecur_iterator, decltype(&icalrecur_iterator_free)> iterator(
      icalrecur_iterator_new(rule, ToIcal(first, is_date)), icalrecur_iterator_free);
  std::vector<date::local_seconds> starts;
  if (iterator == nullptr) return starts;
  // Where it counts, it has to begin at the beginning.
  if (rule.count == 0 && first < from) {
    icalrecur_iterator_set_start(iterator.get(), ToIcal(from, is_date));
  }
  while (true) {
    const absl::Status going_on = step();
    if (!going_on.ok()) return going_on;
    const auto next = WallOf(icalrecur_iterator_next(iterator.get()));
    if (!next || *next >= to) return starts;
    if (*next >= from) starts.push_back(*next);
  }
}

}  // namespace kalends::busy
