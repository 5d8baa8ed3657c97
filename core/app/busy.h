// Use cases of calendars kept elsewhere, whose busy times close a specialist's calendar.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/app/context.h"
#include "core/app/schedule.h"
#include "core/busy/busy_calendar.h"
#include "storage/busy.h"

namespace kalends::app {

struct BusyCalendarView {
  core::BusyCalendar calendar;
  int times = 0;  // That are not over.
};

// `calendar` without id, version and all that fetching makes. NOT_FOUND: an organization.
absl::StatusOr<BusyCalendarView> CreateBusyCalendar(WriteContext& cx, core::BusyCalendar calendar);
absl::StatusOr<BusyCalendarView> GetBusyCalendar(const ReadContext& cx, core::ProviderId provider,
                                                 core::BusyCalendarId id);
// Appointments to come that lie in its times, the earliest first.
Affected AffectedByBusyTimes(const ReadContext& cx, const core::BusyCalendar& calendar);
absl::StatusOr<std::vector<BusyCalendarView>> ListBusyCalendars(
    const ReadContext& cx, core::ProviderId provider,
    const std::optional<core::BusyCalendarId>& after, int limit);
// What is shown of one that the caller may see.
BusyCalendarView ViewBusyCalendar(const ReadContext& cx, core::BusyCalendar calendar);
// `change` alters what the caller's mask names, or refuses to.
absl::StatusOr<BusyCalendarView> UpdateBusyCalendar(
    WriteContext& cx, core::ProviderId provider, core::BusyCalendarId id, std::string_view etag,
    const std::function<absl::Status(core::BusyCalendar&)>& change);
absl::Status DeleteBusyCalendar(WriteContext& cx, core::ProviderId provider,
                                core::BusyCalendarId id);
// Has it fetched as soon as core::FetchNowAt says.
absl::StatusOr<BusyCalendarView> FetchBusyCalendar(WriteContext& cx, core::ProviderId provider,
                                                   core::BusyCalendarId id);

struct LeasedBusyCalendar {
  core::BusyCalendar calendar;  // Without marks of its server where all is to be read anew.
  std::string time_zone;
};
// For kalends-busy: those that are due, at most `limit`.
std::vector<LeasedBusyCalendar> LeaseBusyCalendars(WriteContext& cx, int limit);

struct BusyRead {
  std::vector<core::Interval> times;
  std::string entity_tag;
  std::string last_modified;
  int skipped = 0;
};
struct BusyUnchanged {};
struct BusyFailed {
  core::BusyFailure failure = core::BusyFailure::kUnreachable;
  int http_status = 0;
  std::chrono::seconds retry_after{0};
};
using BusyOutcome = std::variant<BusyRead, BusyUnchanged, BusyFailed>;
// LEASE_LOST: another has it, or it was changed or removed since. LIMIT_REACHED: too many times.
absl::Status ReportBusyCalendar(WriteContext& cx, core::ProviderId provider,
                                core::BusyCalendarId id, std::int64_t lease, BusyOutcome outcome);

}  // namespace kalends::app
