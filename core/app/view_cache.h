// Views in memory: immutable values built from the database, loaded when first asked for, bounded
// in memory, replaced or dropped by the commit that changes them. Never stale after an acknowledged
// write.
#pragma once

#include <array>
#include <cassert>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "core/base/id.h"
#include "core/base/time.h"
#include "core/operate/metrics.h"
#include "storage/database.h"

namespace kalends::app {

struct CacheStats {
  std::int64_t views = 0;
  std::int64_t bytes = 0;  // Approximate.
};

// How often views were asked for, and whether they were in memory: "hit" or "miss".
inline operate::Family<operate::Count> cache_reads(
    "kalends_core_cache_reads_total", "Views that were asked for, by whether they were in memory.",
    {"cache", "result"});

// Committed views by provider, the least recently used dropped first. Thread-safe.
template <typename View>
class ViewCache {
 public:
  using Ptr = std::shared_ptr<const View>;
  using Load = std::function<std::optional<View>(storage::Transaction&, core::ProviderId,
                                                 core::Instant now)>;
  using BytesOf = std::function<std::int64_t(const View&)>;

  // `database` must outlive the cache; `name` is what it is called in metrics.
  ViewCache(const char* name, storage::Database& database, std::int64_t bytes_max, Load load,
            BytesOf bytes_of)
      : hits_(cache_reads.With({name, "hit"})),
        misses_(cache_reads.With({name, "miss"})),
        database_(database),
        shard_bytes_max_(bytes_max / static_cast<std::int64_t>(kShards)),
        load_(std::move(load)),
        bytes_of_(std::move(bytes_of)) {}

  // Returns the view as last committed; nullptr: there is no such provider. May read the database:
  // never call it inside Database::Read.
  absl::StatusOr<Ptr> Get(core::ProviderId id, core::Instant now);
  // Returns the view if it is in memory.
  Ptr Peek(core::ProviderId id);
  // Replaces a view. The writer calls it after the commit.
  void Publish(core::ProviderId id, Ptr view);
  // Drops a view. The writer calls it after the commit.
  void Invalidate(core::ProviderId id);
  // Drops all views.
  void Clear();
  CacheStats Stats();

 private:
  static constexpr std::size_t kShards = 16;

  struct Entry {
    Ptr view;  // nullptr while it is being loaded.
    int loaders = 0;
    bool changed = false;  // Published or invalidated while it was being loaded.
    std::list<core::ProviderId>::iterator used;
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<core::ProviderId, Entry> entries;
    std::list<core::ProviderId> by_use;  // The latest first; those with a view.
    std::int64_t bytes = 0;
  };

  Shard& ShardOf(core::ProviderId id) {
    return shards_[std::hash<core::ProviderId>()(id) % kShards];
  }
  // What follows needs the shard's mutex.
  Ptr Use(Shard& shard, Entry& entry) {
    shard.by_use.splice(shard.by_use.begin(), shard.by_use, entry.used);
    return entry.view;
  }
  void Store(Shard& shard, core::ProviderId id, Ptr view);
  void Drop(Shard& shard, core::ProviderId id);
  // Ends a load; nullopt: what was read may be out of date, read again.
  std::optional<Ptr> Loaded(Shard& shard, core::ProviderId id, Ptr view);

  operate::Count& hits_;
  operate::Count& misses_;
  storage::Database& database_;
  const std::int64_t shard_bytes_max_;
  const Load load_;
  const BytesOf bytes_of_;
  std::array<Shard, kShards> shards_;
};

template <typename View>
absl::StatusOr<typename ViewCache<View>::Ptr> ViewCache<View>::Get(core::ProviderId id,
                                                                   core::Instant now) {
  Shard& shard = ShardOf(id);
  while (true) {
    {
      const std::lock_guard lock(shard.mutex);
      Entry& entry = shard.entries[id];
      if (entry.view) {
        hits_.Add();
        return Use(shard, entry);
      }
      if (entry.loaders++ == 0) entry.changed = false;
    }
    misses_.Add();
    // The snapshot begins after the entry says that someone loads, so that a commit in between is
    // seen either by the snapshot or by `changed`.
    Ptr view;
    absl::Status status = database_.Read([&](storage::Transaction& tx) {
      if (auto loaded = load_(tx, id, now)) view = std::make_shared<const View>(*std::move(loaded));
      return absl::OkStatus();
    });
    const std::lock_guard lock(shard.mutex);
    if (auto result = Loaded(shard, id, std::move(view))) {
      if (!status.ok()) return status;
      return *std::move(result);
    }
  }
}

template <typename View>
std::optional<typename ViewCache<View>::Ptr> ViewCache<View>::Loaded(Shard& shard,
                                                                     core::ProviderId id,
                                                                     Ptr view) {
  Entry& entry = shard.entries.at(id);
  const bool last = --entry.loaders == 0;
  if (entry.view) return entry.view;
  if (entry.changed) return std::nullopt;
  if (view) {
    Store(shard, id, view);
  } else if (last) {
    shard.entries.erase(id);
  }
  return view;
}

template <typename View>
typename ViewCache<View>::Ptr ViewCache<View>::Peek(core::ProviderId id) {
  Shard& shard = ShardOf(id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.entries.find(id);
  return found == shard.entries.end() ? nullptr : found->second.view;
}

template <typename View>
void ViewCache<View>::Publish(core::ProviderId id, Ptr view) {
  assert(view != nullptr);
  Shard& shard = ShardOf(id);
  const std::lock_guard lock(shard.mutex);
  shard.entries.try_emplace(id);
  Store(shard, id, std::move(view));
}

template <typename View>
void ViewCache<View>::Invalidate(core::ProviderId id) {
  Shard& shard = ShardOf(id);
  const std::lock_guard lock(shard.mutex);
  Drop(shard, id);
}

template <typename View>
void ViewCache<View>::Clear() {
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    std::vector<core::ProviderId> ids;
    ids.reserve(shard.entries.size());
    for (const auto& [id, entry] : shard.entries) ids.push_back(id);
    for (const core::ProviderId id : ids) Drop(shard, id);
  }
}

template <typename View>
CacheStats ViewCache<View>::Stats() {
  CacheStats stats;
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    stats.views += static_cast<std::int64_t>(shard.by_use.size());
    stats.bytes += shard.bytes;
  }
  return stats;
}

template <typename View>
void ViewCache<View>::Store(Shard& shard, core::ProviderId id, Ptr view) {
  Entry& entry = shard.entries.at(id);
  shard.bytes += bytes_of_(*view);
  if (entry.view) {
    shard.bytes -= bytes_of_(*entry.view);
    shard.by_use.splice(shard.by_use.begin(), shard.by_use, entry.used);
  } else {
    shard.by_use.push_front(id);
    entry.used = shard.by_use.begin();
  }
  entry.view = std::move(view);
  entry.changed = true;
  // The one in use stays, however large.
  while (shard.bytes > shard_bytes_max_ && shard.by_use.size() > 1)
    Drop(shard, shard.by_use.back());
}

template <typename View>
void ViewCache<View>::Drop(Shard& shard, core::ProviderId id) {
  const auto found = shard.entries.find(id);
  if (found == shard.entries.end()) return;
  Entry& entry = found->second;
  if (entry.view) {
    shard.bytes -= bytes_of_(*entry.view);
    shard.by_use.erase(entry.used);
    entry.view = nullptr;
  }
  // Whoever is loading it now may have read what was before.
  entry.changed = true;
  if (entry.loaders == 0) shard.entries.erase(found);
}

}  // namespace kalends::app
