#include "adapters/busy/busy_times.h"

#include <libical/ical.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "adapters/busy/calendar_lines.h"
#include "adapters/busy/recurrence.h"

namespace kalends::busy {
namespace {

using date::days;
using date::local_seconds;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr std::string_view kOurs = "@kalends";
// What lasts longer is not looked for before the window.
constexpr days kLongest{3660};

struct ComponentCloser {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, ComponentCloser>;

// A point of a clock and its zone.
struct Moment {
  local_seconds wall;
  Zone zone;
  bool is_date = false;

  sys_seconds instant() const { return zone.ToInstant(wall); }
};

// How long an entry lasts: days by the clock, and on top of them real time.
struct Length {
  days by_clock{0};
  seconds real{0};
};

// What an entry with THISANDFUTURE makes of those from `from` on.
struct Change {
  sys_seconds from;
  seconds shift{0};  // By the clock.
  Length length;
  bool is_free = false;
};

// What entries with a RECURRENCE-ID do to the one with the rule.
struct Replaced {
  std::set<sys_seconds> instants;
  std::set<local_seconds> dates;
  std::vector<Change> changes;  // By `from`.
};

const char* TextOf(icalcomponent* event, icalproperty_kind kind) {
  icalproperty* const property = icalcomponent_get_first_property(event, kind);
  return property == nullptr ? nullptr : icalproperty_get_value_as_string(property);
}

std::string UidOf(icalcomponent* event) {
  const char* const uid = icalcomponent_get_uid(event);
  return uid == nullptr ? std::string() : uid;
}

bool IsFree(icalcomponent* event) {
  if (icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED) return true;
  const char* const transparency = TextOf(event, ICAL_TRANSP_PROPERTY);
  if (transparency != nullptr && std::string_view(transparency) == "TRANSPARENT") return true;
  for (icalproperty* property = icalcomponent_get_first_property(event, ICAL_X_PROPERTY);
       property != nullptr; property = icalcomponent_get_next_property(event, ICAL_X_PROPERTY)) {
    const char* const value = icalproperty_get_x(property);
    if (value != nullptr && std::string_view(value) == "FREE") return true;  // Outlook's.
  }
  return false;
}

class Reader {
 public:
  explicit Reader(const ReadOptions& options) : options_(options), zones_(options.zone) {}

  absl::Status ReadCalendar(icalcomponent* calendar) {
    zones_.Learn(calendar);
    const auto events = PartsOf(calendar, ICAL_VEVENT_COMPONENT);
    for (icalcomponent* event : events) NoteReplaced(event);
    for (auto& [uid, replaced] : replaced_) {
      std::sort(replaced.changes.begin(), replaced.changes.end(),
                [](const Change& a, const Change& b) { return a.from < b.from; });
    }
    for (icalcomponent* event : events) {
      const absl::Status read = ReadEvent(event);
      if (!read.ok()) return read;
    }
    for (icalcomponent* part : PartsOf(calendar, ICAL_VFREEBUSY_COMPONENT)) ReadFreeBusy(part);
    return absl::OkStatus();
  }

  absl::StatusOr<ReadTimes> Take() {
    ReadTimes read{Merged(std::move(times_), options_.window), skipped_};
    if (read.times.size() > kTimesMax) return absl::OutOfRangeError("too many times");
    return read;
  }

 private:
  static std::vector<icalcomponent*> PartsOf(icalcomponent* calendar, icalcomponent_kind kind) {
    std::vector<icalcomponent*> parts;
    for (icalcomponent* part = icalcomponent_get_first_component(calendar, kind); part != nullptr;
         part = icalcomponent_get_next_component(calendar, kind)) {
      parts.push_back(part);
    }
    return parts;
  }

  Zone ZoneOf(icalproperty* property, const icaltimetype& time) {
    if (icaltime_is_utc(time)) return Utc();
    icalparameter* const named = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    const char* const name = named == nullptr ? nullptr : icalparameter_get_tzid(named);
    return name == nullptr || time.is_date != 0 ? zones_.own() : zones_.Named(name);
  }

  std::optional<Moment> MomentOf(icalproperty* property, const icaltimetype& time) {
    const auto wall = WallOf(time);
    if (!wall) return std::nullopt;
    return Moment{*wall, ZoneOf(property, time), time.is_date != 0};
  }

