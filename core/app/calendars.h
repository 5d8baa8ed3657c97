// Calendars in memory: what answers availability without the database. Loaded when first asked for,
// bounded in memory, replaced by the commit that changes them: never stale after an acknowledged
// write.
#pragma once

#include <array>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "absl/status/statusor.h"
#include "core/scheduling/availability.h"
#include "storage/database.h"

namespace kalends::app {

using CalendarPtr = std::shared_ptr<const core::Calendar>;

// How far back a calendar in memory reaches: holds longer ago do not decide anything.
inline constexpr std::chrono::hours kCalendarPast{72};

struct CalendarStats {
  std::int64_t calendars = 0;
  std::int64_t bytes = 0;  // Approximate.
};

// Committed calendars, the least recently used dropped first. Thread-safe.
class CalendarCache {
 public:
  // `database` must outlive the cache.
  CalendarCache(storage::Database& database, std::int64_t bytes_max)
      : database_(database), shard_bytes_max_(bytes_max / kShards) {}

  // Returns the calendar as last committed; nullptr: there is no such specialist. May read the
  // database: never call it inside Database::Read.
  absl::StatusOr<CalendarPtr> Get(core::ProviderId specialist, core::Instant now);
  // Returns the calendar if it is in memory.
  CalendarPtr Peek(core::ProviderId specialist);
  // Replaces a calendar. The writer calls it after the commit.
  void Publish(CalendarPtr calendar);
  CalendarStats Stats();

 private:
  static constexpr std::size_t kShards = 16;

  struct Entry {
    CalendarPtr calendar;  // nullptr while it is being loaded.
    int loaders = 0;
    bool changed = false;  // Published while it was being loaded.
    std::list<core::ProviderId>::iterator used;
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<core::ProviderId, Entry> entries;
    std::list<core::ProviderId> by_use;  // The latest first.
    std::int64_t bytes = 0;
  };

  Shard& ShardOf(core::ProviderId specialist) {
    return shards_[std::hash<core::ProviderId>()(specialist) % kShards];
  }
  // Both need the shard's mutex.
  void Store(Shard& shard, core::ProviderId specialist, CalendarPtr calendar);
  void Evict(Shard& shard);

  storage::Database& database_;
  const std::int64_t shard_bytes_max_;
  std::array<Shard, kShards> shards_;
};

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
