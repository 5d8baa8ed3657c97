#include "core/booking/specialists.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/booking/changes.h"
#include "core/booking/offer.h"
#include "core/timezone/time_zone.h"

namespace kalends::core {
namespace {

// Who could keep an appointment.
struct Candidate {
  const Calendar* calendar = nullptr;
  Placement placement;
  std::chrono::seconds length_rank{0};
  Workload load = {};
};

bool GoesBefore(const Candidate& a, const Candidate& b) {
  const auto key = [](const Candidate& one) {
    return std::tuple(one.length_rank, one.load.booked,
                      one.load.idle_since.value_or(Instant::min()), one.calendar->specialist.value);
  };
  return key(a) < key(b);
}

// Of at least one.
Choice Fairest(std::vector<Candidate> candidates, const WorkloadOf& workload_of) {
  if (candidates.size() > 1) {
    for (Candidate& one : candidates) one.load = workload_of(*one.calendar);
  }
  const auto chosen = std::min_element(candidates.begin(), candidates.end(), GoesBefore);
  return {chosen->calendar->specialist, chosen->placement};
}

// How long an appointment at `start` lasts at this specialist; nullopt: it cannot be there.
std::optional<Interval> IntervalAt(const Offered& listed, const Wanted& wanted, Instant start) {
  if (!std::binary_search(listed.starts.begin(), listed.starts.end(), start)) return std::nullopt;
  for (const Interval& other : listed.other_lengths) {
    if (other.start == start) return other;
  }
  return Interval{start, start + wanted.rules.duration};
}

// The starts at which whoever would be chosen keeps a session of another length.
std::vector<Interval> OtherLengths(const std::vector<Offered>& all, const Wanted& wanted) {
  std::map<Instant, Interval> best;
  for (const Offered& listed : all) {
    for (const Interval& other : listed.other_lengths) best.emplace(other.start, other);
  }
  std::vector<Interval> others;
  for (auto& [start, interval] : best) {
    for (const Offered& listed : all) {
      const auto here = IntervalAt(listed, wanted, start);
      if (here && LengthRank(wanted, *here) < LengthRank(wanted, interval)) interval = *here;
    }
    if (LengthRank(wanted, interval) > std::chrono::seconds{0}) others.push_back(interval);
  }
  return others;
}

// What is left of a group at each of `starts`, with all of them.
std::vector<int> SeatsTogether(const std::vector<Offered>& all, std::span<const Instant> starts) {
  std::vector<int> seats(starts.size(), 0);
  for (const Offered& listed : all) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < listed.seats.size(); ++i) {
      while (starts[at] != listed.starts[i]) ++at;
      seats[at] += listed.seats[i];
    }
  }
  return seats;
}

// The starts of several specialists, each once, ascending.
void Merge(std::vector<Instant>& starts, std::vector<Instant> more) {
  if (starts.empty()) {
    starts = std::move(more);
    return;
  }
  const auto middle = static_cast<std::ptrdiff_t>(starts.size());
  starts.insert(starts.end(), more.begin(), more.end());
  std::inplace_merge(starts.begin(), starts.begin() + middle, starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
}

std::optional<Instant> FirstOf(const Calendar& calendar, const Wanted& wanted, Instant from,
                               Instant now) {
  const Instant last = now + wanted.rules.horizon + std::chrono::seconds(1);
  for (Instant at = std::max(from, now); at < last; at += kSlotRangeMax) {
    const Interval range{at, std::min<Instant>(at + kSlotRangeMax, last)};
    const auto starts = BookableStarts(calendar, wanted, range, now);
    if (!starts.empty()) return starts.front();
  }
  return std::nullopt;
}

}  // namespace

Interval WeekOfWork(const Calendar& calendar, Instant start) {
  // Unknown zones cannot occur: the schedule was checked when it was stored.
  const TimeZone zone = TimeZone::Find(calendar.schedule.time_zone).value_or(TimeZone::Utc());
  const date::local_days day = LocalDateAt(zone, start);
  const date::local_days monday = day - (date::weekday(day) - date::Monday);
  return {zone.StartOfDay(monday), zone.StartOfDay(monday + date::days(7))};
}