  // libical keeps the time of a value that it could read as a date or as a date and time.
  std::optional<Moment> MomentIn(icalproperty* property) {
    const icalvalue* const value = property == nullptr ? nullptr : icalproperty_get_value(property);
    if (value == nullptr) return std::nullopt;
    switch (icalvalue_isa(value)) {
      case ICAL_DATE_VALUE:
        return MomentOf(property, icalvalue_get_date(value));
      case ICAL_DATETIME_VALUE:
        return MomentOf(property, icalvalue_get_datetime(value));
      case ICAL_DATETIMEPERIOD_VALUE:
        return MomentOf(property, icalvalue_get_datetimeperiod(value).time);
      default:
        return std::nullopt;
    }
  }

  std::optional<Moment> MomentIn(icalcomponent* event, icalproperty_kind kind) {
    return MomentIn(icalcomponent_get_first_property(event, kind));
  }

  static Length LengthOf(const icaldurationtype& duration) {
    if (icaldurationtype_is_bad_duration(duration) != 0 || duration.is_neg != 0) return {};
    const auto by_clock = std::min<std::int64_t>(
        std::int64_t{duration.weeks} * 7 + std::int64_t{duration.days}, kLongest.count());
    const seconds real = std::chrono::hours(duration.hours) +
                         std::chrono::minutes(duration.minutes) + seconds(duration.seconds);
    return {days(by_clock), std::min<seconds>(real, kLongest)};
  }

  Length LengthOf(icalcomponent* event, const Moment& start) {
    if (const auto end = MomentIn(event, ICAL_DTEND_PROPERTY)) {
      if (start.is_date) {
        const auto count = std::chrono::duration_cast<days>(end->wall - start.wall);
        return {std::clamp(count, days(1), kLongest), seconds(0)};
      }
      const seconds real = end->instant() - start.instant();
      return {days(0), std::clamp<seconds>(real, seconds(0), kLongest)};
    }
    icalproperty* const property = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY);
    Length length;
    if (property != nullptr) length = LengthOf(icalproperty_get_duration(property));
    if (start.is_date && length.by_clock < days(1)) length.by_clock = days(1);
    return length;
  }

  static bool HasRange(icalproperty* property) {
    icalparameter* const range = icalproperty_get_first_parameter(property, ICAL_RANGE_PARAMETER);
    return range != nullptr && icalparameter_get_range(range) == ICAL_RANGE_THISANDFUTURE;
  }

  void NoteReplaced(icalcomponent* event) {
    icalproperty* const property =
        icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY);
    const auto replaced = MomentIn(property);
    if (!replaced) return;
    Replaced& all = replaced_[UidOf(event)];
    if (replaced->is_date) {
      all.dates.insert(replaced->wall);
    } else {
      all.instants.insert(replaced->instant());
    }
    const auto start = MomentIn(event, ICAL_DTSTART_PROPERTY);
    if (!start || !HasRange(property)) return;
    const sys_seconds from = replaced->instant();
    all.changes.push_back(
        {from, start->wall - start->zone.ToWall(from), LengthOf(event, *start), IsFree(event)});
  }

  void Close(const Zone& zone, local_seconds wall, const Length& length) {
    const sys_seconds start = zone.ToInstant(wall);
    const sys_seconds end = zone.ToInstant(wall + length.by_clock) + length.real;
    if (start >= options_.window.end || end <= options_.window.start || start >= end) return;
    times_.push_back({start, end});
  }

  absl::Status ReadEvent(icalcomponent* event) {
    const std::string uid = UidOf(event);
    if (uid.ends_with(kOurs)) return absl::OkStatus();
    const auto start = MomentIn(event, ICAL_DTSTART_PROPERTY);
    if (!start) {
      ++skipped_;
      return absl::OkStatus();
    }
    if (start->is_date && options_.all_day_free) return absl::OkStatus();
    const bool stands_in =
        icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY) != nullptr;
    const auto replaced = replaced_.find(uid);
    const bool is_changed = !stands_in && replaced != replaced_.end();
    // Of one that is free, those that follow a change may not be.
    if (IsFree(event) && !(is_changed && !replaced->second.changes.empty())) {
      return absl::OkStatus();
    }
    const Length length = LengthOf(event, *start);
    if (stands_in) {
      Close(start->zone, start->wall, length);
      return absl::OkStatus();
    }
    auto starts = StartsOfEvent(event, *start);
    if (!starts.ok()) return starts.status();
    const Change as_it_is{{}, seconds(0), length, IsFree(event)};
    static const Replaced kNothing;
    const Replaced& other = is_changed ? replaced->second : kNothing;
    TakeOut(event, *start, other, *starts);
    for (const local_seconds wall : *starts) CloseAs(other, as_it_is, start->zone, wall);
    ReadPeriods(event);
    return absl::OkStatus();
  }

