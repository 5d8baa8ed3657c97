#include "tests/support/reference_availability.h"

#include <algorithm>
#include <set>
#include <utility>

namespace kalends::core {
namespace {

using date::days;

constexpr Minutes kMinute{1};
constexpr Minutes kDay{24 * 60};

std::vector<const SpecialDate*> SpecialsOn(const Schedule& schedule, date::local_days date) {
  std::vector<const SpecialDate*> own;
  std::vector<const SpecialDate*> yearly;
  const date::year_month_day day(date);
  for (const SpecialDate& special : schedule.special_dates) {
    const date::year_month_day origin(special.date);
    if (!special.repeats_yearly && special.date == date) own.push_back(&special);
    if (special.repeats_yearly && origin.month() == day.month() && origin.day() == day.day()) {
      yearly.push_back(&special);
    }
  }
  return own.empty() ? yearly : own;
}

bool IsWeekOf(WeekParity parity, const Schedule& schedule, date::local_days date) {
  if (parity == WeekParity::kEvery) return true;
  const int weeks = date::floor<date::weeks>(date - schedule.week_a_monday).count();
  return (weeks % 2 == 0) == (parity == WeekParity::kA);
}

std::vector<LocalHours> WeeklyOn(const Schedule& schedule, date::local_days date) {
  std::vector<LocalHours> hours;
  for (const WeeklyHours& weekly : schedule.weekly) {
    if (weekly.weekday != date::weekday(date)) continue;
    if (IsWeekOf(weekly.parity, schedule, date)) hours.push_back(weekly.hours);
  }
  return hours;
}

// Whether a time of the date itself, or of the next date (then from 24:00 on), is inside.
bool IsInside(const LocalHours& hours, Minutes since_midnight) {
  const Minutes end = hours.end <= hours.start ? hours.end + kDay : hours.end;
  return since_midnight >= hours.start && since_midnight < end;
}

bool IsCounted(const Hold& hold, const Wanted& wanted) {
  return !wanted.ignore || hold.appointment != *wanted.ignore;
}

// A grid is never counted from before the Monday 00:00 UTC of the week before.
Instant FurthestOrigin(Instant start) {
  Instant monday = date::floor<days>(start);
  while (date::weekday(date::floor<days>(monday)) != date::Monday) monday -= days{1};
  return monday - days{7};
}

}  // namespace

ReferenceAvailability::ReferenceAvailability(const Calendar& calendar)
    : calendar_(calendar), zone_(TimeZone::Find(calendar.schedule.time_zone).value()) {}

bool ReferenceAvailability::IsOpen(Instant instant) {
  const auto known = open_.find(instant);
  if (known != open_.end()) return known->second;
  return open_[instant] = ReadsOpen(instant);
}

bool ReferenceAvailability::ReadsOpen(Instant instant) {
  for (const Interval& closure : calendar_.closures) {
    if (instant >= closure.start && instant < closure.end) return false;
  }
  for (const Interval& opening : calendar_.openings) {
    if (instant >= opening.start && instant < opening.end) return true;
  }
  const date::local_seconds wall = zone_.ToLocal(instant);
  const date::local_days today = date::floor<days>(wall);
  const Minutes now = date::floor<Minutes>(wall - today);
  if (IsInHours(today, now)) return true;
  const date::local_days yesterday = today - days{1};
  if (!Exists(yesterday)) return false;
  const bool replaced = !SpecialsOn(calendar_.schedule, today).empty() &&
                        SpecialsOn(calendar_.schedule, yesterday).empty();
  return !replaced && IsInHours(yesterday, now + kDay);
}

bool ReferenceAvailability::Exists(date::local_days date) {
  const auto known = exists_.find(date);
  if (known != exists_.end()) return known->second;
  const Instant noon(date.time_since_epoch() + std::chrono::hours{12});
  bool exists = false;
  for (Instant at = noon - days{2}; at < noon + days{2}; at += Minutes{5}) {
    exists = exists || date::floor<days>(zone_.ToLocal(at)) == date;
  }
  return exists_[date] = exists;
}

bool ReferenceAvailability::IsInHours(date::local_days date, Minutes since_midnight) {
  const auto specials = SpecialsOn(calendar_.schedule, date);
  for (const SpecialDate* special : specials) {
    for (const LocalHours& hours : special->hours) {
      if (IsInside(hours, since_midnight)) return true;
    }
  }
  if (!specials.empty()) return false;
  for (const LocalHours& hours : WeeklyOn(calendar_.schedule, date)) {
    if (IsInside(hours, since_midnight)) return true;
  }
  return false;
}

bool ReferenceAvailability::IsBookable(const Wanted& wanted, Instant start, Instant open_since,
                                       Instant now) {
  const BookingRules& rules = wanted.rules;
  if (start < now + rules.minimum_notice || start > now + rules.horizon) return false;
  if (HasSeat(wanted, start)) {
    const Interval session = Members(wanted, start).front().interval;
    for (Instant at = start; at < session.end; at += kMinute) {
      if (!IsOpen(at)) return false;
    }
    return true;
  }
  const Instant origin = std::max(open_since, FurthestOrigin(start));
  if ((start - origin) % rules.step != Minutes{0}) return false;
  for (Instant at = start; at < start + rules.duration; at += kMinute) {
    if (!IsOpen(at)) return false;
  }
  return HasRoom(wanted, start) && IsWithinCap(wanted, start);
}

// Who is in the session at `start`, the appointment that is being moved first.
std::vector<Hold> ReferenceAvailability::Members(const Wanted& wanted, Instant start) const {
  std::vector<Hold> members;
  for (const Hold& hold : calendar_.holds) {
    if (!wanted.service || hold.service != wanted.service || hold.interval.start != start) continue;
    members.insert(IsCounted(hold, wanted) ? members.end() : members.begin(), hold);
  }
  return members;
}

bool ReferenceAvailability::HasSeat(const Wanted& wanted, Instant start) const {
  const std::vector<Hold> members = Members(wanted, start);
  if (members.empty()) return false;
  for (const Hold& member : members) {
    if (member.capacity == 1) return false;  // Somebody is alone.
  }
  const Hold& first = members.front();
  // Who sits there with others stays; alone there, it begins anew wherever it goes.
  if (!IsCounted(first, wanted)) return members.size() > 1;
  for (const Hold& member : members) {
    const bool alike = member.interval == first.interval && member.hold == first.hold &&
                       member.capacity == first.capacity;
    if (!alike) return false;
  }
  if (static_cast<int>(members.size()) >= first.capacity) return false;
  // Who moves keeps the length, and stays alone who was.
  return !wanted.ignore || (wanted.rules.capacity > 1 &&
                            first.interval.end - first.interval.start == wanted.rules.duration);
}

bool ReferenceAvailability::HasRoom(const Wanted& wanted, Instant start) const {
  const BookingRules& rules = wanted.rules;
  for (const Hold& hold : calendar_.holds) {
    if (!IsCounted(hold, wanted)) continue;
    if (hold.hold.end <= start - rules.buffer_before) continue;
    if (hold.hold.start >= start + rules.duration + rules.buffer_after) continue;
    return false;
  }
  return true;
}

bool ReferenceAvailability::IsWithinCap(const Wanted& wanted, Instant start) const {
  if (!calendar_.schedule.daily_cap) return true;
  int alone = 0;
  std::set<std::pair<std::int64_t, Instant>> shared;
  for (const Hold& hold : calendar_.holds) {
    if (!IsCounted(hold, wanted)) continue;
    if (LocalDateAt(zone_, hold.interval.start) != LocalDateAt(zone_, start)) continue;
    if (hold.service) {
      shared.emplace(hold.service->value, hold.interval.start);
    } else {
      ++alone;
    }
  }
  return alone + static_cast<int>(shared.size()) < *calendar_.schedule.daily_cap;
}

std::vector<Instant> ReferenceAvailability::Starts(const Wanted& wanted, const Interval& range,
                                                   Instant now) {
  std::vector<Instant> starts;
  Instant open_since = range.start;
  while (open_since > FurthestOrigin(range.start) && IsOpen(open_since - kMinute)) {
    open_since -= kMinute;
  }
  for (Instant start = range.start; start < range.end; start += kMinute) {
    if (IsBookable(wanted, start, open_since, now)) starts.push_back(start);
    if (!IsOpen(start)) open_since = start + kMinute;
  }
  return starts;
}

}  // namespace kalends::core
