// Calendars kept elsewhere and their busy times. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <vector>

#include "core/busy/busy_calendar.h"
#include "storage/database.h"

namespace kalends::storage {

void InsertBusyCalendar(Transaction& tx, const core::BusyCalendar& calendar);
// All but provider, id, kind and creation, which stay.
void UpdateBusyCalendar(Transaction& tx, const core::BusyCalendar& calendar);
// With its times.
bool DeleteBusyCalendar(Transaction& tx, core::ProviderId provider, core::BusyCalendarId id);
std::optional<core::BusyCalendar> FindBusyCalendar(Transaction& tx, core::ProviderId provider,
                                                   core::BusyCalendarId id);
// By id, from above `after`.
std::vector<core::BusyCalendar> ListBusyCalendars(Transaction& tx, core::ProviderId provider,
                                                  const std::optional<core::BusyCalendarId>& after,
                                                  int limit);
int CountBusyCalendars(Transaction& tx, core::ProviderId provider);
// Those whose next fetch is not after `now`, the longest due first.
std::vector<core::BusyCalendar> DueBusyCalendars(Transaction& tx, core::Instant now, int limit);

// Ascending. Those that end after `since`.
std::vector<core::Interval> BusyTimesOf(Transaction& tx, core::ProviderId provider,
                                        core::BusyCalendarId id, core::Instant since);
// Of all calendars of the provider, by start; they may overlap.
std::vector<core::Interval> ImportedBusyTimes(Transaction& tx, core::ProviderId provider,
                                              core::Instant since);
int CountBusyTimes(Transaction& tx, core::ProviderId provider, core::BusyCalendarId id,
                   core::Instant since);
// In place of those that are there. `times` lie apart.
void ReplaceBusyTimes(Transaction& tx, core::ProviderId provider, core::BusyCalendarId id,
                      const std::vector<core::Interval>& times);

}  // namespace kalends::storage