  // As the last change before it says.
  void CloseAs(const Replaced& other, const Change& as_it_is, const Zone& zone,
               local_seconds wall) {
    const sys_seconds instant = zone.ToInstant(wall);
    const Change* change = &as_it_is;
    for (const Change& later : other.changes) {
      if (later.from <= instant) change = &later;
    }
    if (!change->is_free) Close(zone, wall + change->shift, change->length);
  }

  // On the clock of its start: those that the rule and RDATE name.
  absl::StatusOr<std::set<local_seconds>> StartsOfEvent(icalcomponent* event, const Moment& start) {
    std::set<local_seconds> starts{start.wall};
    // libical has one place in an entry's properties: what else is asked of it is asked before.
    const Length length = LengthOf(event, start);
    const days most_shift = MostShift(event);
    // Only what lasts long reaches into the window from long before it.
    const local_seconds window_start = start.zone.ToWall(options_.window.start);
    const local_seconds since = std::max(
        window_start - kLongest, window_start - length.by_clock -
                                     std::chrono::ceil<days>(length.real) - most_shift - days(2));
    const local_seconds to = start.zone.ToWall(options_.window.end) + days(1);
    for (icalproperty* property = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
         property != nullptr;
         property = icalcomponent_get_next_property(event, ICAL_RRULE_PROPERTY)) {
      icalrecurrencetype rule = icalproperty_get_rrule(property);
      if (!IsExpandable(rule) || !PutUntilOnClock(start, rule)) {
        ++skipped_;
        continue;
      }
      auto named = StartsOf(rule, start.wall, start.is_date, since, to, [this] { return Step(); });
      if (!named.ok()) return named.status();
      starts.insert(named->begin(), named->end());
    }
    for (icalproperty* property = icalcomponent_get_first_property(event, ICAL_RDATE_PROPERTY);
         property != nullptr;
         property = icalcomponent_get_next_property(event, ICAL_RDATE_PROPERTY)) {
      const auto added = MomentIn(property);
      if (!added) continue;
      starts.insert(added->is_date == start.is_date && start.is_date
                        ? added->wall
                        : start.zone.ToWall(added->instant()));
    }
    return starts;
  }

  // How far changes move or lengthen what follows them.
  days MostShift(icalcomponent* event) const {
    const auto replaced = replaced_.find(UidOf(event));
    days most{0};
    if (replaced == replaced_.end()) return most;
    for (const Change& change : replaced->second.changes) {
      const seconds shift = change.shift < seconds(0) ? -change.shift : change.shift;
      most = std::max(most,
                      std::chrono::ceil<days>(shift + change.length.real) + change.length.by_clock);
    }
    return std::min(most, kLongest);
  }

  // libical compares UNTIL with what it makes, whatever their zones are.
  bool PutUntilOnClock(const Moment& start, icalrecurrencetype& rule) {
    if (icaltime_is_null_time(rule.until) != 0) return true;
    const auto until = WallOf(rule.until);
    if (!until) return false;
    if (rule.until.is_date != 0) {
      // Includes that date.
      const local_seconds last = start.is_date ? *until : *until + days(1) - seconds(1);
      rule.until = ToIcal(last, start.is_date);
      return true;
    }
    const Zone zone = icaltime_is_utc(rule.until) ? Utc() : start.zone;
    local_seconds last = start.zone.ToWall(zone.ToInstant(*until));
    if (start.is_date) last = date::floor<days>(*until);
    rule.until = ToIcal(last, start.is_date);
    return true;
  }

  void TakeOut(icalcomponent* event, const Moment& start, const Replaced& other,
               std::set<local_seconds>& starts) {
    std::set<sys_seconds> instants = other.instants;
    std::set<local_seconds> dates = other.dates;
    for (icalproperty* property = icalcomponent_get_first_property(event, ICAL_EXDATE_PROPERTY);
         property != nullptr;
         property = icalcomponent_get_next_property(event, ICAL_EXDATE_PROPERTY)) {
      const auto out = MomentIn(property);
      if (!out) continue;
      if (out->is_date) {
        dates.insert(out->wall);
      } else if (start.is_date) {
        dates.insert(date::floor<days>(out->wall));
      } else {
        instants.insert(out->instant());
      }
    }
    std::erase_if(starts, [&](local_seconds wall) {
      return dates.contains(date::floor<days>(wall)) ||
             instants.contains(start.zone.ToInstant(wall));
    });
  }

