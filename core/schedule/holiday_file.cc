#include "core/schedule/holiday_file.h"

#include <libical/ical.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/schedule/calendar_text.h"
#include "core/schedule/yearly_rule.h"

namespace kalends::core {
namespace {

using date::days;

// Dates that rules are asked about, of all entries together.
constexpr std::int64_t kRuleDatesMax = 3'000'000;
// What ends a minute before midnight is meant to last until midnight.
constexpr std::chrono::seconds kMidnightSlack{60};

struct ComponentCloser {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, ComponentCloser>;

absl::StatusOr<Component> Parse(std::string_view bytes) {
  ASSIGN_OR_RETURN(const std::string text, CalendarText(bytes));
  Component root(icalparser_parse_string(text.c_str()));
  if (root == nullptr) return NoCalendar();
  const icalcomponent_kind kind = icalcomponent_isa(root.get());
  const bool holds_some =
      kind == ICAL_VCALENDAR_COMPONENT ||
      icalcomponent_get_first_component(root.get(), ICAL_VCALENDAR_COMPONENT) != nullptr;
  if (!holds_some) return NoCalendar();
  return root;
}

// At most kLabelCharsMax characters of it; nothing, where it cannot be a label.
std::string LabelOf(icalcomponent* event) {
  const char* const summary = icalcomponent_get_summary(event);
  if (summary == nullptr) return {};
  std::string label = CleanLine(summary);
  std::size_t chars = 0, end = 0;
  for (; end < label.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(label[end]) & 0xC0U) != 0x80U;
    if (begins && ++chars > kLabelCharsMax) break;
  }
  label = CleanLine(label.substr(0, end));
  return CheckText("label", label, 0, kLabelCharsMax).ok() ? label : std::string();
}

// A moment of the file: its date, and for a DATE-TIME the instant.
struct Moment {
  date::local_days date;
  std::optional<Instant> instant;
};

Instant InstantIn(const TimeZone& zone, date::local_seconds wall) {
  const std::vector<Instant> instants = zone.FromLocal(wall);
  // What a clock skips begins when the date does, or an hour on: the difference covers no date.
  return instants.empty() ? zone.StartOfDay(date::floor<days>(wall)) : instants.front();
}

std::optional<Moment> MomentOf(icalproperty* property, const icaltimetype& time,
                               const TimeZone& zone) {
  const date::year_month_day ymd{date::year(time.year),
                                 date::month(static_cast<unsigned>(time.month)),
                                 date::day(static_cast<unsigned>(time.day))};
  const bool in_range = time.year >= 1 && time.year <= 9999 && time.month > 0 && time.day > 0;
  if (icaltime_is_null_time(time) != 0 || !in_range || !ymd.ok()) return std::nullopt;
  const date::local_days date(ymd);
  if (time.is_date != 0) return Moment{date, std::nullopt};
  const bool is_clock = time.hour >= 0 && time.hour <= 24 && time.minute >= 0 && time.minute < 60 &&
                        time.second >= 0 && time.second <= 60;
  if (!is_clock) return std::nullopt;
  const date::local_seconds wall = date + std::chrono::hours(time.hour) +
                                   std::chrono::minutes(time.minute) +
                                   std::chrono::seconds(time.second);
  TimeZone from = zone;
  icalparameter* const named = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
  const char* const name = named == nullptr ? nullptr : icalparameter_get_tzid(named);
  if (icaltime_is_utc(time)) {
    from = TimeZone::Utc();
  } else if (name != nullptr) {
    from = TimeZone::Find(name).value_or(zone);
  }
  const Instant instant = InstantIn(from, wall);
  return Moment{LocalDateAt(zone, instant), instant};
}

std::optional<Moment> MomentIn(icalcomponent* event, icalproperty_kind kind, const TimeZone& zone) {
  icalproperty* const property = icalcomponent_get_first_property(event, kind);
  if (property == nullptr) return std::nullopt;
  const icalvalue* const value = icalproperty_get_value(property);
  if (value == nullptr) return std::nullopt;
  const icalvalue_kind what = icalvalue_isa(value);
  if (what == ICAL_DATE_VALUE) return MomentOf(property, icalvalue_get_date(value), zone);
  if (what == ICAL_DATETIME_VALUE) return MomentOf(property, icalvalue_get_datetime(value), zone);
  return std::nullopt;
}

// The dates of all properties of a kind, EXDATE say: each its own date or date and time.
std::set<date::local_days> DatesOf(icalcomponent* event, icalproperty_kind kind,
                                   const TimeZone& zone) {
  std::set<date::local_days> dates;
  for (icalproperty* property = icalcomponent_get_first_property(event, kind); property != nullptr;
       property = icalcomponent_get_next_property(event, kind)) {
    const icalvalue* const value = icalproperty_get_value(property);
    if (value == nullptr) continue;
    const icalvalue_kind what = icalvalue_isa(value);
    std::optional<Moment> moment;
    if (what == ICAL_DATE_VALUE) moment = MomentOf(property, icalvalue_get_date(value), zone);
    if (what == ICAL_DATETIME_VALUE) {
      moment = MomentOf(property, icalvalue_get_datetime(value), zone);
    }
    if (what == ICAL_DATETIMEPERIOD_VALUE) {
      moment = MomentOf(property, icalvalue_get_datetimeperiod(value).time, zone);
    }
    if (moment) dates.insert(moment->date);
  }
  return dates;
}

// The first date and how many it covers; 0: none wholly.
struct Cover {
  date::local_days first;
  std::int64_t count = 0;
};

std::chrono::seconds DurationOf(icalcomponent* event) {
  icalproperty* const property = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY);
  if (property == nullptr) return std::chrono::seconds(0);
  return std::chrono::seconds(icaldurationtype_as_int(icalproperty_get_duration(property)));
}

std::optional<Cover> CoverOf(icalcomponent* event, const TimeZone& zone) {
  const auto start = MomentIn(event, ICAL_DTSTART_PROPERTY, zone);
  if (!start) return std::nullopt;
  const auto end = MomentIn(event, ICAL_DTEND_PROPERTY, zone);
  const std::chrono::seconds length = DurationOf(event);
  if (!start->instant) {
    const date::local_days behind =
        end ? end->date : start->date + std::chrono::duration_cast<days>(length);
    return Cover{start->date, std::max<std::int64_t>((behind - start->date).count(), 1)};
  }
  const Instant until =
      (end && end->instant ? *end->instant : *start->instant + length) + kMidnightSlack;
  Cover cover{start->date, 0};
  if (zone.StartOfDay(cover.first) < *start->instant) cover.first += days(1);
  while (cover.count <= kHolidayDaysMax &&
         zone.StartOfDay(cover.first + days(cover.count + 1)) <= until) {
    ++cover.count;
  }
  return cover;
}

// Of libical's arrays.
template <std::size_t kSize>
std::vector<int> PartsOf(const short (&list)[kSize]) {
  const auto end = std::find(std::begin(list), std::end(list), ICAL_RECURRENCE_ARRAY_MAX);
  return {std::begin(list), end};
}

bool IsSimple(const icalrecurrencetype& rule) {
  constexpr short kNone = ICAL_RECURRENCE_ARRAY_MAX;
  return rule.freq == ICAL_YEARLY_RECURRENCE && rule.interval >= 1 && rule.by_second[0] == kNone &&
         rule.by_minute[0] == kNone && rule.by_hour[0] == kNone && rule.by_week_no[0] == kNone &&
         rule.by_set_pos[0] == kNone && rule.rscale == nullptr;
}

std::optional<YearlyRule> RuleOf(icalproperty* property, date::local_days start,
                                 const TimeZone& zone) {
  const icalrecurrencetype read = icalproperty_get_rrule(property);
  if (!IsSimple(read)) return std::nullopt;
  YearlyRule rule;
  rule.start = start;
  rule.interval = read.interval;
  if (read.count > 0) rule.count = read.count;
  if (icaltime_is_null_time(read.until) == 0) {
    const auto until = MomentOf(property, read.until, zone);
    if (!until) return std::nullopt;
    rule.until = until->date;
  }
  for (const int month : PartsOf(read.by_month)) {
    if (month < 1 || month > 12) return std::nullopt;  // Leap months of other calendars.
    rule.months.push_back(static_cast<unsigned>(month));
  }
  rule.month_days = PartsOf(read.by_month_day);
  rule.year_days = PartsOf(read.by_year_day);
  for (const int day : PartsOf(read.by_day)) {
    const auto weekday = icalrecurrencetype_day_day_of_week(static_cast<short>(day));
    if (weekday == ICAL_NO_WEEKDAY) return std::nullopt;
    // libical counts from Sunday, which is 1.
    rule.days.push_back({date::weekday(static_cast<unsigned>(weekday) - 1),
                         icalrecurrencetype_day_position(static_cast<short>(day))});
  }
  return rule;
}

bool IsFree(icalcomponent* event) {
  icalproperty* const transparency = icalcomponent_get_first_property(event, ICAL_TRANSP_PROPERTY);
  if (transparency != nullptr && icalproperty_get_transp(transparency) == ICAL_TRANSP_TRANSPARENT) {
    return true;
  }
  // Outlook's word for it.
  for (icalproperty* property = icalcomponent_get_first_property(event, ICAL_X_PROPERTY);
       property != nullptr; property = icalcomponent_get_next_property(event, ICAL_X_PROPERTY)) {
    const char* const name = icalproperty_get_x_name(property);
    const char* const value = icalproperty_get_value_as_string(property);
    if (name != nullptr && value != nullptr &&
        std::string_view(name) == "X-MICROSOFT-CDO-BUSYSTATUS" &&
        std::string_view(value) == "FREE") {
      return true;
    }
  }
  return false;
}

class Reader {
 public:
  Reader(const HolidayWindow& window, const TimeZone& zone) : window_(window), zone_(zone) {}

