#include "core/app/calendars.h"

#include <cassert>

#include "core/base/status_macros.h"
#include "storage/schedules.h"

namespace kalends::app {
namespace {

std::int64_t BytesOf(const core::Calendar& calendar) {
  std::size_t bytes = sizeof(calendar);
  bytes += calendar.holds.capacity() * sizeof(core::Hold);
  bytes += (calendar.closures.capacity() + calendar.openings.capacity()) * sizeof(core::Interval);
  bytes += calendar.schedule.weekly.capacity() * sizeof(core::WeeklyHours);
  for (const core::SpecialDate& date : calendar.schedule.special_dates) {
    bytes += sizeof(date) + date.hours.capacity() * sizeof(core::LocalHours) + date.label.capacity();
  }
  return static_cast<std::int64_t>(bytes);
}

}  // namespace

absl::StatusOr<CalendarPtr> CalendarCache::Get(core::ProviderId specialist, core::Instant now) {
  Shard& shard = ShardOf(specialist);
  while (true) {
    {
      const std::lock_guard lock(shard.mutex);
      auto [found, inserted] = shard.entries.try_emplace(specialist);
      Entry& entry = found->second;
      if (entry.calendar) {
        shard.by_use.splice(shard.by_use.begin(), shard.by_use, entry.used);
        return entry.calendar;
      }
      if (entry.loaders++ == 0) entry.changed = false;
    }
    // The snapshot begins after the entry says that someone loads, so that a commit in between is
    // seen either by the snapshot or by `changed`.
    CalendarPtr loaded;
    const absl::Status status = database_.Read([&](storage::Transaction& tx) {
      if (auto calendar = storage::LoadCalendar(tx, specialist, now - kCalendarPast)) {
        loaded = std::make_shared<const core::Calendar>(*std::move(calendar));
      }
      return absl::OkStatus();
    });
    const std::lock_guard lock(shard.mutex);
    Entry& entry = shard.entries.at(specialist);
    const bool last = --entry.loaders == 0;
    if (entry.calendar) return entry.calendar;
    if (!status.ok() || !loaded) {
      if (last) shard.entries.erase(specialist);
      if (!status.ok()) return status;
      return CalendarPtr();
    }
    if (entry.changed) continue;
    Store(shard, specialist, loaded);
    return loaded;
  }
}

CalendarPtr CalendarCache::Peek(core::ProviderId specialist) {
  Shard& shard = ShardOf(specialist);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.entries.find(specialist);
  return found == shard.entries.end() ? nullptr : found->second.calendar;
}

void CalendarCache::Publish(CalendarPtr calendar) {
  assert(calendar != nullptr);
  const core::ProviderId specialist = calendar->specialist;
  Shard& shard = ShardOf(specialist);
  const std::lock_guard lock(shard.mutex);
  shard.entries.try_emplace(specialist);
  Store(shard, specialist, std::move(calendar));
}

CalendarStats CalendarCache::Stats() {
  CalendarStats stats;
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    stats.calendars += static_cast<std::int64_t>(shard.by_use.size());
    stats.bytes += shard.bytes;
  }
  return stats;
}

void CalendarCache::Store(Shard& shard, core::ProviderId specialist, CalendarPtr calendar) {
  Entry& entry = shard.entries.at(specialist);
  shard.bytes += BytesOf(*calendar);
  if (entry.calendar) {
    shard.bytes -= BytesOf(*entry.calendar);
    shard.by_use.splice(shard.by_use.begin(), shard.by_use, entry.used);
  } else {
    shard.by_use.push_front(specialist);
    entry.used = shard.by_use.begin();
  }
  entry.calendar = std::move(calendar);
  entry.changed = true;
  Evict(shard);
}

void CalendarCache::Evict(Shard& shard) {
  // The one in use stays, however large.
  while (shard.bytes > shard_bytes_max_ && shard.by_use.size() > 1) {
    const core::ProviderId oldest = shard.by_use.back();
    const auto found = shard.entries.find(oldest);
    shard.bytes -= BytesOf(*found->second.calendar);
    shard.by_use.pop_back();
    if (found->second.loaders > 0) {
      // Someone still finishes a load of it; that one must not be taken for the newest.
      found->second.calendar = nullptr;
      found->second.changed = true;
    } else {
      shard.entries.erase(found);
    }
  }
}

void WriterCalendars::Begin(storage::Transaction& tx, core::Instant now) {
  assert(tx_ == nullptr && body_.empty());
  tx_ = &tx;
  now_ = now;
}

void WriterCalendars::End(bool keep) {
  if (keep) {
    for (auto& [specialist, calendar] : body_) group_.insert_or_assign(specialist, calendar);
  }
  body_.clear();
  tx_ = nullptr;
}

CalendarPtr WriterCalendars::Get(core::ProviderId specialist) {
  if (const auto found = body_.find(specialist); found != body_.end()) return found->second;
  if (const auto found = group_.find(specialist); found != group_.end()) return found->second;
  if (CalendarPtr committed = cache_.Peek(specialist)) return committed;
  return Load(specialist);
}

void WriterCalendars::Put(core::Calendar calendar) {
  const core::ProviderId specialist = calendar.specialist;
  calendar.version = storage::BumpCalendarVersion(*tx_, specialist);
  body_.insert_or_assign(specialist, std::make_shared<const core::Calendar>(std::move(calendar)));
}

CalendarPtr WriterCalendars::Reload(core::ProviderId specialist) {
  storage::BumpCalendarVersion(*tx_, specialist);
  return Load(specialist);
}

CalendarPtr WriterCalendars::Load(core::ProviderId specialist) {
  auto calendar = storage::LoadCalendar(*tx_, specialist, now_ - kCalendarPast);
  if (!calendar) return nullptr;
  auto loaded = std::make_shared<const core::Calendar>(*std::move(calendar));
  body_.insert_or_assign(specialist, loaded);
  return loaded;
}

void WriterCalendars::GroupEnded(bool committed) {
  if (committed) {
    for (auto& [specialist, calendar] : group_) cache_.Publish(std::move(calendar));
  }
  group_.clear();
}

}  // namespace kalends::app
