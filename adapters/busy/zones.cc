#include "adapters/busy/zones.h"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <charconv>
#include <stdexcept>

#include "adapters/busy/recurrence.h"

namespace kalends::busy {
namespace {

constexpr std::size_t kNameBytesMax = 200;
constexpr std::size_t kZonesMax = 100;  // Of one file.
constexpr int kObservancesMax = 40;     // Of one VTIMEZONE.

const date::time_zone* Located(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

// "UTC", "UTC+05:45".
std::optional<std::chrono::seconds> OffsetOf(std::string_view name) {
  if (!name.starts_with("UTC")) return std::nullopt;
  name.remove_prefix(3);
  if (name.empty()) return std::chrono::seconds(0);
  const bool has_form = name.size() == 6 && (name[0] == '+' || name[0] == '-') && name[3] == ':';
  int hours = 0, minutes = 0;
  if (!has_form) return std::nullopt;
  const auto read = [](std::string_view digits, int& number) {
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return end.ec == std::errc() && end.ptr == digits.data() + digits.size();
  };
  if (!read(name.substr(1, 2), hours) || !read(name.substr(4), minutes)) return std::nullopt;
  const auto offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  return name[0] == '-' ? -offset : offset;
}

std::optional<std::string> OfWindows(const std::string& name) {
  icu::UnicodeString id;
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone::getIDForWindowsID(icu::UnicodeString::fromUTF8(name), nullptr, id, status);
  if (U_FAILURE(status) || id.isEmpty()) return std::nullopt;
  std::string found;
  id.toUTF8String(found);
  return found;
}

// libical works a zone's rules out by going from one change to the next: only what is known to end.
bool IsYearly(icalproperty* property) {
  const icalrecurrencetype rule = icalproperty_get_rrule(property);
  constexpr short kNone = ICAL_RECURRENCE_ARRAY_MAX;
  return rule.freq == ICAL_YEARLY_RECURRENCE && rule.interval == 1 && rule.by_second[0] == kNone &&
         rule.by_minute[0] == kNone && rule.by_hour[0] == kNone && rule.by_week_no[0] == kNone &&
         rule.by_year_day[0] == kNone && rule.by_set_pos[0] == kNone && rule.rscale == nullptr &&
         (rule.by_month_day[0] == kNone || rule.by_month_day[0] <= 28);
}

bool IsSafe(icalcomponent* zone) {
  int observances = 0;
  for (icalcomponent* part = icalcomponent_get_first_component(zone, ICAL_ANY_COMPONENT);
       part != nullptr; part = icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT)) {
    if (++observances > kObservancesMax) return false;
    const bool is_whole =
        icalcomponent_get_first_property(part, ICAL_DTSTART_PROPERTY) != nullptr &&
        icalcomponent_get_first_property(part, ICAL_TZOFFSETTO_PROPERTY) != nullptr &&
        icalcomponent_get_first_property(part, ICAL_TZOFFSETFROM_PROPERTY) != nullptr;
    if (!is_whole || icalcomponent_get_dtstart(part).year < 1600) return false;
    for (icalproperty* rule = icalcomponent_get_first_property(part, ICAL_RRULE_PROPERTY);
         rule != nullptr; rule = icalcomponent_get_next_property(part, ICAL_RRULE_PROPERTY)) {
      if (!IsYearly(rule)) return false;
    }
  }
  return observances > 0;
}

std::optional<std::string> LocationOf(icalcomponent* zone) {
  for (icalproperty* property = icalcomponent_get_first_property(zone, ICAL_X_PROPERTY);
       property != nullptr; property = icalcomponent_get_next_property(zone, ICAL_X_PROPERTY)) {
    const char* const name = icalproperty_get_x_name(property);
    const char* const value = icalproperty_get_x(property);
    if (name != nullptr && value != nullptr && std::string_view(name) == "X-LIC-LOCATION") {
      return std::string(value);
    }
  }
  return std::nullopt;
}

}  // namespace

std::chrono::sys_seconds Zone::ToInstant(date::local_seconds wall) const {
  const std::chrono::sys_seconds as_utc(wall.time_since_epoch());
  if (const auto* offset = std::get_if<std::chrono::seconds>(&rule_)) return as_utc - *offset;
  if (const auto* zone = std::get_if<const date::time_zone*>(&rule_)) {
    return as_utc - (*zone)->get_info(wall).first.offset;
  }
  icaltimetype ical = ToIcal(wall, false);
  int is_daylight = 0;
  const int offset = icaltimezone_get_utc_offset(
      std::get<std::shared_ptr<icaltimezone>>(rule_).get(), &ical, &is_daylight);
  return as_utc - std::chrono::seconds(offset);
}

date::local_seconds Zone::ToWall(std::chrono::sys_seconds instant) const {
  const date::local_seconds as_utc(instant.time_since_epoch());
  if (const auto* offset = std::get_if<std::chrono::seconds>(&rule_)) return as_utc + *offset;
  if (const auto* zone = std::get_if<const date::time_zone*>(&rule_)) {
    return as_utc + (*zone)->get_info(instant).offset;
  }
  icaltimetype ical = ToIcal(as_utc, false);
  int is_daylight = 0;
  const int offset = icaltimezone_get_utc_offset_of_utc_time(
      std::get<std::shared_ptr<icaltimezone>>(rule_).get(), &ical, &is_daylight);
  return as_utc + std::chrono::seconds(offset);
}

std::optional<Zone> FindZone(std::string_view name) {
  if (name.size() > kNameBytesMax) return std::nullopt;
  if (const auto offset = OffsetOf(name)) return Zone(*offset);
  // "/freeassociation.sourceforge.net/Europe/Berlin", "/citadel.org/20240205_1/Europe/Berlin".
  std::string_view rest = name;
  while (true) {
    if (const auto* zone = rest.empty() ? nullptr : Located(std::string(rest))) return Zone(zone);
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  if (const auto found = OfWindows(std::string(name))) {
    if (const auto* zone = Located(*found)) return Zone(zone);
  }
  return std::nullopt;
}

void Zones::Learn(icalcomponent* calendar) {
  for (icalcomponent* part = icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT);
       part != nullptr && learned_.size() < kZonesMax;
       part = icalcomponent_get_next_component(calendar, ICAL_VTIMEZONE_COMPONENT)) {
    icalproperty* const named = icalcomponent_get_first_property(part, ICAL_TZID_PROPERTY);
    const char* const name = named == nullptr ? nullptr : icalproperty_get_tzid(named);
    if (name == nullptr || learned_.contains(name)) continue;
    const auto location = LocationOf(part);
    if (const auto zone = location ? FindZone(*location) : std::nullopt) {
      learned_.emplace(name, *zone);
      continue;
    }
    if (!IsSafe(part)) continue;
    const std::shared_ptr<icaltimezone> own(icaltimezone_new(),
                                            [](icaltimezone* zone) { icaltimezone_free(zone, 1); });
    icalcomponent* const copy = icalcomponent_new_clone(part);
    if (icaltimezone_set_component(own.get(), copy) == 0) {
      icalcomponent_free(copy);
      continue;
    }
    learned_.emplace(name, Zone(own));
  }
}

Zone Zones::Named(const std::string& name) {
  if (const auto found = known_.find(name); found != known_.end()) return found->second;
  std::optional<Zone> zone = FindZone(name);
  if (const auto learned = learned_.find(name); !zone && learned != learned_.end()) {
    zone = learned->second;
  }
  const Zone named = zone.value_or(own_);
  if (known_.size() < kZonesMax) known_.emplace(name, named);
  return named;
}

}  // namespace kalends::busy
