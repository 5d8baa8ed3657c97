#include "core/app/schedule.h"

#include "core/app/privacy.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/schedule/checks.h"
#include "core/timezone/time_zone.h"
#include "storage/booking.h"

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

// The appointments to come that the calendar no longer has open time for.
Affected AffectedBy(WriteContext& cx, const core::Calendar& calendar) {
  Affected affected;
  for (core::Appointment& appointment :
       storage::HoldingAppointments(cx.tx, calendar.specialist, cx.now, core::kAffectedScanMax)) {
    if (!core::IsOpen(calendar, appointment.interval)) affected.push_back(std::move(appointment));
    if (affected.size() == kAffectedMax) break;
  }
  return affected;
}

}  // namespace

absl::StatusOr<storage::ScheduleRow> GetSchedule(const ReadContext& cx, core::ProviderId provider) {
  RETURN_IF_ERROR(CheckManages(cx, provider));
  auto row = storage::FindSchedule(cx.tx, provider);
  if (!row) return core::NotFound("providers/*/schedule", provider);
  return *std::move(row);
}

absl::StatusOr<ChangedSchedule> UpdateSchedule(WriteContext& cx, core::ProviderId provider,
                                               std::string_view etag,
                                               const ScheduleChange& change) {
  ASSIGN_OR_RETURN(storage::ScheduleRow row, GetSchedule(cx.AsRead(), provider));
  RETURN_IF_ERROR(CheckEtag(etag, row.version));
  RETURN_IF_ERROR(change(row.schedule));
  const auto zone = core::TimeZone::Find(row.schedule.time_zone);
  if (!zone) return core::Error(core::Reason::kTimeZoneUnknown);
  row.schedule.time_zone = zone->name();
  RETURN_IF_ERROR(core::CheckSchedule(row.schedule));
  ++row.version;
  storage::ReplaceSchedule(cx.tx, provider, row);
  const CalendarPtr calendar = cx.calendars.Reload(provider);
  return ChangedSchedule{std::move(row), AffectedBy(cx, *calendar)};
}

absl::StatusOr<ChangedClosure> CreateClosure(WriteContext& cx, core::ProviderId provider,
                                             core::Closure closure) {
  RETURN_IF_ERROR(CheckManages(cx.AsRead(), provider));
  RETURN_IF_ERROR(core::CheckClosure(closure));
  if (storage::CountClosures(cx.tx, provider) >= core::kClosuresPerProviderMax) {
    return core::LimitReached("closures", core::kClosuresPerProviderMax,
                              "There are too many closures.");
  }
  closure.id = cx.ids.Next<core::ClosureId>(cx.now);
  storage::InsertClosure(cx.tx, provider, closure);
  const CalendarPtr calendar = cx.calendars.Reload(provider);
  return ChangedClosure{std::move(closure), AffectedBy(cx, *calendar)};
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

absl::StatusOr<std::vector<core::Opening>> ListOpenings(
    const ReadContext& cx, core::ProviderId provider,
    const std::optional<storage::OpeningCursor>& after, int limit) {
  RETURN_IF_ERROR(CheckManages(cx, provider));
  return storage::ListOpenings(cx.tx, provider, cx.now, after, limit);
}

absl::Status DeleteOpening(WriteContext& cx, core::ProviderId provider, core::OpeningId id) {
  RETURN_IF_ERROR(CheckManages(cx.AsRead(), provider));
  if (!storage::DeleteOpening(cx.tx, provider, id))
    return core::NotFound("providers/*/openings/*", provider, id);
  cx.calendars.Reload(provider);
  return absl::OkStatus();
}

extern constinit const Farewell kScheduleFarewell{
    .end = [](WriteContext& cx, const Leaving& leaving) {
      const bool has_calendar =
          leaving.provider && leaving.provider->kind == core::ProviderKind::kSpecialist;
      if (has_calendar) cx.calendars.Reload(leaving.provider->id);
    }};

}  // namespace kalends::app
