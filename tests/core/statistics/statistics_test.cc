#include "core/statistics/statistics.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/support/seed.h"
#include "tests/support/times.h"

namespace kalends::core {
namespace {

using date::days;
using date::local_days;

local_days Day(int year, unsigned month, unsigned day) {
  return local_days(date::year(year) / date::month(month) / date::day(day));
}

TEST(PeriodAround, IsFromMondayToSundayAndFromTheFirstToTheLastOfAMonth) {
  const struct {
    PeriodKind kind;
    local_days day;
    Period expected;
  } kCases[] = {
      {PeriodKind::kWeek, Day(2026, 11, 30), {Day(2026, 11, 30), Day(2026, 12, 6)}},
      {PeriodKind::kWeek, Day(2026, 12, 6), {Day(2026, 11, 30), Day(2026, 12, 6)}},
      {PeriodKind::kWeek, Day(2027, 1, 1), {Day(2026, 12, 28), Day(2027, 1, 3)}},
      {PeriodKind::kMonth, Day(2026, 12, 31), {Day(2026, 12, 1), Day(2026, 12, 31)}},
      {PeriodKind::kMonth, Day(2028, 2, 1), {Day(2028, 2, 1), Day(2028, 2, 29)}},
      {PeriodKind::kMonth, Day(2100, 2, 28), {Day(2100, 2, 1), Day(2100, 2, 28)}},
      {PeriodKind::kMonth, Day(1970, 1, 15), {Day(1970, 1, 1), Day(1970, 1, 31)}},
  };
  for (const auto& c : kCases) EXPECT_EQ(PeriodAround(c.kind, c.day), c.expected) << c.day;
}

TEST(IntervalOf, HasAnHourMoreOrLessWhereTheClockChanges) {
  const TimeZone berlin = *TimeZone::Find("Europe/Berlin");
  const auto hours_of = [&](local_days day) {
    const Interval week = IntervalOf(PeriodAround(PeriodKind::kWeek, day), berlin);
    return std::chrono::duration_cast<std::chrono::hours>(week.end - week.start).count();
  };
  EXPECT_EQ(hours_of(Day(2026, 3, 29)), 7 * 24 - 1);
  EXPECT_EQ(hours_of(Day(2026, 10, 25)), 7 * 24 + 1);
  EXPECT_EQ(hours_of(Day(2026, 11, 25)), 7 * 24);
}

TEST(CountUp, CountsEachStatusAsTheContractSays) {
  const Period day{Day(2026, 12, 1), Day(2026, 12, 1)};
  Facts facts;
  for (const AppointmentStatus status : kAppointmentStatuses) {
    facts.visits.push_back({Utc("2026-12-01T10:00:00Z"), ProviderId{1}, status});
  }
  facts.requests.push_back({Utc("2026-12-01T00:00:00Z"), {1}});
  facts.money = {{Utc("2026-12-01T23:59:59Z"), ProviderId{1}, 8000, "EUR"},
                 {Utc("2026-12-01T12:00:00Z"), std::nullopt, 72000, "EUR"},
                 {Utc("2026-12-01T12:00:00Z"), ProviderId{2}, -500, "CHF"}};
  const Statistics statistics = CountUp(day, TimeZone::Utc(), facts);
  const Counts expected{1, 3, 1, 1, 1, 1, {{"CHF", -500}, {"EUR", 80000}}};
  EXPECT_EQ(statistics.total, expected);
  ASSERT_EQ(statistics.days.size(), 1U);
  EXPECT_EQ(statistics.days[0].counts, expected);
  EXPECT_EQ(statistics.specialists.at({1}).revenue.at("EUR"), 8000);
  EXPECT_EQ(statistics.specialists.at({2}), (Counts{0, 0, 0, 0, 0, 0, {{"CHF", -500}}}));
}

// What stands on the wall clock, asked fact by fact and day by day.
bool IsOn(local_days day, const TimeZone& zone, Instant at) { return LocalDateAt(zone, at) == day; }

Counts SlowlyCounted(const TimeZone& zone, const Facts& facts, local_days first, local_days last,
                     std::optional<ProviderId> specialist) {
  Counts counts;
  for (local_days day = first; day <= last; day += days(1)) {
    for (const auto& one : facts.requests) {
      if (specialist && one.specialist != *specialist) continue;
      if (IsOn(day, zone, one.made)) ++counts.requested;
    }
    for (const auto& one : facts.visits) {
      if (specialist && one.specialist != *specialist) continue;
      if (!IsOn(day, zone, one.start)) continue;
      if (one.status == AppointmentStatus::kCompleted) ++counts.completed;
      if (one.status == AppointmentStatus::kMissed) ++counts.missed;
      if (one.status == AppointmentStatus::kRejected) ++counts.rejected;
      if (one.status == AppointmentStatus::kCancelled) ++counts.cancelled;
      if (one.status == AppointmentStatus::kAccepted || IsMark(one.status)) ++counts.accepted;
    }
    for (const auto& one : facts.money) {
      if (specialist && one.specialist != specialist) continue;
      if (IsOn(day, zone, one.received)) counts.revenue[one.currency] += one.minor_units;
    }
  }
  return counts;
}

// In zones whose clock changes by an hour, by half of one, at midnight, and by a whole day.
TEST(CountUp, IsASlowRecountInWeeksAndMonthsOfClockChanges) {
  const test::Seed seed;
  std::mt19937_64 random(seed.value());
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  const std::pair<const char*, local_days> kPlaces[] = {
      {"Europe/Berlin", Day(2026, 3, 29)},      {"Europe/Berlin", Day(2026, 10, 25)},
      {"Australia/Lord_Howe", Day(2026, 4, 5)}, {"Africa/Cairo", Day(2026, 4, 24)},
      {"Pacific/Apia", Day(2011, 12, 30)},      {"Asia/Kathmandu", Day(2026, 2, 28)},
      {"America/St_Johns", Day(2026, 12, 31)},  {"UTC-12:00", Day(2028, 2, 29)},
      {"Pacific/Kiritimati", Day(2027, 1, 1)},
  };
  const char* const kCurrencies[] = {"EUR", "JPY", "KWD"};
  for (const auto& [name, around] : kPlaces) {
    SCOPED_TRACE(name);
    const TimeZone zone = *TimeZone::Find(name);
    const Instant middle = zone.StartOfDay(around);
    const auto instant = [&] {
      // Mostly near the edges of days.
      const Instant at = middle + std::chrono::hours(below(60 * 24) - 30 * 24);
      return below(2) == 0
                 ? at
                 : zone.StartOfDay(LocalDateAt(zone, at)) + std::chrono::seconds(below(3) - 1);
    };
    Facts facts;
    for (int i = 0; i < 300; ++i) {
      const ProviderId specialist{1 + below(3)};
      facts.requests.push_back({instant(), specialist});
      facts.visits.push_back({instant(), specialist, kAppointmentStatuses[below(6)]});
      facts.money.push_back({instant(), below(4) == 0 ? std::nullopt : std::optional(specialist),
                             below(20'000) - 5'000, kCurrencies[below(3)]});
    }
    for (const PeriodKind kind : {PeriodKind::kWeek, PeriodKind::kMonth}) {
      for (int shift = -20; shift <= 20; shift += 5) {
        const Period period = PeriodAround(kind, around + days(shift));
        const Statistics counted = CountUp(period, zone, facts);
        EXPECT_EQ(counted.total, SlowlyCounted(zone, facts, period.first, period.last, {}));
        ASSERT_EQ(static_cast<int>(counted.days.size()), (period.last - period.first).count() + 1);
        for (const auto& day : counted.days) {
          EXPECT_EQ(day.counts, SlowlyCounted(zone, facts, day.date, day.date, {})) << day.date;
        }
        for (std::int64_t id = 1; id <= 3; ++id) {
          const auto found = counted.specialists.find({id});
          EXPECT_EQ(found == counted.specialists.end() ? Counts() : found->second,
                    SlowlyCounted(zone, facts, period.first, period.last, ProviderId{id}));
        }
      }
    }
  }
}

}  // namespace
}  // namespace kalends::core
