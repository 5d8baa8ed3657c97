// The entries of a feed, made of appointments.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/booking/appointment.h"
#include "core/feeds/feed.h"
#include "core/timezone/time_zone.h"

namespace kalends::core {

// An appointment with what its reader may know of it.
struct FeedPart {
  Appointment appointment;
  Instant changed;              // Last.
  std::string service;          // In the reader's language; empty: not sure which.
  std::string participant;      // The other side.
  std::string specialist_name;  // Empty: not told.
  std::string provider_name;
  std::vector<Minutes> reminders;  // Of an appointment that is agreed.
};

struct FeedEntry {
  std::string uid;            // The same in whatever becomes of it.
  std::int64_t revision = 0;  // Rises with every change.
  Instant changed;
  Interval interval;
  std::string time_zone;
  AppointmentStatus status = AppointmentStatus::kPending;
  std::string service;
  std::vector<std::string> participants;  // Of a session those who have not cancelled.
  std::string specialist_name;
  std::string place;
  std::string provider_name;
  int capacity = 1;  // 1: no session.
  std::vector<Minutes> reminders;
};

// By (start, uid). To a provider, group appointments of one specialist and service with the same
// start are one entry: agreed where any of them is to be kept or was, else requested where any is,
// else off. A customer sees its own appointments, each for itself. `parts` by id within a session.
std::vector<FeedEntry> EntriesOf(std::vector<FeedPart> parts, FeedRole role);

// The clock of a zone over the time of a calendar.
struct FeedZone {
  std::string name;
  std::vector<OffsetSpan> spans;

  friend bool operator==(const FeedZone&, const FeedZone&) = default;
};
// Of each zone that `entries` name, by name, from a year before the first of its entries to a year
// after the last; none of bare offsets and of unknown ones, whose entries are told in UTC.
std::vector<FeedZone> ZonesOf(const std::vector<FeedEntry>& entries);

}  // namespace kalends::core
