// Use cases of working hours, closures and openings.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/app/booking.h"
#include "core/app/context.h"
#include "core/booking/appointment.h"
#include "core/schedule/holidays.h"
#include "core/schedule/schedule.h"
#include "storage/schedule.h"

namespace kalends::app {

// Appointments that hold time outside the open hours after a change, the earliest first.
using Affected = std::vector<core::Appointment>;

absl::StatusOr<storage::ScheduleRow> GetSchedule(const ReadContext& cx, core::ProviderId provider);

struct ChangedSchedule {
  storage::ScheduleRow row;
  Affected affected;
};
// `change` alters what the caller's mask names, or refuses to.
using ScheduleChange = std::function<absl::Status(core::Schedule&)>;
absl::StatusOr<ChangedSchedule> UpdateSchedule(WriteContext& cx, core::ProviderId provider,
                                               std::string_view etag, const ScheduleChange& change,
                                               Trial trial = Trial::kReal);

struct ImportInput {
  std::string calendar;
  core::FreeEntries free = core::FreeEntries::kLeaveOut;
  std::string etag;
  Trial trial = Trial::kReal;
};
struct ImportedHolidays {
  ChangedSchedule schedule;
  core::HolidayChanges changes;
  core::HolidayFile file;
};
// What core::ReadHolidayFile and core::ImportHolidays make of it, from today on.
absl::StatusOr<ImportedHolidays> ImportHolidays(WriteContext& cx, core::ProviderId provider,
                                                const ImportInput& input);

struct BusyTimes {
  std::vector<core::Interval> open;  // Ascending, apart, cut to what was asked for.
  std::vector<core::Interval> busy;
  std::vector<core::Interval> imported;  // From elsewhere; to who may change the specialist.
};
// Also for an organization whose staff the specialist is. NOT_FOUND, to others. INVALID_FIELD.
// `except`: an appointment that is not to count; NOT_FOUND where the caller does not see it.
absl::StatusOr<BusyTimes> ListBusyTimes(const ReadContext& cx, core::ProviderId specialist,
                                        const core::Interval& range,
                                        const std::optional<AppointmentRef>& except = std::nullopt);

struct ChangedClosure {
  core::Closure closure;
  Affected affected;
};
absl::StatusOr<ChangedClosure> CreateClosure(WriteContext& cx, core::ProviderId provider,
                                             core::Closure closure, Trial trial = Trial::kReal);
absl::StatusOr<core::Closure> GetClosure(const ReadContext& cx, core::ProviderId provider,
                                         core::ClosureId id);
absl::StatusOr<std::vector<core::Closure>> ListClosures(
    const ReadContext& cx, core::ProviderId provider,
    const std::optional<storage::ClosureCursor>& after, int limit);
absl::Status DeleteClosure(WriteContext& cx, core::ProviderId provider, core::ClosureId id);

absl::StatusOr<core::Opening> CreateOpening(WriteContext& cx, core::ProviderId provider,
                                            core::Opening opening);
absl::StatusOr<core::Opening> GetOpening(const ReadContext& cx, core::ProviderId provider,
                                         core::OpeningId id);
absl::StatusOr<std::vector<core::Opening>> ListOpenings(
    const ReadContext& cx, core::ProviderId provider,
    const std::optional<storage::OpeningCursor>& after, int limit);
// Those that took place in it, and are outside the open hours without it.
absl::StatusOr<Affected> DeleteOpening(WriteContext& cx, core::ProviderId provider,
                                       core::OpeningId id, Trial trial = Trial::kReal);

}  // namespace kalends::app
