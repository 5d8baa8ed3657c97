// Calendars as iCalendar text (RFC 5545, 5546 and 7986): of one appointment to be sent, of many to
// be subscribed to. The same calendar is the same text, whenever it is written.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kalends {

// The clock of a zone: from `start` on, up to the next one's, it is `offset` ahead of UTC. The
// first holds before its start, too.
struct ClockSpan {
  std::chrono::sys_seconds start;
  std::chrono::seconds offset{0};
};
struct CalendarZone {
  std::string name;              // IANA.
  std::vector<ClockSpan> spans;  // Ascending, at least one; over all events that name the zone.
};

enum class EventStatus { kTentative, kConfirmed, kCancelled };

// All texts may be anything, and stay texts: nothing in them becomes a property or a component.
struct CalendarEvent {
  std::string uid;  // Followed by "@kalends" in the text.
  std::int64_t sequence = 0;
  std::chrono::sys_seconds stamp;                        // When this was so.
  std::optional<std::chrono::sys_seconds> changed = {};  // Last.
  std::chrono::sys_seconds start;
  std::chrono::sys_seconds end;
  std::string zone = {};  // Of those of the calendar; any other: its times are told in UTC.
  EventStatus status = EventStatus::kConfirmed;
  std::string summary;
  std::string description = {};  // This and the following may be empty.
  std::string place = {};
  std::string organizer = {};
  std::vector<std::chrono::seconds> alarms = {};  // Before the start.
};

struct Calendar {
  std::string program;              // "kalends-web": who writes it.
  bool takes_back = false;          // METHOD:CANCEL: its events are told to be off.
  std::string name = {};            // Empty: none.
  std::chrono::minutes refresh{0};  // How often to ask for it; 0: it is no feed.
  std::vector<CalendarZone> zones = {};
  std::vector<CalendarEvent> events = {};
};

// With a VTIMEZONE of each zone that says every change of its clock by itself, without a rule, as
// there is none that holds for every zone and year. A wall time that occurs twice would be read as
// the first of the two: an event that has one is told in UTC.
std::string CalendarText(const Calendar& calendar);

// Whether the wall time at `instant` occurs at another instant, too.
bool IsRepeated(const CalendarZone& zone, std::chrono::sys_seconds instant);

}  // namespace kalends
