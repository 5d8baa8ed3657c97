#include "core/app/booking_calendars.h"

#include <cassert>

#include "storage/schedule.h"

namespace kalends::app {
namespace {

std::int64_t BytesOfCalendar(const core::Calendar& calendar) {
  std::size_t bytes = sizeof(calendar);
  bytes += calendar.holds.capacity() * sizeof(core::Hold);
  bytes += (calendar.closures.capacity() + calendar.openings.capacity()) * sizeof(core::Interval);
  bytes += calendar.schedule.weekly.capacity() * sizeof(core::WeeklyHours);
  for (const core::SpecialDate& date : calendar.schedule.special_dates) {
    bytes +=
        sizeof(date) + date.hours.capacity() * sizeof(core::LocalHours) + date.label.capacity();
  }
  return static_cast<std::int64_t>(bytes);
}

}  // namespace

CalendarCache MakeCalendarCache(storage::Database& database, std::int64_t bytes_max) {
  return CalendarCache(
      "calendars", database, bytes_max,
      [](storage::Transaction& tx, core::ProviderId specialist, core::Instant now) {
        return storage::LoadCalendar(tx, specialist, now - kCalendarPast);
      },
      BytesOfCalendar);
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
  storage::BumpCalendarVersion(*tx_, specialist);
  ++calendar.version;
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
    for (auto& [specialist, calendar] : group_) cache_.Publish(specialist, std::move(calendar));
  }
  group_.clear();
}

}  // namespace kalends::app
