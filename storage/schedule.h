// Working hours, closures, openings, and whole calendars. `provider` is a specialist throughout.
// Call only inside Database::Read or Submit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/booking/availability.h"
#include "core/schedule/schedule.h"
#include "storage/database.h"

namespace kalends::storage {

struct ScheduleRow {
  core::Schedule schedule;
  std::int64_t version = 1;  // The schedule's etag.
};
// Also makes the specialist's calendar, at version 1.
void InsertSchedule(Transaction& tx, core::ProviderId provider, const core::Schedule& schedule);
void ReplaceSchedule(Transaction& tx, core::ProviderId provider, const ScheduleRow& row);
std::optional<ScheduleRow> FindSchedule(Transaction& tx, core::ProviderId provider);
std::optional<std::string> ScheduleTimeZone(Transaction& tx, core::ProviderId provider);

void InsertClosure(Transaction& tx, core::ProviderId provider, const core::Closure& closure);
bool DeleteClosure(Transaction& tx, core::ProviderId provider, core::ClosureId id);
std::optional<core::Closure> FindClosure(Transaction& tx, core::ProviderId provider,
                                         core::ClosureId id);
struct ClosureCursor {
  core::Instant start;
  core::ClosureId id;
};
// Those that end after `now`, by (start, id).
std::vector<core::Closure> ListClosures(Transaction& tx, core::ProviderId provider,
                                        core::Instant now,
                                        const std::optional<ClosureCursor>& after, int limit);
int CountClosures(Transaction& tx, core::ProviderId provider);

void InsertOpening(Transaction& tx, core::ProviderId provider, const core::Opening& opening);
bool DeleteOpening(Transaction& tx, core::ProviderId provider, core::OpeningId id);
std::optional<core::Opening> FindOpening(Transaction& tx, core::ProviderId provider,
                                         core::OpeningId id);
struct OpeningCursor {
  core::Instant start;
  core::OpeningId id;
};
std::vector<core::Opening> ListOpenings(Transaction& tx, core::ProviderId provider,
                                        core::Instant now,
                                        const std::optional<OpeningCursor>& after, int limit);
int CountOpenings(Transaction& tx, core::ProviderId provider);
// Whether the specialist works at all: weekly or special hours, or an opening after `now`.
bool HasHours(Transaction& tx, core::ProviderId provider, core::Instant now);

// Counts one more change of what decides availability. Every write that touches the schedule,
// closures, openings or holds of the specialist calls it.
void BumpCalendarVersion(Transaction& tx, core::ProviderId specialist);
std::optional<std::int64_t> CalendarVersion(Transaction& tx, core::ProviderId specialist);

// Loads all that decides availability from `since` on: closures, openings and holds that end after
// it. nullopt: no such specialist.
std::optional<core::Calendar> LoadCalendar(Transaction& tx, core::ProviderId specialist,
                                           core::Instant since);

}  // namespace kalends::storage
