#include "core/booking/agreed_time.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <tuple>
#include <utility>

namespace kalends::core {
namespace {

using std::chrono::seconds;

// Where new rules want one appointment, whatever else there is.
struct Wish {
  Outcome outcome;
  Instant start;
};

// The one of `candidates`, ascending, that is nearest to `start`.
Instant Nearest(const std::vector<Instant>& candidates, Instant start) {
  return *std::min_element(candidates.begin(), candidates.end(), [&](Instant a, Instant b) {
    return std::chrono::abs(a - start) < std::chrono::abs(b - start);
  });
}

// nullopt: they do not concern it.
std::optional<Wish> WishOf(const Appointment& appointment, Instant now) {
  const Instant start = appointment.interval.start;
  const std::optional<AgreedTime>& agreed = appointment.agreed;
  if (!agreed || !HoldsTime(appointment.status) || start <= now) return std::nullopt;
  const auto zone = TimeZone::Find(agreed->zone);
  if (!zone) return std::nullopt;  // Its file is gone: what its clock shows is not known.
  const date::local_seconds shown = zone->ToLocal(start);
  if (shown == agreed->lost_to.value_or(agreed->wall)) return std::nullopt;
  if (shown == agreed->wall) return Wish{Outcome::kStands, start};
  const std::vector<Instant> instants = zone->FromLocal(agreed->wall);
  if (instants.empty()) return Wish{Outcome::kSkipped, start};
  const Instant wanted = Nearest(instants, start);
  return wanted > now ? Wish{Outcome::kMoved, wanted} : Wish{Outcome::kPassed, start};
}

Interval Shifted(const Interval& interval, seconds by) {
  return {interval.start + by, interval.end + by};
}

Interval Around(const Interval& a, const Interval& b) {
  return {std::min(a.start, b.start), std::max(a.end, b.end)};
}

// What stays or moves as one: an appointment, or all members of a group session that want to go to
// the same place.
struct Unit {
  std::vector<std::size_t> members;     // In `holding`.
  Interval before;                      // The hold.
  Interval after;                       // Where it wants to be; as `before`: it stays.
  std::tuple<bool, std::int64_t> rank;  // The smaller goes first.

  bool moves() const { return before != after; }
  Interval reach() const { return Around(before, after); }
};

std::tuple<bool, std::int64_t> RankOf(const Appointment& appointment) {
  return {appointment.status != AppointmentStatus::kAccepted, appointment.id.value};
}

bool InOneSession(const Appointment& a, const Appointment& b) {
  return a.capacity > 1 && a.capacity == b.capacity && a.service && a.service == b.service &&
         a.provider == b.provider && a.interval == b.interval && a.hold == b.hold;
}

// By their reach. `wanted`: the new start of each of `holding`.
std::vector<Unit> UnitsOf(std::span<const Appointment> holding,
                          const std::vector<Instant>& wanted) {
  // Members of one session come one after the other.
  std::vector<std::size_t> order(holding.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto key = [&](std::size_t i) {
    const Appointment& one = holding[i];
    return std::make_tuple(one.hold.start, one.interval.start, one.hold.end, wanted[i],
                           one.service ? one.service->value : 0, one.capacity, one.id.value);
  };
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  std::vector<Unit> units;
  for (const std::size_t i : order) {
    const Appointment& one = holding[i];
    if (!units.empty()) {
      Unit& last = units.back();
      const std::size_t first = last.members.front();
      if (InOneSession(holding[first], one) && wanted[first] == wanted[i]) {
        last.members.push_back(i);
        last.rank = std::min(last.rank, RankOf(one));
        continue;
      }
    }
    units.push_back(
        {{i}, one.hold, Shifted(one.hold, wanted[i] - one.interval.start), RankOf(one)});
  }
  std::sort(units.begin(), units.end(),
            [](const Unit& a, const Unit& b) { return a.reach().start < b.reach().start; });
  return units;
}

// Whether a unit that moves has to give way to one that does not, or that goes before it.
bool GivesWay(const Unit& mover, const Unit& other) {
  return mover.moves() && Overlaps(mover.after, other.after) &&
         (!other.moves() || other.rank < mover.rank);
}

// Lets units stay until none is in another's way. First those whose place is surely taken, then,
// one at a time, the lesser of two that want the same: it may be in the way of others from then on.
void Settle(std::span<Unit> units) {
  const auto first_that_gives_way = [&](bool to_movers) {
    return std::find_if(units.begin(), units.end(), [&](const Unit& mover) {
      return std::any_of(units.begin(), units.end(), [&](const Unit& other) {
        return &mover != &other && other.moves() == to_movers && GivesWay(mover, other);
      });
    });
  };
  while (true) {
    auto found = first_that_gives_way(false);
    if (found == units.end()) found = first_that_gives_way(true);
    if (found == units.end()) return;
    found->after = found->before;
  }
}

// The end of the units from `first` on that could be in each other's way, before or after.
std::vector<Unit>::iterator ClusterEnd(std::vector<Unit>& units,
                                       std::vector<Unit>::iterator first) {
  Instant until = first->reach().end;
  auto last = first + 1;
  for (; last != units.end() && last->reach().start < until; ++last) {
    until = std::max(until, last->reach().end);
  }
  return last;
}

}  // namespace

AgreedTime AgreeOn(Instant start, const TimeZone& zone, std::string version) {
  return {zone.ToLocal(start), zone.name(), zone.OffsetAt(start), std::move(version), std::nullopt};
}

std::string_view NameOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kMoved:
      return "zone_rules_moved";
    case Outcome::kStands:
      return "zone_rules_stands";
    case Outcome::kTaken:
      return "zone_rules_taken";
    case Outcome::kSkipped:
      return "zone_rules_skipped";
    case Outcome::kPassed:
      break;
  }
  return "zone_rules_passed";
}

bool IsConcerned(const Appointment& appointment, Instant now) {
  return WishOf(appointment, now).has_value();
}

std::vector<Ruling> RuleOnAgreedTimes(std::span<const Appointment> holding, Instant now,
                                      std::size_t enough) {
  std::vector<std::optional<Wish>> wishes;
  std::vector<Instant> wanted;
  for (const Appointment& one : holding) {
    wishes.push_back(WishOf(one, now));
    wanted.push_back(wishes.back() ? wishes.back()->start : one.interval.start);
  }
  std::vector<Unit> units = UnitsOf(holding, wanted);
  std::vector<Ruling> rulings;
  for (auto first = units.begin(); first != units.end() && rulings.size() < enough;) {
    const auto last = ClusterEnd(units, first);
    Settle({first, last});
    for (; first != last; ++first) {
      for (const std::size_t i : first->members) {
        if (!wishes[i]) continue;
        Ruling ruling{i, wishes[i]->outcome, wishes[i]->start};
        if (ruling.outcome == Outcome::kMoved && !first->moves()) {
          ruling = {i, Outcome::kTaken, holding[i].interval.start};
        }
        rulings.push_back(ruling);
      }
    }
  }
  return rulings;
}

void ApplyRuling(Appointment& appointment, const Ruling& ruling) {
  assert(appointment.agreed);
  const seconds by = ruling.start - appointment.interval.start;
  appointment.interval = Shifted(appointment.interval, by);
  appointment.hold = Shifted(appointment.hold, by);
  AgreedTime& agreed = *appointment.agreed;
  const auto zone = TimeZone::Find(agreed.zone);
  assert(zone);
  const date::local_seconds shown = zone->ToLocal(ruling.start);
  agreed.lost_to = shown == agreed.wall ? std::nullopt : std::optional(shown);
}

}  // namespace kalends::core