Workload WorkloadFrom(std::span<const Interval> booked, const Interval& week, Instant start) {
  Workload load;
  for (const Interval& one : booked) {
    const Interval part = Intersection(one, week);
    if (!IsEmpty(part)) load.booked += part.end - part.start;
    const bool before = one.end <= start;
    if (before && (!load.idle_since || one.end > *load.idle_since)) load.idle_since = one.end;
  }
  return load;
}

absl::StatusOr<Choice> ChooseSpecialist(Calendars calendars, const Wanted& wanted, Instant start,
                                        Instant now, const WorkloadOf& workload_of,
                                        Placing placing) {
  std::vector<Candidate> candidates;
  absl::Status refusal = Error(Reason::kSpecialistNotOffering);
  for (const auto& calendar : calendars) {
    const absl::Status possible = placing == Placing::kOffered
                                      ? CheckBookable(*calendar, wanted, start, now)
                                      : CheckFree(*calendar, wanted, start);
    if (!possible.ok()) {
      refusal = possible;
      continue;
    }
    const Placement placement = PlacementAt(*calendar, wanted, start);
    candidates.push_back({calendar.get(), placement, LengthRank(wanted, placement.interval)});
  }
  if (candidates.empty()) return refusal;
  return Fairest(std::move(candidates), workload_of);
}

absl::StatusOr<Choice> ChooseStandIn(Calendars calendars, const Appointment& appointment,
                                     const WorkloadOf& workload_of) {
  const Instant start = appointment.interval.start;
  const Wanted wanted{appointment.service, RulesOf(appointment), std::nullopt};
  std::vector<Candidate> candidates;
  absl::Status refusal = Error(Reason::kSpecialistNotOffering);
  for (const auto& calendar : calendars) {
    if (calendar->specialist == appointment.specialist) continue;
    if (!IsOpen(*calendar, appointment.interval)) {
      refusal = Error(Reason::kOutsideOpenHours);
      continue;
    }
    const Placement placement = PlacementAt(*calendar, wanted, start);
    const bool same =
        placement.interval == appointment.interval && placement.capacity == appointment.capacity;
    if (!same || !CheckFree(*calendar, wanted, start).ok()) {
      refusal = Error(Reason::kSlotTaken);
      continue;
    }
    candidates.push_back({calendar.get(), placement});
  }
  if (candidates.empty()) return refusal;
  return Fairest(std::move(candidates), workload_of);
}

Offered OfferedIn(Calendars calendars, const Wanted& wanted, const Interval& range, Instant now) {
  std::vector<Offered> all;
  all.reserve(calendars.size());
  for (const auto& calendar : calendars) {
    Offered& listed = all.emplace_back();
    listed.starts = BookableStarts(*calendar, wanted, range, now);
    listed.other_lengths = OtherLengths(*calendar, wanted, listed.starts);
    if (wanted.rules.capacity > 1) listed.seats = SeatsLeft(*calendar, wanted, listed.starts);
  }
  Offered together;
  together.other_lengths = OtherLengths(all, wanted);
  for (const Offered& listed : all) Merge(together.starts, listed.starts);
  if (wanted.rules.capacity > 1) together.seats = SeatsTogether(all, together.starts);
  return together;
}

std::vector<Instant> NearestStarts(Calendars calendars, const Wanted& wanted, Instant wanted_start,
                                   int count, Instant now) {
  std::vector<Instant> nearest;
  for (const auto& calendar : calendars) {
    const auto more = NearestStarts(*calendar, wanted, wanted_start, count, now);
    nearest.insert(nearest.end(), more.begin(), more.end());
  }
  const auto distance = [&](Instant at) {
    return at < wanted_start ? wanted_start - at : at - wanted_start;
  };
  std::sort(nearest.begin(), nearest.end(), [&](Instant a, Instant b) {
    return std::pair(distance(a), a) < std::pair(distance(b), b);
  });
  nearest.erase(std::unique(nearest.begin(), nearest.end()), nearest.end());
  if (nearest.size() > static_cast<std::size_t>(count)) {
    nearest.resize(static_cast<std::size_t>(count));
  }
  std::sort(nearest.begin(), nearest.end());
  return nearest;
}

std::optional<Instant> FirstStart(Calendars calendars, const Wanted& wanted, Instant from,
                                  Instant now) {
  std::optional<Instant> first;
  for (const auto& calendar : calendars) {
    const auto here = FirstOf(*calendar, wanted, from, now);
    if (here && (!first || *here < *first)) first = here;
  }
  return first;
}

}  // namespace kalends::core
