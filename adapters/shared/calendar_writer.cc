#include "adapters/shared/calendar_writer.h"

#include <libical/ical.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <memory>

namespace kalends {
namespace {

using Instant = std::chrono::sys_seconds;

// Calendars want to know who organizes; an address for answers there is not.
constexpr char kNoAddress[] = "invalid:nomail";

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

Component New(icalcomponent_kind kind) { return Component(icalcomponent_new(kind)); }

void Add(const Component& component, icalproperty* property) {
  icalcomponent_add_property(component.get(), property);
}

icaltimetype Utc(Instant instant) {
  return icaltime_from_timet_with_zone(instant.time_since_epoch().count(), 0,
                                       icaltimezone_get_utc_timezone());
}

// What a clock shows that is `offset` ahead, without saying of which zone.
icaltimetype Wall(Instant instant, std::chrono::seconds offset) {
  return icaltime_from_timet_with_zone((instant + offset).time_since_epoch().count(), 0, nullptr);
}

// Without the control characters that RFC 5545 forbids in texts; a line break is none of them.
std::string Printable(const std::string& text) {
  std::string printable;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 0x20 && byte != 0x7F) || c == '\n') printable += c;
  }
  return printable;
}

// A parameter value may not hold quotes or line breaks either.
std::string ParameterText(const std::string& text) {
  std::string safe = Printable(text);
  std::erase_if(safe, [](char c) { return c == '"' || c == '\n'; });
  return safe;
}

