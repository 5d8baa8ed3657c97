#include "core/app/busy.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/app/readable.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "storage/booking.h"
#include "storage/schedule.h"
#include "storage/unreadable.h"

namespace kalends::app {
namespace {

constexpr std::size_t kBusyAffectedMax = 200;

// The specialist, if the caller may change it: an organization has no schedule.
absl::Status CheckHasBusyTimes(const ReadContext& cx, core::ProviderId provider) {
  return GetSchedule(cx, provider).status();
}

absl::StatusOr<core::BusyCalendar> FindBusyForChange(const ReadContext& cx,
                                                     core::ProviderId provider,
                                                     core::BusyCalendarId id) {
  RETURN_IF_ERROR(CheckHasBusyTimes(cx, provider));
  auto calendar = storage::FindBusyCalendar(cx.tx, provider, id);
  if (!calendar) return core::NotFound("providers/*/busyCalendars/*", provider, id);
  return *std::move(calendar);
}

std::uint64_t RandomSpread(WriteContext& cx) {
  const std::string bytes = cx.random(sizeof(std::uint64_t));
  std::uint64_t number = 0;
  std::memcpy(&number, bytes.data(), sizeof(number));
  return number;
}

// Who fetches it finds its lease lost; what is now asked for is fetched at once.
void FetchBusyAnew(core::BusyCalendar& calendar, core::Instant now) {
  ++calendar.lease;
  calendar.leased_until.reset();
  calendar.next_fetch = now;
  calendar.read.reset();
  calendar.entity_tag.clear();
  calendar.last_modified.clear();
}

absl::Status TakeBusyRead(WriteContext& cx, core::BusyCalendar& calendar, BusyRead read) {
  ASSIGN_OR_RETURN(const std::vector<core::Interval> times,
                   core::MergedTimes(std::move(read.times), core::BusyWindow(cx.now)));
  calendar.entity_tag = std::move(read.entity_tag);
  calendar.last_modified = std::move(read.last_modified);
  calendar.skipped = read.skipped;
  calendar.read = cx.now;
  core::NoteSuccess(calendar, cx.now, RandomSpread(cx));
  // Mostly nothing has changed, and nobody's calendar is loaded anew for that.
  const auto since = core::BusyWindow(cx.now).start;
  if (storage::BusyTimesOf(cx.tx, calendar.provider, calendar.id, since) == times) {
    return absl::OkStatus();
  }
  storage::ReplaceBusyTimes(cx.tx, calendar.provider, calendar.id, times);
  cx.calendars.Reload(calendar.provider);
  return absl::OkStatus();
}

}  // namespace

BusyCalendarView ViewBusyCalendar(const ReadContext& cx, core::BusyCalendar calendar) {
  const int times = storage::CountBusyTimes(cx.tx, calendar.provider, calendar.id, cx.now);
  return {std::move(calendar), times};
}

absl::StatusOr<BusyCalendarView> CreateBusyCalendar(WriteContext& cx, core::BusyCalendar calendar) {
  RETURN_IF_ERROR(CheckHasBusyTimes(cx.AsRead(), calendar.provider));
  RETURN_IF_ERROR(core::CheckBusyCalendar(calendar));
  if (storage::CountBusyCalendars(cx.tx, calendar.provider) >= core::kBusyCalendarsPerProviderMax) {
    return core::LimitReached("busy_calendars", core::kBusyCalendarsPerProviderMax,
                              "There are too many calendars.");
  }
  calendar.id = cx.ids.Next<core::BusyCalendarId>(cx.now);
  calendar.created = cx.now;
  calendar.next_fetch = cx.now;
  storage::InsertBusyCalendar(cx.tx, calendar);
  return BusyCalendarView{std::move(calendar), 0};
}

absl::StatusOr<BusyCalendarView> GetBusyCalendar(const ReadContext& cx, core::ProviderId provider,
                                                 core::BusyCalendarId id) {
  ASSIGN_OR_RETURN(core::BusyCalendar calendar, FindBusyForChange(cx, provider, id));
  return ViewBusyCalendar(cx, std::move(calendar));
}

Affected AffectedByBusyTimes(const ReadContext& cx, const core::BusyCalendar& calendar) {
  const auto times = storage::BusyTimesOf(cx.tx, calendar.provider, calendar.id, cx.now);
  Affected affected;
  const auto load = [&](int limit) {
    return storage::HoldingAppointments(cx.tx, calendar.provider, cx.now, limit);
  };
  for (core::Appointment& appointment :
       storage::FirstReadable(cx.tx, core::kAffectedScanMax, load)) {
    // The times lie apart, so the first that ends behind its start decides.
    const auto time = std::upper_bound(
        times.begin(), times.end(), appointment.interval.start,
        [](core::Instant start, const core::Interval& one) { return start < one.end; });
    if (time == times.end() || !core::Overlaps(*time, appointment.interval)) continue;
    affected.push_back(std::move(appointment));
    if (affected.size() == kBusyAffectedMax) break;
  }
  return affected;
}

absl::StatusOr<std::vector<BusyCalendarView>> ListBusyCalendars(
    const ReadContext& cx, core::ProviderId provider,
    const std::optional<core::BusyCalendarId>& after, int limit) {
  RETURN_IF_ERROR(CheckHasBusyTimes(cx, provider));
  std::vector<BusyCalendarView> views;
  for (core::BusyCalendar& calendar : storage::ListBusyCalendars(cx.tx, provider, after, limit)) {
    views.push_back(ViewBusyCalendar(cx, std::move(calendar)));
  }
  return views;
}

absl::StatusOr<BusyCalendarView> UpdateBusyCalendar(
    WriteContext& cx, core::ProviderId provider, core::BusyCalendarId id, std::string_view etag,
    const std::function<absl::Status(core::BusyCalendar&)>& change) {
  ASSIGN_OR_RETURN(core::BusyCalendar calendar, FindBusyForChange(cx.AsRead(), provider, id));
  RETURN_IF_ERROR(CheckEtag(etag, calendar.version));
  RETURN_IF_ERROR(change(calendar));
  RETURN_IF_ERROR(core::CheckBusyCalendar(calendar));
  ++calendar.version;
  FetchBusyAnew(calendar, cx.now);
  storage::UpdateBusyCalendar(cx.tx, calendar);
  return ViewBusyCalendar(cx.AsRead(), std::move(calendar));
}

absl::Status DeleteBusyCalendar(WriteContext& cx, core::ProviderId provider,
                                core::BusyCalendarId id) {
  RETURN_IF_ERROR(CheckHasBusyTimes(cx.AsRead(), provider));
  if (!storage::DeleteBusyCalendar(cx.tx, provider, id)) {
    return core::NotFound("providers/*/busyCalendars/*", provider, id);
  }
  cx.calendars.Reload(provider);
  return absl::OkStatus();
}

absl::StatusOr<BusyCalendarView> FetchBusyCalendar(WriteContext& cx, core::ProviderId provider,
                                                   core::BusyCalendarId id) {
  ASSIGN_OR_RETURN(core::BusyCalendar calendar, FindBusyForChange(cx.AsRead(), provider, id));
  const bool is_fetched = calendar.leased_until && *calendar.leased_until > cx.now;
  if (!is_fetched) {
    calendar.next_fetch = core::FetchNowAt(calendar, cx.now);
    storage::UpdateBusyCalendar(cx.tx, calendar);
  }
  return ViewBusyCalendar(cx.AsRead(), std::move(calendar));
}

std::vector<LeasedBusyCalendar> LeaseBusyCalendars(WriteContext& cx, int limit) {
  std::vector<LeasedBusyCalendar> leased;
  for (core::BusyCalendar& calendar : storage::DueBusyCalendars(cx.tx, cx.now, limit)) {
    ++calendar.lease;
    calendar.leased_until = cx.now + core::kBusyLease;
    calendar.next_fetch = *calendar.leased_until;
    storage::UpdateBusyCalendar(cx.tx, calendar);
    const auto zone = storage::ScheduleTimeZone(cx.tx, calendar.provider);
    if (core::IsReadAnew(calendar, cx.now)) {
      calendar.entity_tag.clear();
      calendar.last_modified.clear();
    }
    leased.push_back({std::move(calendar), zone.value_or("UTC")});
  }
  return leased;
}

absl::Status ReportBusyCalendar(WriteContext& cx, core::ProviderId provider,
                                core::BusyCalendarId id, std::int64_t lease, BusyOutcome outcome) {
  auto calendar = storage::FindBusyCalendar(cx.tx, provider, id);
  const bool is_held = calendar && calendar->lease == lease && calendar->leased_until;
  if (!is_held) return core::Error(core::Reason::kLeaseLost);
  calendar->leased_until.reset();
  if (auto* read = std::get_if<BusyRead>(&outcome)) {
    RETURN_IF_ERROR(TakeBusyRead(cx, *calendar, std::move(*read)));
  } else if (const auto* failed = std::get_if<BusyFailed>(&outcome)) {
    core::NoteFailure(*calendar, failed->failure, failed->http_status, failed->retry_after, cx.now,
                      RandomSpread(cx));
  } else {
    core::NoteSuccess(*calendar, cx.now, RandomSpread(cx));
  }
  storage::UpdateBusyCalendar(cx.tx, *calendar);
  return absl::OkStatus();
}

}  // namespace kalends::app
