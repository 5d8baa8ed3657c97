// What a calendar file (iCalendar, RFC 5545) says about when somebody is busy: any bytes may come.
#pragma once

#include <chrono>
#include <functional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/busy/zones.h"

namespace kalends::busy {

inline constexpr std::size_t kTimesMax = 10'000;  // After they are merged; as the core takes.
inline constexpr int kOccurrencesMax = 200'000;   // Of all rules of a file, in or out.

struct BusyTime {
  std::chrono::sys_seconds start;
  std::chrono::sys_seconds end;

  friend bool operator==(const BusyTime&, const BusyTime&) = default;
};

struct ReadOptions {
  Zone zone;        // The specialist's: of times in no zone, and of whole days.
  BusyTime window;  // What counts.
  bool all_day_free = false;
  // Asked between the dates of rules: whether it has taken too long by now.
  std::function<bool()> is_over = [] { return false; };
};

struct ReadTimes {
  std::vector<BusyTime> times;  // In the window, ascending, apart.
  int skipped = 0;              // Entries that could not be read.
};

// Entries (VEVENT) and what VFREEBUSY says. An entry closes its time unless it is TRANSPARENT,
// CANCELLED or FREE (Outlook), or one of ours: its UID ends in "@kalends". A rule counts by the
// clock of its start's zone, an entry lasts as long in real time whatever the clocks do, whole days
// are days of `zone`. RDATE adds; EXDATE takes out, a date without a time all of that date; an
// entry with a RECURRENCE-ID stands in place of that one, also where the rule's own entry is not
// there, and with RANGE=THISANDFUTURE moves those that follow as well. Rules by hours, minutes or
// seconds, and in other calendars than the Gregorian, are skipped.
//
// INVALID_ARGUMENT: no calendar. OUT_OF_RANGE: more than the limits here and in calendar_lines.h.
// DEADLINE_EXCEEDED: `is_over`.
absl::StatusOr<ReadTimes> ReadBusyTimes(std::string_view bytes, const ReadOptions& options);

// `times` in `window`, ascending, those that overlap or touch as one.
std::vector<BusyTime> Merged(std::vector<BusyTime> times, const BusyTime& window);

}  // namespace kalends::busy