// As libical escapes a text, for a property that it does not know to be one.
std::string Escaped(const std::string& text) {
  std::string escaped;
  for (const char c : Printable(text)) {
    if (c == '\\' || c == ';' || c == ',') escaped += '\\';
    if (c == '\n') {
      escaped += "\\n";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

icalproperty* Extension(const char* name, const std::string& value) {
  icalproperty* const property = icalproperty_new_x(value.c_str());
  icalproperty_set_x_name(property, name);
  return property;
}

std::chrono::seconds OffsetAt(const CalendarZone& zone, Instant instant) {
  const auto after = std::find_if(zone.spans.begin() + 1, zone.spans.end(),
                                  [&](const ClockSpan& span) { return span.start > instant; });
  return std::prev(after)->offset;
}

// Daylight saving is what is ahead of the zone's smallest offset, also where the law calls the
// winter's clock the one that is changed (Europe/Dublin, Africa/Casablanca): readers only want to
// know which of the two to name.
Component Observance(const ClockSpan& span, std::chrono::seconds before,
                     std::chrono::seconds least) {
  Component observance =
      New(span.offset > least ? ICAL_XDAYLIGHT_COMPONENT : ICAL_XSTANDARD_COMPONENT);
  Add(observance, icalproperty_new_dtstart(Wall(span.start, before)));
  Add(observance, icalproperty_new_tzoffsetfrom(static_cast<int>(before.count())));
  Add(observance, icalproperty_new_tzoffsetto(static_cast<int>(span.offset.count())));
  return observance;
}

Component TimeZone(const CalendarZone& zone) {
  Component component = New(ICAL_VTIMEZONE_COMPONENT);
  Add(component, icalproperty_new_tzid(zone.name.c_str()));
  const std::chrono::seconds least =
      std::min_element(zone.spans.begin(), zone.spans.end(),
                       [](const ClockSpan& a, const ClockSpan& b) { return a.offset < b.offset; })
          ->offset;
  std::chrono::seconds before = zone.spans.front().offset;
  for (const ClockSpan& span : zone.spans) {
    icalcomponent_add_component(component.get(), Observance(span, before, least).release());
    before = span.offset;
  }
  return component;
}

icalproperty_status StatusOf(EventStatus status) {
  switch (status) {
    case EventStatus::kTentative:
      return ICAL_STATUS_TENTATIVE;
    case EventStatus::kConfirmed:
      return ICAL_STATUS_CONFIRMED;
    case EventStatus::kCancelled:
      break;
  }
  return ICAL_STATUS_CANCELLED;
}

Component Alarm(std::chrono::seconds lead, const std::string& summary) {
  Component alarm = New(ICAL_VALARM_COMPONENT);
  Add(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
  Add(alarm, icalproperty_new_trigger(icaltriggertype_from_int(-static_cast<int>(lead.count()))));
  Add(alarm, icalproperty_new_description(summary.c_str()));
  return alarm;
}

const CalendarZone* ZoneOf(const Calendar& calendar, const CalendarEvent& event) {
  for (const CalendarZone& zone : calendar.zones) {
    if (zone.name != event.zone) continue;
    const bool plain = !IsRepeated(zone, event.start) && !IsRepeated(zone, event.end);
    return plain ? &zone : nullptr;
  }
  return nullptr;
}

void AddTimes(const Component& component, const CalendarEvent& event, const CalendarZone* zone) {
  if (zone == nullptr) {
    Add(component, icalproperty_new_dtstart(Utc(event.start)));
    Add(component, icalproperty_new_dtend(Utc(event.end)));
    return;
  }
  for (icalproperty* const time :
       {icalproperty_new_dtstart(Wall(event.start, OffsetAt(*zone, event.start))),
        icalproperty_new_dtend(Wall(event.end, OffsetAt(*zone, event.end)))}) {
    icalproperty_add_parameter(time, icalparameter_new_tzid(zone->name.c_str()));
    Add(component, time);
  }
}

icalproperty* Organizer(const CalendarEvent& event) {
  icalproperty* const organizer = icalproperty_new_organizer(kNoAddress);
  const std::string name = ParameterText(event.organizer);
  if (!name.empty()) icalproperty_add_parameter(organizer, icalparameter_new_cn(name.c_str()));
  return organizer;
}

Component Event(const CalendarEvent& event, const CalendarZone* zone) {
  Component component = New(ICAL_VEVENT_COMPONENT);
  const std::string summary = Printable(event.summary);
  const auto sequence =
      std::clamp<std::int64_t>(event.sequence, 0, std::numeric_limits<int>::max());
  Add(component, icalproperty_new_uid((event.uid + "@kalends").c_str()));
  Add(component, icalproperty_new_sequence(static_cast<int>(sequence)));
  Add(component, icalproperty_new_dtstamp(Utc(event.stamp)));
  if (event.changed) Add(component, icalproperty_new_lastmodified(Utc(*event.changed)));
  AddTimes(component, event, zone);
  Add(component, icalproperty_new_summary(summary.c_str()));
  Add(component, Organizer(event));
  if (const std::string text = Printable(event.description); !text.empty()) {
    Add(component, icalproperty_new_description(text.c_str()));
  }
  if (const std::string place = Printable(event.place); !place.empty()) {
    Add(component, icalproperty_new_location(place.c_str()));
  }
  Add(component, icalproperty_new_status(StatusOf(event.status)));
  for (const std::chrono::seconds lead : event.alarms) {
    icalcomponent_add_component(component.get(), Alarm(lead, summary).release());
  }
  return component;
}

void AddHeader(const Component& component, const Calendar& calendar) {
  Add(component, icalproperty_new_version("2.0"));
  Add(component, icalproperty_new_prodid(("-//Kalends//" + calendar.program + "//EN").c_str()));
  Add(component,
      icalproperty_new_method(calendar.takes_back ? ICAL_METHOD_CANCEL : ICAL_METHOD_PUBLISH));
  if (!calendar.name.empty()) {
    Add(component, Extension("X-WR-CALNAME", Escaped(calendar.name)));
  }
  if (calendar.refresh.count() == 0) return;
  const std::string period = "PT" + std::to_string(calendar.refresh.count()) + "M";
  icalproperty* const refresh = Extension("REFRESH-INTERVAL", period);
  icalproperty_add_parameter(refresh, icalparameter_new_value(ICAL_VALUE_DURATION));
  Add(component, refresh);
  Add(component, Extension("X-PUBLISHED-TTL", period));
}

}  // namespace

bool IsRepeated(const CalendarZone& zone, Instant instant) {
  const Instant wall = instant + OffsetAt(zone, instant);
  for (std::size_t i = 1; i < zone.spans.size(); ++i) {
    const Instant change = zone.spans[i].start;
    if (wall >= change + zone.spans[i].offset && wall < change + zone.spans[i - 1].offset) {
      return true;
    }
  }
  return false;
}

std::string CalendarText(const Calendar& calendar) {
  const Component component = New(ICAL_VCALENDAR_COMPONENT);
  AddHeader(component, calendar);
  for (const CalendarZone& zone : calendar.zones) {
    icalcomponent_add_component(component.get(), TimeZone(zone).release());
  }
  for (const CalendarEvent& event : calendar.events) {
    icalcomponent_add_component(component.get(), Event(event, ZoneOf(calendar, event)).release());
  }
  const std::unique_ptr<char, decltype(&std::free)> text(
      icalcomponent_as_ical_string_r(component.get()), &std::free);
  return text.get();
}

}  // namespace kalends