  void ReadCalendar(icalcomponent* calendar) {
    const auto events = EventsOf(calendar);
    for (icalcomponent* event : events) NoteReplaced(event);
    for (icalcomponent* event : events) Read(event);
  }

  HolidayFile Take() {
    HolidayFile file;
    for (auto& [date, holiday] : holidays_) file.holidays.push_back(std::move(holiday));
    file.skipped = std::move(skipped_);
    return file;
  }

 private:
  static std::vector<icalcomponent*> EventsOf(icalcomponent* calendar) {
    std::vector<icalcomponent*> events;
    for (icalcomponent* event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
         event != nullptr;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
      events.push_back(event);
    }
    return events;
  }

  static std::string UidOf(icalcomponent* event) {
    const char* const uid = icalcomponent_get_uid(event);
    return uid == nullptr ? std::string() : uid;
  }

  // What stands in place of a date of another entry takes it from that one.
  void NoteReplaced(icalcomponent* event) {
    const auto replaced = MomentIn(event, ICAL_RECURRENCEID_PROPERTY, zone_);
    if (replaced) replaced_[UidOf(event)].insert(replaced->date);
  }

  void Skip(icalcomponent* event, Skipped why) {
    if (skipped_.size() < kSkippedEntriesMax) skipped_.push_back({LabelOf(event), why});
  }

