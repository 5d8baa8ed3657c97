// A provider's week or month in numbers (SPEC 3.12).
#pragma once

#include <date/date.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/booking/appointment.h"
#include "core/timezone/time_zone.h"

namespace kalends::core {

enum class PeriodKind { kWeek, kMonth };

// Dates from `first` to `last`, with both.
struct Period {
  date::local_days first;
  date::local_days last;

  friend bool operator==(const Period&, const Period&) = default;
};
// The week, from Monday to Sunday, or the month that `day` is in.
Period PeriodAround(PeriodKind kind, date::local_days day);
// From the first instant of its first date to that of the date behind its last.
Interval IntervalOf(const Period& period, const TimeZone& zone);

// As the contract's Statistics.Counts says.
struct Counts {
  int requested = 0;
  int accepted = 0;
  int completed = 0;
  int missed = 0;
  int rejected = 0;
  int cancelled = 0;
  // Minor units by currency; without those that nothing was paid in.
  std::map<std::string, std::int64_t> revenue;

  friend bool operator==(const Counts&, const Counts&) = default;
};

// What is counted. What lies outside of the period is left out.
struct Facts {
  struct Request {
    Instant made;
    ProviderId specialist;
  };
  struct Visit {
    Instant start;
    ProviderId specialist;
    AppointmentStatus status = AppointmentStatus::kPending;
  };
  struct Money {
    Instant received;
    std::optional<ProviderId> specialist;  // None: it was for a package.
    std::int64_t minor_units = 0;          // Below 0: paid back.
    std::string currency;
  };
  std::vector<Request> requests;
  std::vector<Visit> visits;
  std::vector<Money> money;
};

struct Statistics {
  struct Day {
    date::local_days date;
    Counts counts;
  };
  Period period;
  Interval interval;
  std::vector<Day> days;  // Each date of the period, in order.
  Counts total;
  std::map<ProviderId, Counts> specialists;  // Those with something to count.
};
// Dates are those of `zone`.
Statistics CountUp(const Period& period, const TimeZone& zone, const Facts& facts);

}  // namespace kalends::core
