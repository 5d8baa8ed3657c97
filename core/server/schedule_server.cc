#include <fmt/format.h>

#include "core/app/schedule.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/schedule/changes.h"
#include "core/schedule/checks.h"
#include "core/server/booking.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/schedule.h"
#include "core/server/services.h"

namespace kalends::server {
namespace {

core::LocalHours DecodeHours(const v1::LocalHours& message) {
  return {core::Minutes(message.start_minute()), core::Minutes(message.end_minute())};
}

v1::ImportHolidaysResponse::SkippedEntry::Why EncodeWhy(core::Skipped why) {
  using Entry = v1::ImportHolidaysResponse::SkippedEntry;
  static_assert(static_cast<int>(core::Skipped::kUnreadable) + 1 == Entry::WHY_UNREADABLE);
  return static_cast<Entry::Why>(static_cast<int>(why) + 1);
}

absl::StatusOr<core::ProviderId> DecodeScheduleName(const app::ReadContext& cx,
                                                    std::string_view field, std::string_view name) {
  constexpr std::string_view kSuffix = "/schedule";
  if (!name.ends_with(kSuffix)) return BadName(field, "providers/*/schedule");
  name.remove_suffix(kSuffix.size());
  return DecodeProvider(cx, field, name);
}

// The contract lets in no other weekdays and parities.
core::WeeklyHours DecodeWeekly(const v1::WeeklyHours& message) {
  const auto parity = message.parity() == v1::WeeklyHours::PARITY_WEEK_A ? core::WeekParity::kA
                      : message.parity() == v1::WeeklyHours::PARITY_WEEK_B
                          ? core::WeekParity::kB
                          : core::WeekParity::kEvery;
  // In date's encoding Sunday is 0 and 7 alike.
  return {date::weekday(static_cast<unsigned>(message.weekday())), DecodeHours(message.hours()),
          parity};
}

template <typename Messages>
std::vector<core::WeeklyHours> DecodeWeek(const Messages& messages) {
  std::vector<core::WeeklyHours> weekly;
  for (const v1::WeeklyHours& hours : messages) weekly.push_back(DecodeWeekly(hours));
  return weekly;
}

template <typename Messages>
absl::StatusOr<std::vector<core::SpecialDate>> DecodeSpecialDates(const std::string& field,
                                                                  const Messages& messages) {
  std::vector<core::SpecialDate> dates;
  RETURN_IF_ERROR(
      core::CheckEach(field, messages, [&](const v1::SpecialDate& special) -> absl::Status {
        core::SpecialDate& decoded = dates.emplace_back();
        ASSIGN_OR_RETURN(decoded.date, DecodeDate(field + ".date", special.date()));
        decoded.repeats_yearly = special.repeats_yearly();
        for (const v1::LocalHours& hours : special.hours()) {
          decoded.hours.push_back(DecodeHours(hours));
        }
        decoded.label = core::CleanLine(special.label());
        decoded.imported = special.imported();
        return absl::OkStatus();
      }));
  return dates;
}

// What the mask takes from the message.
absl::StatusOr<app::ScheduleChange> DecodeChange(const v1::UpdateScheduleRequest& request) {
  const auto& mask = request.update_mask();
  const v1::Schedule& message = request.schedule();
  RETURN_IF_ERROR(CheckMask(
      mask, {"time_zone", "weekly_hours", "special_dates", "week_a_monday", "daily_cap"}));
  core::Schedule wanted;
  wanted.time_zone = message.time_zone();
  if (Masks(mask, "weekly_hours")) wanted.weekly = DecodeWeek(message.weekly_hours());
  if (Masks(mask, "special_dates")) {
    ASSIGN_OR_RETURN(wanted.special_dates,
                     DecodeSpecialDates("schedule.special_dates", message.special_dates()));
  }
  if (message.has_week_a_monday()) {
    ASSIGN_OR_RETURN(wanted.week_a_monday,
                     DecodeDate("schedule.week_a_monday", message.week_a_monday()));
  }
  if (message.daily_cap() != 0) wanted.daily_cap = message.daily_cap();
  return app::ScheduleChange([mask, wanted](core::Schedule& present) {
    if (Masks(mask, "time_zone")) present.time_zone = wanted.time_zone;
    if (Masks(mask, "weekly_hours")) present.weekly = wanted.weekly;
    if (Masks(mask, "special_dates")) present.special_dates = wanted.special_dates;
    if (Masks(mask, "week_a_monday")) present.week_a_monday = wanted.week_a_monday;
    if (Masks(mask, "daily_cap")) present.daily_cap = wanted.daily_cap;
    return absl::OkStatus();
  });
}

absl::StatusOr<core::Interval> DecodeInterval(std::string_view resource,
                                              const google::protobuf::Timestamp* start,
                                              const google::protobuf::Timestamp* end) {
  core::Interval interval;
  ASSIGN_OR_RETURN(interval.start, DecodeInstant(fmt::format("{}.start_time", resource), start));
  ASSIGN_OR_RETURN(interval.end, DecodeInstant(fmt::format("{}.end_time", resource), end));
  return interval;
}

absl::StatusOr<ClosureListing> ListClosures(const app::ReadContext& cx,
                                            const v1::ListClosuresRequest& request) {
  ASSIGN_OR_RETURN(const core::ProviderId provider, DecodeProvider(cx, "parent", request.parent()));
  return ClosuresOf(provider, [=](const app::ReadContext& read, const auto& after, int limit) {
    return app::ListClosures(read, provider, after, limit);
  });
}

absl::StatusOr<OpeningListing> ListOpenings(const app::ReadContext& cx,
                                            const v1::ListOpeningsRequest& request) {
  ASSIGN_OR_RETURN(const core::ProviderId provider, DecodeProvider(cx, "parent", request.parent()));
  return OpeningsOf(provider, [=](const app::ReadContext& read, const auto& after, int limit) {
    return app::ListOpenings(read, provider, after, limit);
  });
}

template <typename Request>
app::Trial TrialOf(const Request& request) {
  return request.validate_only() ? app::Trial::kPreview : app::Trial::kReal;
}

template <typename Response>
void AddAffected(const app::Affected& affected, Response* response) {
  for (const core::Appointment& appointment : affected) {
    response->add_affected_appointments(AppointmentName(appointment.provider, appointment.id));
  }
}

// `name` is in `field`.
absl::Status Change(app::WriteContext& cx, std::string_view field, const std::string& name,
                    const std::string& etag, const app::ScheduleChange& change, app::Trial trial,
                    v1::UpdateScheduleResponse* response) {
  ASSIGN_OR_RETURN(const auto provider, DecodeScheduleName(cx.AsRead(), field, name));
  ASSIGN_OR_RETURN(const auto changed, app::UpdateSchedule(cx, provider, etag, change, trial));
  Encode(provider, changed.row, response->mutable_schedule());
  AddAffected(changed.affected, response);
  return absl::OkStatus();
}

absl::Status UpdateSchedule(app::WriteContext& cx, const v1::UpdateScheduleRequest& request,
                            v1::UpdateScheduleResponse* response) {
  ASSIGN_OR_RETURN(const auto change, DecodeChange(request));
  const v1::Schedule& schedule = request.schedule();
  return Change(cx, "schedule.name", schedule.name(), schedule.etag(), change, TrialOf(request),
                response);
}

absl::Status ChangeWeeklyHours(app::WriteContext& cx, const v1::ChangeWeeklyHoursRequest& request,
                               v1::UpdateScheduleResponse* response) {
  std::vector<date::weekday> cleared;
  for (const int day : request.cleared_weekdays()) cleared.emplace_back(static_cast<unsigned>(day));
  const auto removed = DecodeWeek(request.removed());
  const auto added = DecodeWeek(request.added());
  if (cleared.empty() && removed.empty() && added.empty()) {
    return core::InvalidField("added", "or another list must not be empty");
  }
  RETURN_IF_ERROR(core::CheckWeeklyHours("added", added));
  return Change(
      cx, "name", request.name(), request.etag(),
      [&](core::Schedule& schedule) -> absl::Status {
        core::ClearWeekdays(schedule, cleared);
        RETURN_IF_ERROR(core::RemoveWeeklyHours(schedule, removed));
        core::AddWeeklyHours(schedule, added);
        return absl::OkStatus();
      },
      TrialOf(request), response);
}

absl::Status ChangeSpecialDates(app::WriteContext& cx, const v1::ChangeSpecialDatesRequest& request,
                                v1::UpdateScheduleResponse* response) {
  std::vector<date::local_days> removed;
  RETURN_IF_ERROR(
      core::CheckEach("removed", request.removed(), [&](const v1::Date& message) -> absl::Status {
        ASSIGN_OR_RETURN(const auto date, DecodeDate("removed", message));
        removed.push_back(date);
        return absl::OkStatus();
      }));
  ASSIGN_OR_RETURN(const auto added, DecodeSpecialDates("added", request.added()));
  if (removed.empty() && added.empty()) {
    return core::InvalidField("added", "or `removed` must not be empty");
  }
  RETURN_IF_ERROR(core::CheckSpecialDates("added", added));
  return Change(
      cx, "name", request.name(), request.etag(),
      [&](core::Schedule& schedule) -> absl::Status {
        RETURN_IF_ERROR(core::RemoveSpecialDates(schedule, removed));
        core::AddSpecialDates(schedule, added);
        return absl::OkStatus();
      },
      TrialOf(request), response);
}

absl::Status ImportHolidays(app::WriteContext& cx, const v1::ImportHolidaysRequest& request,
                            v1::ImportHolidaysResponse* response) {
  ASSIGN_OR_RETURN(const auto provider, DecodeScheduleName(cx.AsRead(), "name", request.name()));
  const auto free =
      request.include_free() ? core::FreeEntries::kTakeIn : core::FreeEntries::kLeaveOut;
  ASSIGN_OR_RETURN(const auto imported,
                   app::ImportHolidays(
                       cx, provider, {request.calendar(), free, request.etag(), TrialOf(request)}));
  Encode(provider, imported.schedule.row, response->mutable_schedule());
  const core::HolidayChanges& changes = imported.changes;
  for (const auto& one : changes.added) Encode(one, response->add_added());
  for (const auto& one : changes.changed) Encode(one, response->add_changed());
  for (const auto& one : changes.removed) Encode(one, response->add_removed());
  for (const auto& one : changes.unchanged) Encode(one, response->add_unchanged());
  for (const auto& one : changes.kept) Encode(one, response->add_kept());
  for (const core::Holiday& one : imported.file.holidays) {
    if (!one.is_free) continue;
    Encode(core::SpecialDate{one.date, false, {}, one.label, true}, response->add_free());
  }
  for (const core::SkippedEntry& one : imported.file.skipped) {
    auto* skipped = response->add_skipped();
    skipped->set_label(one.label);
    skipped->set_why(EncodeWhy(one.why));
  }
  AddAffected(imported.schedule.affected, response);
  return absl::OkStatus();
}

absl::Status CreateClosure(app::WriteContext& cx, const v1::CreateClosureRequest& request,
                           v1::CreateClosureResponse* response) {
  const v1::Closure& message = request.closure();
  ASSIGN_OR_RETURN(const auto provider, DecodeProvider(cx.AsRead(), "parent", request.parent()));
  core::Closure closure;
  ASSIGN_OR_RETURN(
      closure.interval,
      DecodeInterval("closure", message.has_start_time() ? &message.start_time() : nullptr,
                     message.has_end_time() ? &message.end_time() : nullptr));
  closure.label = core::CleanLine(message.label());
  ASSIGN_OR_RETURN(const auto changed,
                   app::CreateClosure(cx, provider, std::move(closure), TrialOf(request)));
  Encode(provider, changed.closure, response->mutable_closure());
  if (request.validate_only()) response->mutable_closure()->clear_name();
  AddAffected(changed.affected, response);
  return absl::OkStatus();
}

absl::Status CreateOpening(app::WriteContext& cx, const v1::CreateOpeningRequest& request,
                           v1::Opening* response) {
  const v1::Opening& message = request.opening();
  ASSIGN_OR_RETURN(const auto provider, DecodeProvider(cx.AsRead(), "parent", request.parent()));
  core::Opening opening;
  ASSIGN_OR_RETURN(
      opening.interval,
      DecodeInterval("opening", message.has_start_time() ? &message.start_time() : nullptr,
                     message.has_end_time() ? &message.end_time() : nullptr));
  ASSIGN_OR_RETURN(opening, app::CreateOpening(cx, provider, opening));
  Encode(provider, opening, response);
  return absl::OkStatus();
}

absl::Status ListBusyTimes(const app::ReadContext& cx, const v1::ListBusyTimesRequest& request,
                           v1::ListBusyTimesResponse* response) {
  ASSIGN_OR_RETURN(const auto specialist, DecodeProvider(cx, "parent", request.parent()));
  core::Interval range;
  ASSIGN_OR_RETURN(
      range.start,
      DecodeInstant("start_time", request.has_start_time() ? &request.start_time() : nullptr));
  ASSIGN_OR_RETURN(
      range.end, DecodeInstant("end_time", request.has_end_time() ? &request.end_time() : nullptr));
  std::optional<app::AppointmentRef> except;
  if (!request.except_appointment().empty()) {
    ASSIGN_OR_RETURN(except,
                     DecodeAppointmentRef(request.except_appointment(), "except_appointment"));
  }
  ASSIGN_OR_RETURN(const app::BusyTimes times, app::ListBusyTimes(cx, specialist, range, except));
  const auto encode = [](const core::Interval& interval, auto* span) {
    *span->mutable_start_time() = EncodeInstant(interval.start);
    *span->mutable_end_time() = EncodeInstant(interval.end);
  };
  for (const core::Interval& one : times.open) encode(one, response->add_open());
  for (const core::Interval& one : times.busy) encode(one, response->add_busy());
  for (const core::Interval& one : times.imported) encode(one, response->add_imported());
  return absl::OkStatus();
}

absl::Status EncodeSchedule(const app::ReadContext& cx, core::ProviderId provider,
                            v1::Schedule* message) {
  ASSIGN_OR_RETURN(const auto row, app::GetSchedule(cx, provider));
  Encode(provider, row, message);
  return absl::OkStatus();
}

absl::Status GetSchedule(const app::ReadContext& cx, const v1::GetScheduleRequest& request,
                         v1::Schedule* response) {
  ASSIGN_OR_RETURN(const auto provider, DecodeScheduleName(cx, "name", request.name()));
  return EncodeSchedule(cx, provider, response);
}

absl::Status DeleteClosure(app::WriteContext& cx, const v1::DeleteClosureRequest& request,
                           v1::DeleteClosureResponse*) {
  ASSIGN_OR_RETURN(const auto name,
                   DecodeChild<core::ClosureId>("name", "providers/*/closures/*", request.name()));
  return app::DeleteClosure(cx, name.provider, name.id);
}

absl::Status DeleteOpening(app::WriteContext& cx, const v1::DeleteOpeningRequest& request,
                           v1::DeleteOpeningResponse* response) {
  ASSIGN_OR_RETURN(const auto name,
                   DecodeChild<core::OpeningId>("name", "providers/*/openings/*", request.name()));
  ASSIGN_OR_RETURN(const app::Affected affected,
                   app::DeleteOpening(cx, name.provider, name.id, TrialOf(request)));
  AddAffected(affected, response);
  return absl::OkStatus();
}

absl::Status GetClosure(const app::ReadContext& cx, const v1::GetClosureRequest& request,
                        v1::Closure* response) {
  ASSIGN_OR_RETURN(const auto name,
                   DecodeChild<core::ClosureId>("name", "providers/*/closures/*", request.name()));
  ASSIGN_OR_RETURN(const auto closure, app::GetClosure(cx, name.provider, name.id));
  Encode(name.provider, closure, response);
  return absl::OkStatus();
}

absl::Status GetOpening(const app::ReadContext& cx, const v1::GetOpeningRequest& request,
                        v1::Opening* response) {
  ASSIGN_OR_RETURN(const auto name,
                   DecodeChild<core::OpeningId>("name", "providers/*/openings/*", request.name()));
  ASSIGN_OR_RETURN(const auto opening, app::GetOpening(cx, name.provider, name.id));
  Encode(name.provider, opening, response);
  return absl::OkStatus();
}

}  // namespace

// Also what lies behind. Of specialists: organizations have no time of their own.
extern constinit const SubjectExport kScheduleExport{
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      if (provider.kind != core::ProviderKind::kSpecialist) return {};
      const core::ProviderId id = provider.id;
      const core::Instant from = core::Instant::min();
      return {{"provider/schedule.json",
               "Working hours.",
               {"schedules", "weekly_hours", "special_dates", "special_hours"},
               Only(EncodeSchedule, id)},
              {"provider/closures.json",
               "Holidays, vacations and absences.",
               {"closures"},
               Pages(ClosuresOf(id,
                                [=](const app::ReadContext& cx, const auto& after, int limit) {
                                  return storage::ListClosures(cx.tx, id, from, after, limit);
                                }))},
              {"provider/openings.json",
               "Extra openings.",
               {"openings"},
               Pages(OpeningsOf(id, [=](const app::ReadContext& cx, const auto& after, int limit) {
                 return storage::ListOpenings(cx.tx, id, from, after, limit);
               }))}};
    }};

Served MakeScheduleService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.ScheduleService")
      .Read(GetSchedule)
      .Write(UpdateSchedule)
      .Write(ChangeWeeklyHours)
      .Write(ChangeSpecialDates)
      .Write(ImportHolidays)
      .Write(CreateClosure)
      .Read(GetClosure)
      .List(ListClosures)
      .Write(DeleteClosure)
      .Write(CreateOpening)
      .Read(GetOpening)
      .List(ListOpenings)
      .Write(DeleteOpening)
      .Read(ListBusyTimes)
      .Build();
}

}  // namespace kalends::server