  void Read(icalcomponent* event) {
    if (icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED) return;
    const auto cover = CoverOf(event, zone_);
    if (!cover) return Skip(event, Skipped::kUnreadable);
    if (cover->count == 0) return Skip(event, Skipped::kPartOfDay);
    if (cover->count > kHolidayDaysMax) return Skip(event, Skipped::kTooLong);
    const auto starts = StartsOf(event, *cover);
    if (!starts) return Skip(event, Skipped::kRule);
    const std::string label = LabelOf(event);
    const bool is_free = IsFree(event);
    for (const date::local_days start : *starts) {
      for (std::int64_t i = 0; i < cover->count; ++i) Put({start + days(i), label, is_free});
    }
  }

  // The first dates of all that the entry stands for; nullopt: its rule is not looked at.
  std::optional<std::set<date::local_days>> StartsOf(icalcomponent* event, const Cover& cover) {
    std::set<date::local_days> starts = DatesOf(event, ICAL_RDATE_PROPERTY, zone_);
    icalproperty* const property = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
    if (property == nullptr) {
      starts.insert(cover.first);
    } else {
      const auto rule = RuleOf(property, cover.first, zone_);
      if (!rule) return std::nullopt;
      const date::local_days from = window_.first - days(cover.count);
      const date::local_days walked_from = rule->count ? rule->start : std::max(from, rule->start);
      rule_dates_ += std::max<std::int64_t>((window_.last - walked_from).count(), 0);
      if (rule_dates_ > kRuleDatesMax) return std::nullopt;
      const auto named = DatesIn(*rule, from, window_.last);
      starts.insert(named.begin(), named.end());
    }
    for (const date::local_days out : DatesOf(event, ICAL_EXDATE_PROPERTY, zone_)) {
      starts.erase(out);
    }
    const bool stands_in = MomentIn(event, ICAL_RECURRENCEID_PROPERTY, zone_).has_value();
    const auto replaced = replaced_.find(UidOf(event));
    if (!stands_in && replaced != replaced_.end()) {
      for (const date::local_days out : replaced->second) starts.erase(out);
    }
    return starts;
  }

  void Put(Holiday holiday) {
    if (holiday.date < window_.first || holiday.date > window_.last) return;
    const auto [there, is_new] = holidays_.try_emplace(holiday.date, holiday);
    if (!is_new && there->second.is_free && !holiday.is_free) there->second = std::move(holiday);
  }

  const HolidayWindow window_;
  const TimeZone zone_;
  std::map<date::local_days, Holiday> holidays_;
  std::vector<SkippedEntry> skipped_;
  std::map<std::string, std::set<date::local_days>> replaced_;  // By UID.
  std::int64_t rule_dates_ = 0;
};

}  // namespace

absl::StatusOr<HolidayFile> ReadHolidayFile(std::string_view bytes, const HolidayWindow& window,
                                            const TimeZone& zone) {
  ASSIGN_OR_RETURN(const Component root, Parse(bytes));
  Reader reader(window, zone);
  if (icalcomponent_isa(root.get()) == ICAL_VCALENDAR_COMPONENT) {
    reader.ReadCalendar(root.get());
  } else {
    for (icalcomponent* calendar =
             icalcomponent_get_first_component(root.get(), ICAL_VCALENDAR_COMPONENT);
         calendar != nullptr;
         calendar = icalcomponent_get_next_component(root.get(), ICAL_VCALENDAR_COMPONENT)) {
      reader.ReadCalendar(calendar);
    }
  }
  return reader.Take();
}

}  // namespace kalends::core
