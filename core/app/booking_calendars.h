// Calendars in memory: what answers availability without the database.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "core/app/view_cache.h"
#include "core/booking/availability.h"
#include "storage/database.h"

namespace kalends::app {

using CalendarCache = ViewCache<core::Calendar>;
using CalendarPtr = CalendarCache::Ptr;

// How far back a calendar in memory reaches: holds longer ago do not decide anything.
inline constexpr std::chrono::hours kCalendarPast{72};

// `database` must outlive the cache.
CalendarCache MakeCalendarCache(storage::Database& database, std::int64_t bytes_max);

// The calendars as the writer sees them: committed ones, with what the group has changed so far.
// Used on the writer's thread only. A body works between Begin and End.
class WriterCalendars {
 public:
  explicit WriterCalendars(CalendarCache& cache) : cache_(cache) {}

  void Begin(storage::Transaction& tx, core::Instant now);
  // Keeps (`committed`) or forgets what the body changed.
  void End(bool keep);

  // The calendar of a specialist; nullptr: no such specialist.
  CalendarPtr Get(core::ProviderId specialist);
  // Puts a changed calendar in place, under a new version.
  void Put(core::Calendar calendar);
  // Reads the calendar anew, under a new version, after its rows were changed.
  CalendarPtr Reload(core::ProviderId specialist);

  // The group was committed, or lost.
  void GroupEnded(bool committed);

 private:
  using Map = std::unordered_map<core::ProviderId, CalendarPtr>;

  CalendarPtr Load(core::ProviderId specialist);

  CalendarCache& cache_;
  storage::Transaction* tx_ = nullptr;
  core::Instant now_;
  Map body_;   // Of the body that runs.
  Map group_;  // Of the bodies before it.
};

}  // namespace kalends::app
