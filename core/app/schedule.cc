#include "core/app/schedule.h"

#include <algorithm>

#include "core/app/privacy.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/busy/busy_calendar.h"
#include "core/schedule/checks.h"
#include "core/timezone/time_zone.h"
#include "storage/booking.h"
#include "storage/busy.h"
#include "storage/providers.h"
#include "storage/unreadable.h"

namespace kalends::app {
namespace {

constexpr std::size_t kAffectedMax = 200;

// The specialist, if the caller may change it: an organization has no schedule.
absl::Status CheckManages(const ReadContext& cx, core::ProviderId id) {
  ASSIGN_OR_RETURN(const core::Provider provider, ManagedProvider(cx, id));
  if (provider.kind != core::ProviderKind::kSpecialist)
    return core::NotFound("providers/*/schedule", id);
  return absl::OkStatus();
}

// Whether the caller's organization has the specialist in its staff.
bool IsOfCallersStaff(const ReadContext& cx, core::ProviderId specialist) {
  if (!cx.caller.account) return false;
  const auto own = storage::FindProviderOfAccount(cx.tx, *cx.caller.account);
  return own && storage::IsStaff(cx.tx, own->id, specialist);
}

// Those to come that the change hits.
Affected AffectedBy(WriteContext& cx, core::ProviderId specialist,
                    const std::function<bool(const core::Appointment&)>& is_hit) {
  Affected affected;
  const auto load = [&](int limit) {
    return storage::HoldingAppointments(cx.tx, specialist, cx.now, limit);
  };
  for (core::Appointment& appointment :
       storage::FirstReadable(cx.tx, core::kAffectedScanMax, load)) {
    if (is_hit(appointment)) affected.push_back(std::move(appointment));
    if (affected.size() == kAffectedMax) break;
  }
  return affected;
}

// Those that the calendar no longer has open time for.
Affected OutsideOf(WriteContext& cx, const core::Calendar& calendar) {
  return AffectedBy(cx, calendar.specialist, [&](const core::Appointment& one) {
    return !core::IsOpen(calendar, one.interval);
  });
}

}  // namespace

absl::StatusOr<storage::ScheduleRow> GetSchedule(const ReadContext& cx, core::ProviderId provider) {
  RETURN_IF_ERROR(CheckManages(cx, provider));
  auto row = storage::FindSchedule(cx.tx, provider);
  if (!row) return core::NotFound("providers/*/schedule", provider);
  return *std::move(row);
}

absl::StatusOr<ChangedSchedule> UpdateSchedule(WriteContext& cx, core::ProviderId provider,
                                               std::string_view etag, const ScheduleChange& change,
                                               Trial trial) {
  ASSIGN_OR_RETURN(storage::ScheduleRow row, GetSchedule(cx.AsRead(), provider));
  RETURN_IF_ERROR(CheckEtag(etag, row.version));
  RETURN_IF_ERROR(change(row.schedule));
  const auto zone = core::TimeZone::Find(row.schedule.time_zone);
  if (!zone) return core::Error(core::Reason::kTimeZoneUnknown);
  row.schedule.time_zone = zone->name();
  RETURN_IF_ERROR(core::CheckSchedule(row.schedule));
  if (trial == Trial::kPreview) {
    core::Calendar calendar = *cx.calendars.Get(provider);
    calendar.schedule = row.schedule;
    return ChangedSchedule{std::move(row), OutsideOf(cx, calendar)};
  }
  ++row.version;
  storage::ReplaceSchedule(cx.tx, provider, row);
  const CalendarPtr calendar = cx.calendars.Reload(provider);
  return ChangedSchedule{std::move(row), OutsideOf(cx, *calendar)};
}

absl::StatusOr<ImportedHolidays> ImportHolidays(WriteContext& cx, core::ProviderId provider,
                                                const ImportInput& input) {
  ImportedHolidays imported;
  const auto change = [&](core::Schedule& schedule) -> absl::Status {
    const auto zone = core::TimeZone::Find(schedule.time_zone);
    if (!zone) return core::Error(core::Reason::kTimeZoneUnknown);
    const date::local_days today = core::LocalDateAt(*zone, cx.now);
    const core::HolidayWindow window{today, today + core::kHolidaysAhead};
    ASSIGN_OR_RETURN(imported.file, core::ReadHolidayFile(input.calendar, window, *zone));
    imported.changes = core::ImportHolidays(schedule, imported.file.holidays, window, input.free);
    return absl::OkStatus();
  };
  ASSIGN_OR_RETURN(imported.schedule,
                   UpdateSchedule(cx, provider, input.etag, change, input.trial));
  return imported;
}

absl::StatusOr<BusyTimes> ListBusyTimes(const ReadContext& cx, core::ProviderId specialist,
                                        const core::Interval& range,
                                        const std::optional<AppointmentRef>& except) {
  const absl::Status manages = CheckManages(cx, specialist);
  if (!manages.ok() && !IsOfCallersStaff(cx, specialist)) return manages;
  if (core::IsEmpty(range)) return core::InvalidField("end_time", "must be after start_time");
  if (range.end - range.start > core::kSlotRangeMax) {
    return core::InvalidField("end_time", "must be at most 62 days after start_time");
  }
  auto calendar = storage::LoadCalendar(cx.tx, specialist, range.start);
  if (!calendar) return core::NotFound("providers/*/schedule", specialist);
  if (except) {
    ASSIGN_OR_RETURN(const auto left_out, FindVisible(cx, *except));
    std::erase_if(calendar->holds,
                  [&](const core::Hold& hold) { return hold.appointment == left_out.id; });
  }
  BusyTimes times{{}, core::BusyTimes(*calendar, range), {}};
  if (manages.ok()) {
    ASSIGN_OR_RETURN(
        times.imported,
        core::MergedTimes(storage::ImportedBusyTimes(cx.tx, specialist, range.start), range));
  }
  for (const core::Interval& block : core::OpenBlocks(*calendar, range)) {
    const core::Interval part = core::Intersection(block, range);
    if (!core::IsEmpty(part)) times.open.push_back(part);
  }
  return times;
}

absl::StatusOr<ChangedClosure> CreateClosure(WriteContext& cx, core::ProviderId provider,
                                             core::Closure closure, Trial trial) {
  RETURN_IF_ERROR(CheckManages(cx.AsRead(), provider));
  RETURN_IF_ERROR(core::CheckClosure(closure));
  if (storage::CountClosures(cx.tx, provider) >= core::kClosuresPerProviderMax) {
    return core::LimitReached("closures", core::kClosuresPerProviderMax,
                              "There are too many closures.");
  }
  if (trial == Trial::kReal) {
    closure.id = cx.ids.Next<core::ClosureId>(cx.now);
    storage::InsertClosure(cx.tx, provider, closure);
    cx.calendars.Reload(provider);
  }
  Affected affected = AffectedBy(cx, provider, [&](const core::Appointment& one) {
    return core::Overlaps(one.interval, closure.interval);
  });
  return ChangedClosure{std::move(closure), std::move(affected)};
}

absl::StatusOr<core::Closure> GetClosure(const ReadContext& cx, core::ProviderId provider,
                                         core::ClosureId id) {
  RETURN_IF_ERROR(CheckManages(cx, provider));
  auto closure = storage::FindClosure(cx.tx, provider, id);
  if (!closure) return core::NotFound("providers/*/closures/*", provider, id);
  return *std::move(closure);
}

absl::StatusOr<std::vector<core::Closure>> ListClosures(
    const ReadContext& cx, core::ProviderId provider,
    const std::optional<storage::ClosureCursor>& after, int limit) {
  RETURN_IF_ERROR(CheckManages(cx, provider));
  return storage::ListClosures(cx.tx, provider, cx.now, after, limit);
}

absl::Status DeleteClosure(WriteContext& cx, core::ProviderId provider, core::ClosureId id) {
  RETURN_IF_ERROR(CheckManages(cx.AsRead(), provider));
  if (!storage::DeleteClosure(cx.tx, provider, id))
    return core::NotFound("providers/*/closures/*", provider, id);
  cx.calendars.Reload(provider);
  return absl::OkStatus();
}

absl::StatusOr<core::Opening> CreateOpening(WriteContext& cx, core::ProviderId provider,
                                            core::Opening opening) {
  RETURN_IF_ERROR(CheckManages(cx.AsRead(), provider));
  RETURN_IF_ERROR(core::CheckOpening(opening));
  if (storage::CountOpenings(cx.tx, provider) >= core::kOpeningsPerProviderMax) {
    return core::LimitReached("openings", core::kOpeningsPerProviderMax,
                              "There are too many openings.");
  }
  opening.id = cx.ids.Next<core::OpeningId>(cx.now);
  storage::InsertOpening(cx.tx, provider, opening);
  cx.calendars.Reload(provider);
  return opening;
}

absl::StatusOr<core::Opening> GetOpening(const ReadContext& cx, core::ProviderId provider,
                                         core::OpeningId id) {
  RETURN_IF_ERROR(CheckManages(cx, provider));
  const auto opening = storage::FindOpening(cx.tx, provider, id);
  if (!opening) return core::NotFound("providers/*/openings/*", provider, id);
  return *opening;
}

absl::StatusOr<std::vector<core::Opening>> ListOpenings(
    const ReadContext& cx, core::ProviderId provider,
    const std::optional<storage::OpeningCursor>& after, int limit) {
  RETURN_IF_ERROR(CheckManages(cx, provider));
  return storage::ListOpenings(cx.tx, provider, cx.now, after, limit);
}

absl::StatusOr<Affected> DeleteOpening(WriteContext& cx, core::ProviderId provider,
                                       core::OpeningId id, Trial trial) {
  ASSIGN_OR_RETURN(const core::Opening opening, GetOpening(cx.AsRead(), provider, id));
  core::Calendar calendar = *cx.calendars.Get(provider);
  const auto known =
      std::find(calendar.openings.begin(), calendar.openings.end(), opening.interval);
  // One that is over is in no calendar any more.
  if (known != calendar.openings.end()) calendar.openings.erase(known);
  if (trial == Trial::kReal) {
    storage::DeleteOpening(cx.tx, provider, id);
    cx.calendars.Reload(provider);
  }
  return AffectedBy(cx, provider, [&](const core::Appointment& one) {
    return core::Overlaps(one.interval, opening.interval) && !core::IsOpen(calendar, one.interval);
  });
}

extern constinit const Farewell kScheduleFarewell{
    .end = [](WriteContext& cx, const Leaving& leaving) {
      const bool has_calendar =
          leaving.provider && leaving.provider->kind == core::ProviderKind::kSpecialist;
      if (has_calendar) cx.calendars.Reload(leaving.provider->id);
    }};

}  // namespace kalends::app
