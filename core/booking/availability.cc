#include "core/booking/availability.h"

#include <algorithm>
#include <cstdlib>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/booking/group_session.h"
#include "core/booking/occupancy.h"
#include "core/schedule/open_hours.h"
#include "core/timezone/time_zone.h"

namespace kalends::core {
namespace {

using std::chrono::days;
using std::chrono::seconds;

constexpr days kWeek{7};
constexpr days kNearby{14};        // NearestStarts looks this far to each side.
constexpr days kFirstLookBack{1};  // Few blocks are longer; only those are looked at again.
constexpr seconds kSecond{1};

// Monday 00:00 UTC of the week of `instant`.
Instant WeekOf(Instant instant) {
  constexpr Instant kSomeMonday{days{4}};  // 1970-01-05.
  return kSomeMonday + date::floor<date::weeks>(instant - kSomeMonday);
}

// The grid of starts in a block that began before this is counted from here, so that it depends
// neither on the range that was asked for nor on how long the block has been open.
Instant GridAnchor(Instant start) { return WeekOf(start) - kWeek; }

// Nullopt: none of that name is known any more, or the row is damaged. Then nothing is open.
std::optional<TimeZone> ZoneOf(const Calendar& calendar) {
  return TimeZone::Find(calendar.schedule.time_zone);
}

std::vector<Interval> Union(const std::vector<Interval>& blocks,
                            const std::vector<Interval>& openings, const Interval& window) {
  std::vector<Interval> merged;
  merged.reserve(blocks.size() + openings.size());
  auto block = blocks.begin();
  for (const Interval& opening : openings) {
    const Interval part = Intersection(opening, window);
    if (IsEmpty(part)) continue;
    while (block != blocks.end() && block->start < part.start) AppendMerged(merged, *block++);
    AppendMerged(merged, part);
  }
  while (block != blocks.end()) AppendMerged(merged, *block++);
  return merged;
}

std::vector<Interval> Difference(const std::vector<Interval>& blocks,
                                 const std::vector<Interval>& closures) {
  std::vector<Interval> rest;
  rest.reserve(blocks.size() + closures.size());
  auto first = closures.begin();
  for (const Interval& block : blocks) {
    Instant open_from = block.start;
    // Sorted by start, a long closure may still end after the ones that follow it.
    while (first != closures.end() && first->end <= block.start) ++first;
    for (auto closure = first; closure != closures.end() && closure->start < block.end; ++closure) {
      AppendMerged(rest, {open_from, std::min(closure->start, block.end)});
      open_from = std::max(open_from, closure->end);
    }
    AppendMerged(rest, {open_from, block.end});
  }
  return rest;
}

std::vector<Interval> OpenWithin(const Calendar& calendar, const TimeZone& zone,
                                 const Interval& window) {
  const std::vector<OffsetSpan> offsets =
      zone.OffsetsOver({window.start - kOffsetsBefore, window.end});
  std::vector<Interval> blocks = HoursOver(calendar.schedule, offsets, window);
  if (!calendar.openings.empty()) blocks = Union(blocks, calendar.openings, window);
  if (!calendar.closures.empty()) blocks = Difference(blocks, calendar.closures);
  return blocks;
}

std::vector<Interval> OpenBlocksIn(const Calendar& calendar, const TimeZone& zone,
                                   const Interval& range) {
  const Instant end = range.end + kDurationMax;
  Instant start = range.start - kFirstLookBack;
  std::vector<Interval> blocks = OpenWithin(calendar, zone, {start, end});
  if (!blocks.empty() && blocks.front().start == start && blocks.front().end > range.start) {
    start = GridAnchor(range.start);
    blocks = OpenWithin(calendar, zone, {start, end});
  }
  std::erase_if(blocks, [&](const Interval& block) { return !Overlaps(block, range); });
  return blocks;
}

std::optional<DailyCap> CapOf(const Calendar& calendar, const Wanted& wanted, const TimeZone& zone,
                              Instant first_start, Instant last_start) {
  if (!calendar.schedule.daily_cap) return std::nullopt;
  return DailyCap(*calendar.schedule.daily_cap, calendar, wanted, zone, first_start, last_start);
}

// Starts step by step from `first` to before `until`.
struct GridRun {
  Instant first;
  Instant until;
};

// Calls `visit` with runs of the starts of `block`'s grid in [first, last] at which the service
// fits into the block, ascending.
template <typename Visit>
void ForEachGridRun(const Interval& block, const BookingRules& rules, Instant first, Instant last,
                    Visit visit) {
  last = std::min(last, block.end - rules.duration);
  Instant from = std::max(first, block.start);
  while (from <= last) {
    const Instant week = WeekOf(from);
    const Instant origin = std::max(block.start, week - kWeek);
    GridRun run{from, std::min(last + kSecond, week + kWeek)};
    if (from != origin) {  // Blocks mostly start on their own grid: spare the division.
      const seconds past = (from - origin) % rules.step;
      if (past != seconds{0}) run.first += rules.step - past;
    }
    if (run.first < run.until) visit(run);
    from = week + kWeek;
  }
}

bool IsOnGrid(const Interval& block, const BookingRules& rules, Instant start) {
  bool on_grid = false;
  ForEachGridRun(block, rules, start, start, [&](const GridRun&) { on_grid = true; });
  return on_grid;
}

const Interval* BlockOf(const std::vector<Interval>& blocks, const Interval& asked) {
  const auto block = std::find_if(blocks.begin(), blocks.end(), [&](const Interval& candidate) {
    return Contains(candidate, asked);
  });
  return block == blocks.end() ? nullptr : &*block;
}

// Adds the starts of the sessions that `wanted` may join, each inside a block.
void AddSeats(const Calendar& calendar, const Wanted& wanted, const std::vector<Interval>& blocks,
              Instant first, Instant last, std::vector<Instant>& starts) {
  const auto middle = static_cast<std::ptrdiff_t>(starts.size());
  for (const GroupSession& session : OpenSessions(calendar, wanted, first, last)) {
    if (BlockOf(blocks, session.interval) == nullptr) continue;
    starts.push_back(session.interval.start);
  }
  std::inplace_merge(starts.begin(), starts.begin() + middle, starts.end());
}

}  // namespace

Interval HoldOf(const BookingRules& rules, Instant start) {
  return {start - rules.buffer_before, start + rules.duration + rules.buffer_after};
}

std::vector<Interval> OpenBlocks(const Calendar& calendar, const Interval& range) {
  const std::optional<TimeZone> zone = ZoneOf(calendar);
  return zone ? OpenBlocksIn(calendar, *zone, range) : std::vector<Interval>();
}

std::vector<Interval> BusyTimes(const Calendar& calendar, const Interval& range) {
  std::vector<Interval> busy;
  for (const Hold& hold : calendar.holds) AppendMerged(busy, Intersection(hold.hold, range));
  return busy;
}

bool IsOpen(const Calendar& calendar, const Interval& interval) {
  const auto blocks = OpenBlocks(calendar, interval);
  return std::any_of(blocks.begin(), blocks.end(),
                     [&](const Interval& block) { return Contains(block, interval); });
}

std::vector<Instant> BookableStarts(const Calendar& calendar, const Wanted& wanted,
                                    const Interval& range, Instant now) {
  const BookingRules& rules = wanted.rules;
  const std::optional<TimeZone> zone = ZoneOf(calendar);
  // Lengths that are none come from damaged rows alone.
  if (!zone || rules.duration <= Minutes{0} || rules.step <= Minutes{0}) return {};
  const Instant first = std::max(range.start, now + rules.minimum_notice);
  const Instant last = std::min(range.end - kSecond, now + rules.horizon);
  std::vector<Instant> starts;
  if (first > last) return starts;
  const std::vector<Interval> blocks = OpenBlocksIn(calendar, *zone, {first, last + kSecond});
  seconds open{0};
  for (const Interval& block : blocks) open += block.end - block.start;
  starts.reserve(static_cast<std::size_t>(open / rules.step) + blocks.size());
  Occupancy occupancy(calendar, wanted, first);
  std::optional<DailyCap> cap = CapOf(calendar, wanted, *zone, first, last);
  const seconds step = rules.step;
  const auto append = [&](const GridRun& run) {
    Instant start = run.first;
    while (start < run.until) {
      const bool is_free = occupancy.FreeAt(start);
      const Instant same_until = std::min(run.until, occupancy.same_until());
      if (!is_free) {
        while (start < same_until) start += step;
      } else {
        for (; start < same_until; start += step) {
          if (!cap || !cap->ReachedAt(start)) starts.push_back(start);
        }
      }
    }
  };
  for (const Interval& block : blocks) ForEachGridRun(block, rules, first, last, append);
  AddSeats(calendar, wanted, blocks, first, last, starts);
  return starts;
}

absl::Status CheckBookable(const Calendar& calendar, const Wanted& wanted, Instant start,
                           Instant now) {
  const BookingRules& rules = wanted.rules;
  if (start < now + rules.minimum_notice) return Error(Reason::kNoticeTooShort);
  if (start > now + rules.horizon) return Error(Reason::kBeyondHorizon);
  const std::optional<TimeZone> zone = ZoneOf(calendar);
  if (!zone || rules.duration <= Minutes{0} || rules.step <= Minutes{0}) {
    return Error(Reason::kOutsideOpenHours);
  }
  const std::vector<Interval> blocks = OpenBlocksIn(calendar, *zone, {start, start + kSecond});
  const std::optional<GroupSession> session = SessionAt(calendar, wanted, start);
  if (session && !session->has_loner) {  // It is where it is, full or not.
    if (BlockOf(blocks, session->interval) == nullptr) return Error(Reason::kOutsideOpenHours);
    return MayJoin(*session, wanted) ? absl::OkStatus() : Error(Reason::kSlotTaken);
  }
  const Interval* const block = BlockOf(blocks, {start, start + rules.duration});
  if (block == nullptr) return Error(Reason::kOutsideOpenHours);
  if (!IsOnGrid(*block, rules, start)) return Error(Reason::kOffGrid);
  if (!Occupancy(calendar, wanted, start).FreeAt(start)) return Error(Reason::kSlotTaken);
  std::optional<DailyCap> cap = CapOf(calendar, wanted, *zone, start, start);
  if (cap && cap->ReachedAt(start)) return Error(Reason::kDailyCapReached);
  return absl::OkStatus();
}

Placement PlacementAt(const Calendar& calendar, const Wanted& wanted, Instant start) {
  const std::optional<GroupSession> session = SessionAt(calendar, wanted, start);
  if (session && MayJoin(*session, wanted)) {
    return {session->interval, session->hold, session->capacity};
  }
  const BookingRules& rules = wanted.rules;
  return {{start, start + rules.duration}, HoldOf(rules, start), rules.capacity};
}

std::vector<Interval> OtherLengths(const Calendar& calendar, const Wanted& wanted,
                                   std::span<const Instant> starts) {
  std::vector<Interval> others;
  if (starts.empty()) return others;
  for (const GroupSession& session :
       OpenSessions(calendar, wanted, starts.front(), starts.back())) {
    const Interval& interval = session.interval;
    if (interval.end - interval.start == wanted.rules.duration) continue;
    if (std::binary_search(starts.begin(), starts.end(), interval.start)) {
      others.push_back(interval);
    }
  }
  return others;
}

std::vector<int> SeatsLeft(const Calendar& calendar, const Wanted& wanted,
                           std::span<const Instant> starts) {
  std::vector<int> seats(starts.size(), wanted.rules.capacity);
  if (starts.empty()) return seats;
  for (const GroupSession& session :
       OpenSessions(calendar, wanted, starts.front(), starts.back())) {
    const auto at = std::lower_bound(starts.begin(), starts.end(), session.interval.start);
    if (at == starts.end() || *at != session.interval.start) continue;
    seats[static_cast<std::size_t>(at - starts.begin())] = session.capacity - session.members;
  }
  return seats;
}

absl::Status CheckFree(const Calendar& calendar, const Wanted& wanted, Instant start) {
  const std::optional<GroupSession> session = SessionAt(calendar, wanted, start);
  const bool has_room =
      session ? MayJoin(*session, wanted) : Occupancy(calendar, wanted, start).FreeAt(start);
  return has_room ? absl::OkStatus() : Error(Reason::kSlotTaken);
}

std::vector<Instant> NearestStarts(const Calendar& calendar, const Wanted& wanted,
                                   Instant wanted_start, int count, Instant now) {
  const Interval nearby{wanted_start - kNearby, wanted_start + kNearby + kSecond};
  std::vector<Instant> starts = BookableStarts(calendar, wanted, nearby, now);
  const auto wanted_count = static_cast<std::size_t>(std::max(count, 0));
  // The nearest are neighbours in time: drop the further end until few enough are left.
  auto first = starts.begin();
  auto last = starts.end();
  while (static_cast<std::size_t>(last - first) > wanted_count) {
    if (*(last - 1) - wanted_start >= wanted_start - *first) {
      --last;
    } else {
      ++first;
    }
  }
  return {first, last};
}

}  // namespace kalends::core
