#include "core/app/schedule.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/app/privacy.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/timezone/time_zone.h"
#include "storage/booking.h"

namespace kalends::app {
namespace {

constexpr std::size_t kAffectedMax = 200;

// The specialist, if the caller may change it: an organization has no schedule.
absl::Status CheckManages(const ReadContext& cx, core::ProviderId id) {
  ASSIGN_OR_RETURN(const core::Provider provider, ManagedProvider(cx, id));
  if (provider.kind != core::ProviderKind::kSpecialist) return core::Error(core::Reason::kNotFound);
  return absl::OkStatus();
}

absl::Status CheckHours(std::string_view field, const core::LocalHours& hours) {
  const bool start_ok = hours.start >= core::Minutes(0) && hours.start < core::Minutes(24 * 60);
  const bool end_ok = hours.end >= core::Minutes(0) && hours.end <= core::Minutes(24 * 60);
  if (start_ok && end_ok) return absl::OkStatus();
  return core::InvalidField(field, "must start at minute 0 to 1439 and end at minute 0 to 1440");
}

absl::Status CheckSpecialDates(const std::vector<core::SpecialDate>& dates) {
  if (dates.size() > core::kSpecialDatesPerProviderMax) {
    return core::Error(core::Reason::kLimitReached, "There are too many special dates.");
  }
  std::set<date::local_days> seen;
  for (const core::SpecialDate& special : dates) {
    if (!seen.insert(special.date).second) {
      return core::InvalidField("schedule.special_dates", "must name each date once");
    }
    if (special.hours.size() > core::kHoursPerDateMax) {
      return core::InvalidField("schedule.special_dates.hours",
                                fmt::format("may be at most {}", core::kHoursPerDateMax));
    }
    RETURN_IF_ERROR(
        CheckText("schedule.special_dates.label", special.label, 0, core::kLabelCharsMax));
    for (const core::LocalHours& hours : special.hours) {
      RETURN_IF_ERROR(CheckHours("schedule.special_dates.hours", hours));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckSchedule(const core::Schedule& schedule) {
  if (schedule.weekly.size() > core::kHoursPerScheduleMax) {
    return core::Error(core::Reason::kLimitReached, "There are too many weekly hours.");
  }
  for (const core::WeeklyHours& weekly : schedule.weekly) {
    RETURN_IF_ERROR(CheckHours("schedule.weekly_hours.hours", weekly.hours));
  }
  RETURN_IF_ERROR(CheckSpecialDates(schedule.special_dates));
  if (date::weekday(schedule.week_a_monday) != date::Monday) {
    return core::InvalidField("schedule.week_a_monday", "must be a Monday");
  }
  if (schedule.daily_cap && (*schedule.daily_cap < 1 || *schedule.daily_cap > core::kDailyCapMax)) {
    return core::InvalidField("schedule.daily_cap",
                              fmt::format("must be 0 to {}", core::kDailyCapMax));
  }
  return absl::OkStatus();
}

absl::Status CheckInterval(std::string_view resource, const core::Interval& interval) {
  if (core::IsEmpty(interval)) {
    return core::InvalidField(fmt::format("{}.end_time", resource), "must be after start_time");
  }
  if (interval.end - interval.start > core::kClosureLengthMax) {
    return core::InvalidField(fmt::format("{}.end_time", resource),
                              "must be at most 1098 days after start_time");
  }
  return absl::OkStatus();
}

// The appointments to come that the calendar no longer has open time for.
Affected AffectedBy(WriteContext& cx, const core::Calendar& calendar) {
  Affected affected;
  for (core::Appointment& appointment :
       storage::HoldingAppointments(cx.tx, calendar.specialist, cx.now, core::kAffectedScanMax)) {
    const auto blocks = core::OpenBlocks(calendar, appointment.interval);
    const bool open = std::any_of(blocks.begin(), blocks.end(), [&](const core::Interval& block) {
      return core::Contains(block, appointment.interval);
    });
    if (!open) affected.push_back(std::move(appointment));
    if (affected.size() == kAffectedMax) break;
  }
  return affected;
}

}  // namespace

absl::StatusOr<storage::ScheduleRow> GetSchedule(const ReadContext& cx, core::ProviderId provider) {
  RETURN_IF_ERROR(CheckManages(cx, provider));
  auto row = storage::FindSchedule(cx.tx, provider);
  if (!row) return core::Error(core::Reason::kNotFound);
  return *std::move(row);
}

absl::StatusOr<ChangedSchedule> UpdateSchedule(WriteContext& cx, core::ProviderId provider,
                                               std::string_view etag,
                                               const std::function<void(core::Schedule&)>& change) {
  ASSIGN_OR_RETURN(storage::ScheduleRow row, GetSchedule(cx.AsRead(), provider));
  RETURN_IF_ERROR(CheckEtag(etag, row.version));
  change(row.schedule);
  const auto zone = core::TimeZone::Find(row.schedule.time_zone);
  if (!zone) return core::Error(core::Reason::kTimeZoneUnknown);
  row.schedule.time_zone = zone->name();
  RETURN_IF_ERROR(CheckSchedule(row.schedule));
  ++row.version;
  storage::ReplaceSchedule(cx.tx, provider, row);
  const CalendarPtr calendar = cx.calendars.Reload(provider);
  return ChangedSchedule{std::move(row), AffectedBy(cx, *calendar)};
}

absl::StatusOr<ChangedClosure> CreateClosure(WriteContext& cx, core::ProviderId provider,
                                             core::Closure closure) {
  RETURN_IF_ERROR(CheckManages(cx.AsRead(), provider));
  RETURN_IF_ERROR(CheckInterval("closure", closure.interval));
  RETURN_IF_ERROR(CheckText("closure.label", closure.label, 0, core::kLabelCharsMax));
  if (storage::CountClosures(cx.tx, provider) >= core::kClosuresPerProviderMax) {
    return core::Error(core::Reason::kLimitReached, "There are too many closures.");
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
  if (!storage::DeleteClosure(cx.tx, provider, id)) return core::Error(core::Reason::kNotFound);
  cx.calendars.Reload(provider);
  return absl::OkStatus();
}

absl::StatusOr<core::Opening> CreateOpening(WriteContext& cx, core::ProviderId provider,
                                            core::Opening opening) {
  RETURN_IF_ERROR(CheckManages(cx.AsRead(), provider));
  RETURN_IF_ERROR(CheckInterval("opening", opening.interval));
  if (storage::CountOpenings(cx.tx, provider) >= core::kOpeningsPerProviderMax) {
    return core::Error(core::Reason::kLimitReached, "There are too many openings.");
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
  if (!storage::DeleteOpening(cx.tx, provider, id)) return core::Error(core::Reason::kNotFound);
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
