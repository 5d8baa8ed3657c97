#include "core/statistics/statistics.h"

#include <algorithm>

namespace kalends::core {
namespace {

void CountStatus(Counts& counts, AppointmentStatus status) {
  switch (status) {
    case AppointmentStatus::kPending:
      return;
    case AppointmentStatus::kAccepted:
      ++counts.accepted;
      return;
    case AppointmentStatus::kCompleted:
      ++counts.accepted;
      ++counts.completed;
      return;
    case AppointmentStatus::kMissed:
      ++counts.accepted;
      ++counts.missed;
      return;
    case AppointmentStatus::kRejected:
      ++counts.rejected;
      return;
    case AppointmentStatus::kCancelled:
      ++counts.cancelled;
      return;
  }
}

// Lets `count` count in all that an instant belongs to.
class Counter {
 public:
  Counter(Statistics& statistics, const TimeZone& zone) : statistics_(statistics) {
    for (const Statistics::Day& day : statistics.days) starts_.push_back(zone.StartOfDay(day.date));
  }

  template <typename Count>
  void At(Instant at, const std::optional<ProviderId>& specialist, Count count) {
    const Interval& interval = statistics_.interval;
    if (at < interval.start || at >= interval.end) return;
    // Of a date that the zone skipped the next one has the same start, and is the one.
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), at);
    count(statistics_.days[static_cast<std::size_t>(next - starts_.begin() - 1)].counts);
    count(statistics_.total);
    if (specialist) count(statistics_.specialists[*specialist]);
  }

 private:
  Statistics& statistics_;
  std::vector<Instant> starts_;
};

}  // namespace

Period PeriodAround(PeriodKind kind, date::local_days day) {
  if (kind == PeriodKind::kWeek) {
    const date::local_days monday = day - (date::weekday(day) - date::Monday);
    return {monday, monday + date::days(6)};
  }
  const date::year_month_day date(day);
  const date::year_month month = date.year() / date.month();
  return {date::local_days(month / 1), date::local_days(month / date::last)};
}

Interval IntervalOf(const Period& period, const TimeZone& zone) {
  return {zone.StartOfDay(period.first), zone.StartOfDay(period.last + date::days(1))};
}

Statistics CountUp(const Period& period, const TimeZone& zone, const Facts& facts) {
  Statistics statistics;
  statistics.period = period;
  statistics.interval = IntervalOf(period, zone);
  for (date::local_days day = period.first; day <= period.last; day += date::days(1)) {
    statistics.days.push_back({day, {}});
  }
  Counter counter(statistics, zone);
  for (const Facts::Request& request : facts.requests) {
    counter.At(request.made, request.specialist, [](Counts& counts) { ++counts.requested; });
  }
  for (const Facts::Visit& visit : facts.visits) {
    counter.At(visit.start, visit.specialist,
               [&](Counts& counts) { CountStatus(counts, visit.status); });
  }
  for (const Facts::Money& money : facts.money) {
    counter.At(money.received, money.specialist,
               [&](Counts& counts) { counts.revenue[money.currency] += money.minor_units; });
  }
  return statistics;
}

}  // namespace kalends::core
