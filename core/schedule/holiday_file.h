// Files of public holidays (iCalendar, RFC 5545), as people find them: any bytes may come.
#pragma once

#include <date/date.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/timezone/time_zone.h"

namespace kalends::core {

// A date that the file has something for.
struct Holiday {
  date::local_days date;
  std::string label;     // As CheckText wants it, at most kLabelCharsMax; may be empty.
  bool is_free = false;  // The file says that one has time then (TRANSP:TRANSPARENT, or FREE).

  friend bool operator==(const Holiday&, const Holiday&) = default;
};

enum class Skipped {
  kPartOfDay,  // Does not cover a whole date.
  kTooLong,    // More than kHolidayDaysMax dates in one.
  kRule,       // Repeats in a way that is not looked at.
  kUnreadable,
};
struct SkippedEntry {
  std::string label;
  Skipped why = Skipped::kUnreadable;

  friend bool operator==(const SkippedEntry&, const SkippedEntry&) = default;
};

struct HolidayFile {
  std::vector<Holiday> holidays;      // Each date once, ascending. Where several are, one not free.
  std::vector<SkippedEntry> skipped;  // In the file's order, at most kSkippedEntriesMax.
};

// Both are in it.
struct HolidayWindow {
  date::local_days first;
  date::local_days last;
};

// What `bytes` has in `window`. A date is that of `zone`, in which the specialist works: a DATE is
// taken as it is; a DATE-TIME in UTC or in another zone that is known counts for the dates of
// `zone` that it covers from midnight to midnight, a minute less being enough; one in an unknown
// zone counts as written. The end is the first instant or date behind it; where there is none, or
// it is not after the start, an all-day entry is one day long. A rule is looked at where it is
// yearly, by months, days of months, weekdays and days of years; what repeats otherwise is skipped.
// EXDATE takes single dates out, whatever their form; what is CANCELLED is not there, and an entry
// with a RECURRENCE-ID stands in place of that date.
//
// INVALID_FIELD, of `calendar`: it is no such file. LIMIT_REACHED: more than kHolidayFileBytesMax,
// kHolidayEntriesMax entries, or nested deeper than kHolidayNestingMax.
absl::StatusOr<HolidayFile> ReadHolidayFile(std::string_view bytes, const HolidayWindow& window,
                                            const TimeZone& zone);

}  // namespace kalends::core