  // RDATE;VALUE=PERIOD, each with a length of its own.
  void ReadPeriods(icalcomponent* event) {
    for (icalproperty* property = icalcomponent_get_first_property(event, ICAL_RDATE_PROPERTY);
         property != nullptr;
         property = icalcomponent_get_next_property(event, ICAL_RDATE_PROPERTY)) {
      const icalvalue* const value = icalproperty_get_value(property);
      const icalvalue_kind kind = value == nullptr ? ICAL_NO_VALUE : icalvalue_isa(value);
      if (kind == ICAL_PERIOD_VALUE) ReadPeriod(property, icalvalue_get_period(value));
      if (kind == ICAL_DATETIMEPERIOD_VALUE) {
        ReadPeriod(property, icalvalue_get_datetimeperiod(value).period);
      }
    }
  }

  void ReadPeriod(icalproperty* property, const icalperiodtype& period) {
    const auto start = MomentOf(property, period.start);
    if (!start) return;
    if (const auto end = MomentOf(property, period.end)) {
      Close(start->zone, start->wall, {days(0), end->instant() - start->instant()});
    } else {
      Close(start->zone, start->wall, LengthOf(period.duration));
    }
  }

  void ReadFreeBusy(icalcomponent* part) {
    for (icalproperty* property = icalcomponent_get_first_property(part, ICAL_FREEBUSY_PROPERTY);
         property != nullptr;
         property = icalcomponent_get_next_property(part, ICAL_FREEBUSY_PROPERTY)) {
      icalparameter* const type = icalproperty_get_first_parameter(property, ICAL_FBTYPE_PARAMETER);
      if (type != nullptr && icalparameter_get_fbtype(type) == ICAL_FBTYPE_FREE) continue;
      ReadPeriod(property, icalproperty_get_freebusy(property));
    }
  }

  absl::Status Step() {
    if (++steps_ > kOccurrencesMax) return absl::OutOfRangeError("too many occurrences");
    if (options_.is_over()) return absl::DeadlineExceededError("takes too long");
    return absl::OkStatus();
  }

  const ReadOptions& options_;
  Zones zones_;
  std::map<std::string, Replaced> replaced_;  // By UID.
  std::vector<BusyTime> times_;
  int skipped_ = 0;
  int steps_ = 0;
};

}  // namespace

std::vector<BusyTime> Merged(std::vector<BusyTime> times, const BusyTime& window) {
  std::sort(times.begin(), times.end(),
            [](const BusyTime& a, const BusyTime& b) { return a.start < b.start; });
  std::vector<BusyTime> merged;
  for (const BusyTime& time : times) {
    const BusyTime part{std::max(time.start, window.start), std::min(time.end, window.end)};
    if (part.start >= part.end) continue;
    if (merged.empty() || merged.back().end < part.start) {
      merged.push_back(part);
    } else {
      merged.back().end = std::max(merged.back().end, part.end);
    }
  }
  return merged;
}

absl::StatusOr<ReadTimes> ReadBusyTimes(std::string_view bytes, const ReadOptions& options) {
  const auto lines = BusyLines(bytes);
  if (!lines.ok()) return lines.status();
  const Component root(icalparser_parse_string(lines->c_str()));
  if (root == nullptr) return absl::InvalidArgumentError("no calendar");
  Reader reader(options);
  if (icalcomponent_isa(root.get()) == ICAL_VCALENDAR_COMPONENT) {
    const absl::Status read = reader.ReadCalendar(root.get());
    if (!read.ok()) return read;
    return reader.Take();
  }
  for (icalcomponent* calendar =
           icalcomponent_get_first_component(root.get(), ICAL_VCALENDAR_COMPONENT);
       calendar != nullptr;
       calendar = icalcomponent_get_next_component(root.get(), ICAL_VCALENDAR_COMPONENT)) {
    const absl::Status read = reader.ReadCalendar(calendar);
    if (!read.ok()) return read;
  }
  return reader.Take();
}

}  // namespace kalends::busy
