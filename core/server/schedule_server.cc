#include "core/server/schedule_server.h"

#include <fmt/format.h>

#include "core/app/schedule.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/decode.h"
#include "core/server/encode.h"

namespace kalends::server {
namespace {

core::LocalHours DecodeHours(const v1::LocalHours& message) {
  return {core::Minutes(message.start_minute()), core::Minutes(message.end_minute())};
}

absl::StatusOr<core::ProviderId> DecodeScheduleName(const app::ReadContext& cx,
                                                    std::string_view field, std::string_view name) {
  constexpr std::string_view kSuffix = "/schedule";
  if (!name.ends_with(kSuffix)) return BadName(field, "providers/*/schedule");
  name.remove_suffix(kSuffix.size());
  return DecodeProvider(cx, field, name);
}

absl::StatusOr<std::vector<core::WeeklyHours>> DecodeWeekly(const v1::Schedule& message) {
  std::vector<core::WeeklyHours> weekly;
  for (const v1::WeeklyHours& hours : message.weekly_hours()) {
    if (hours.weekday() < 1 || hours.weekday() > 7) {
      return core::InvalidField("schedule.weekly_hours.weekday",
                                "must be 1 (Monday) to 7 (Sunday)");
    }
    const auto parity = hours.parity() == v1::WeeklyHours::PARITY_WEEK_A ? core::WeekParity::kA
                        : hours.parity() == v1::WeeklyHours::PARITY_WEEK_B
                            ? core::WeekParity::kB
                            : core::WeekParity::kEvery;
    // In date's encoding Sunday is 0 and 7 alike.
    weekly.push_back({date::weekday(static_cast<unsigned>(hours.weekday())),
                      DecodeHours(hours.hours()), parity});
  }
  return weekly;
}

absl::StatusOr<std::vector<core::SpecialDate>> DecodeSpecialDates(const v1::Schedule& message) {
  std::vector<core::SpecialDate> dates;
  for (const v1::SpecialDate& special : message.special_dates()) {
    core::SpecialDate decoded;
    ASSIGN_OR_RETURN(decoded.date, DecodeDate("schedule.special_dates.date", special.date()));
    decoded.repeats_yearly = special.repeats_yearly();
    for (const v1::LocalHours& hours : special.hours()) decoded.hours.push_back(DecodeHours(hours));
    decoded.label = special.label();
    dates.push_back(std::move(decoded));
  }
  return dates;
}

// What the mask takes from the message.
absl::StatusOr<std::function<void(core::Schedule&)>> DecodeChange(
    const v1::UpdateScheduleRequest& request) {
  const auto& mask = request.update_mask();
  const v1::Schedule& message = request.schedule();
  RETURN_IF_ERROR(CheckMask(
      mask, {"time_zone", "weekly_hours", "special_dates", "week_a_monday", "daily_cap"}));
  core::Schedule wanted;
  wanted.time_zone = message.time_zone();
  ASSIGN_OR_RETURN(wanted.weekly, DecodeWeekly(message));
  ASSIGN_OR_RETURN(wanted.special_dates, DecodeSpecialDates(message));
  if (message.has_week_a_monday()) {
    ASSIGN_OR_RETURN(wanted.week_a_monday,
                     DecodeDate("schedule.week_a_monday", message.week_a_monday()));
  }
  if (message.daily_cap() != 0) wanted.daily_cap = message.daily_cap();
  return std::function<void(core::Schedule&)>([mask, wanted](core::Schedule& present) {
    if (Masks(mask, "time_zone")) present.time_zone = wanted.time_zone;
    if (Masks(mask, "weekly_hours")) present.weekly = wanted.weekly;
    if (Masks(mask, "special_dates")) present.special_dates = wanted.special_dates;
    if (Masks(mask, "week_a_monday")) present.week_a_monday = wanted.week_a_monday;
    if (Masks(mask, "daily_cap")) present.daily_cap = wanted.daily_cap;
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

// Both lists are paged by (start, id).
template <typename Cursor, typename ItemId>
absl::StatusOr<std::optional<Cursor>> DecodeCursor(std::string_view list, std::string_view token) {
  ASSIGN_OR_RETURN(const auto place, DecodePageToken(list, token, 2));
  if (!place) return std::optional<Cursor>();
  ASSIGN_OR_RETURN(const std::int64_t start, TokenNumber((*place)[0]));
  const auto id = ItemId::Parse((*place)[1]);
  if (!id) return core::Error(core::Reason::kInvalidPageToken);
  return std::optional(Cursor{core::FromUnixSeconds(start), *id});
}

template <typename Item>
std::string TokenAfter(std::string_view list, const Item& last) {
  return EncodePageToken(
      list, {std::to_string(core::ToUnixSeconds(last.interval.start)), last.id.ToString()});
}

absl::Status ListClosuresPage(const app::ReadContext& cx, const v1::ListClosuresRequest& request,
                              v1::ListClosuresResponse* response) {
  ASSIGN_OR_RETURN(const auto provider, DecodeProvider(cx, "parent", request.parent()));
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  const std::string list = "ListClosures " + provider.ToString();
  ASSIGN_OR_RETURN(const auto after, (DecodeCursor<storage::ClosureCursor, core::ClosureId>(
                                         list, request.page_token())));
  ASSIGN_OR_RETURN(const auto found, app::ListClosures(cx, provider, after, limit + 1));
  for (const core::Closure& closure : found) {
    if (response->closures_size() == limit) {
      response->set_next_page_token(TokenAfter(list, found[static_cast<std::size_t>(limit) - 1]));
      break;
    }
    Encode(provider, closure, response->add_closures());
  }
  return absl::OkStatus();
}

absl::Status ListOpeningsPage(const app::ReadContext& cx, const v1::ListOpeningsRequest& request,
                              v1::ListOpeningsResponse* response) {
  ASSIGN_OR_RETURN(const auto provider, DecodeProvider(cx, "parent", request.parent()));
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  const std::string list = "ListOpenings " + provider.ToString();
  ASSIGN_OR_RETURN(const auto after, (DecodeCursor<storage::OpeningCursor, core::OpeningId>(
                                         list, request.page_token())));
  ASSIGN_OR_RETURN(const auto found, app::ListOpenings(cx, provider, after, limit + 1));
  for (const core::Opening& opening : found) {
    if (response->openings_size() == limit) {
      response->set_next_page_token(TokenAfter(list, found[static_cast<std::size_t>(limit) - 1]));
      break;
    }
    Encode(provider, opening, response->add_openings());
  }
  return absl::OkStatus();
}

absl::Status Update(app::WriteContext& cx, const v1::UpdateScheduleRequest& request,
                    v1::UpdateScheduleResponse* response) {
  ASSIGN_OR_RETURN(const auto provider,
                   DecodeScheduleName(cx.AsRead(), "schedule.name", request.schedule().name()));
  ASSIGN_OR_RETURN(const auto change, DecodeChange(request));
  ASSIGN_OR_RETURN(const auto changed,
                   app::UpdateSchedule(cx, provider, request.schedule().etag(), change));
  Encode(provider, changed.row, response->mutable_schedule());
  for (const core::Appointment& appointment : changed.affected) {
    response->add_affected_appointments(AppointmentName(appointment.provider, appointment.id));
  }
  return absl::OkStatus();
}

absl::Status Close(app::WriteContext& cx, const v1::CreateClosureRequest& request,
                   v1::CreateClosureResponse* response) {
  const v1::Closure& message = request.closure();
  ASSIGN_OR_RETURN(const auto provider, DecodeProvider(cx.AsRead(), "parent", request.parent()));
  core::Closure closure;
  ASSIGN_OR_RETURN(
      closure.interval,
      DecodeInterval("closure", message.has_start_time() ? &message.start_time() : nullptr,
                     message.has_end_time() ? &message.end_time() : nullptr));
  closure.label = message.label();
  ASSIGN_OR_RETURN(const auto changed, app::CreateClosure(cx, provider, std::move(closure)));
  Encode(provider, changed.closure, response->mutable_closure());
  for (const core::Appointment& appointment : changed.affected) {
    response->add_affected_appointments(AppointmentName(appointment.provider, appointment.id));
  }
  return absl::OkStatus();
}

absl::Status Open(app::WriteContext& cx, const v1::CreateOpeningRequest& request,
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

}  // namespace

Calls::Reactor* ScheduleServer::GetSchedule(Calls::Context* context,
                                            const v1::GetScheduleRequest* request,
                                            v1::Schedule* response) {
  return calls_.Read(context, "kalends.v1.ScheduleService.GetSchedule",
                     [&](const app::ReadContext& cx) -> absl::Status {
                       ASSIGN_OR_RETURN(const auto provider,
                                        DecodeScheduleName(cx, "name", request->name()));
                       ASSIGN_OR_RETURN(const auto row, app::GetSchedule(cx, provider));
                       Encode(provider, row, response);
                       return absl::OkStatus();
                     });
}

Calls::Reactor* ScheduleServer::UpdateSchedule(Calls::Context* context,
                                               const v1::UpdateScheduleRequest* request,
                                               v1::UpdateScheduleResponse* response) {
  return calls_.Write(context, "kalends.v1.ScheduleService.UpdateSchedule", request, response,
                      [=](app::WriteContext& cx) { return Update(cx, *request, response); });
}

Calls::Reactor* ScheduleServer::CreateClosure(Calls::Context* context,
                                              const v1::CreateClosureRequest* request,
                                              v1::CreateClosureResponse* response) {
  return calls_.Write(context, "kalends.v1.ScheduleService.CreateClosure", request, response,
                      [=](app::WriteContext& cx) { return Close(cx, *request, response); });
}

Calls::Reactor* ScheduleServer::ListClosures(Calls::Context* context,
                                             const v1::ListClosuresRequest* request,
                                             v1::ListClosuresResponse* response) {
  return calls_.Read(
      context, "kalends.v1.ScheduleService.ListClosures",
      [&](const app::ReadContext& cx) { return ListClosuresPage(cx, *request, response); });
}

Calls::Reactor* ScheduleServer::DeleteClosure(Calls::Context* context,
                                              const v1::DeleteClosureRequest* request,
                                              v1::DeleteClosureResponse* response) {
  return calls_.Write(context, "kalends.v1.ScheduleService.DeleteClosure", request, response,
                      [=](app::WriteContext& cx) -> absl::Status {
                        ASSIGN_OR_RETURN(const auto name,
                                         DecodeChild<core::ClosureId>(
                                             "name", "providers/*/closures/*", request->name()));
                        return app::DeleteClosure(cx, name.provider, name.id);
                      });
}

Calls::Reactor* ScheduleServer::CreateOpening(Calls::Context* context,
                                              const v1::CreateOpeningRequest* request,
                                              v1::Opening* response) {
  return calls_.Write(context, "kalends.v1.ScheduleService.CreateOpening", request, response,
                      [=](app::WriteContext& cx) { return Open(cx, *request, response); });
}

Calls::Reactor* ScheduleServer::ListOpenings(Calls::Context* context,
                                             const v1::ListOpeningsRequest* request,
                                             v1::ListOpeningsResponse* response) {
  return calls_.Read(
      context, "kalends.v1.ScheduleService.ListOpenings",
      [&](const app::ReadContext& cx) { return ListOpeningsPage(cx, *request, response); });
}

Calls::Reactor* ScheduleServer::DeleteOpening(Calls::Context* context,
                                              const v1::DeleteOpeningRequest* request,
                                              v1::DeleteOpeningResponse* response) {
  return calls_.Write(context, "kalends.v1.ScheduleService.DeleteOpening", request, response,
                      [=](app::WriteContext& cx) -> absl::Status {
                        ASSIGN_OR_RETURN(const auto name,
                                         DecodeChild<core::OpeningId>(
                                             "name", "providers/*/openings/*", request->name()));
                        return app::DeleteOpening(cx, name.provider, name.id);
                      });
}

}  // namespace kalends::server
