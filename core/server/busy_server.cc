#include "core/app/busy.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/booking.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/services.h"
#include "kalends/v1/busy_service.pb.h"

namespace kalends::server {
namespace {

constexpr std::string_view kBusyPattern = "providers/*/busyCalendars/*";
using BusyMessage = v1::BusyCalendar;

constexpr std::pair<core::BusyKind, BusyMessage::Kind> kBusyKinds[] = {
    {core::BusyKind::kFile, BusyMessage::KIND_FILE},
    {core::BusyKind::kCalDav, BusyMessage::KIND_CALDAV}};
constexpr std::pair<core::BusyFailure, BusyMessage::Failure> kBusyFailures[] = {
    {core::BusyFailure::kUnreachable, BusyMessage::FAILURE_UNREACHABLE},
    {core::BusyFailure::kCertificate, BusyMessage::FAILURE_CERTIFICATE},
    {core::BusyFailure::kRefused, BusyMessage::FAILURE_REFUSED},
    {core::BusyFailure::kMissing, BusyMessage::FAILURE_MISSING},
    {core::BusyFailure::kBusy, BusyMessage::FAILURE_BUSY},
    {core::BusyFailure::kAnswer, BusyMessage::FAILURE_ANSWER},
    {core::BusyFailure::kNotCalendar, BusyMessage::FAILURE_NOT_CALENDAR},
    {core::BusyFailure::kTooLarge, BusyMessage::FAILURE_TOO_LARGE},
    {core::BusyFailure::kNotAllowed, BusyMessage::FAILURE_NOT_ALLOWED}};

template <typename Table, typename Value>
auto EncodedBy(const Table& table, Value value) {
  return std::find_if(std::begin(table), std::end(table),
                      [&](const auto& row) { return row.first == value; })
      ->second;
}
// The field's rules let no other value through.
template <typename Table, typename Value>
auto DecodedBy(const Table& table, Value value) {
  return std::find_if(std::begin(table), std::end(table),
                      [&](const auto& row) { return row.second == value; })
      ->first;
}

std::string NameOfBusyCalendar(const core::BusyCalendar& calendar) {
  return ProviderName(calendar.provider) + "/busyCalendars/" + calendar.id.ToString();
}

// Address, user and password are never shown.
void EncodeBusyCalendar(const app::BusyCalendarView& view, BusyMessage* message) {
  const core::BusyCalendar& calendar = view.calendar;
  message->set_name(NameOfBusyCalendar(calendar));
  message->set_kind(EncodedBy(kBusyKinds, calendar.kind));
  message->set_all_day_free(calendar.all_day_free);
  message->set_host(core::HostOf(calendar.address));
  *message->mutable_create_time() = EncodeInstant(calendar.created);
  if (calendar.success) *message->mutable_success_time() = EncodeInstant(*calendar.success);
  if (calendar.failed) *message->mutable_failure_time() = EncodeInstant(*calendar.failed);
  if (calendar.failure) message->set_failure(EncodedBy(kBusyFailures, *calendar.failure));
  message->set_http_status(calendar.http_status);
  *message->mutable_next_fetch_time() = EncodeInstant(calendar.next_fetch);
  message->set_busy_count(view.times);
  message->set_skipped_count(calendar.skipped);
  message->set_etag(app::EtagOf(calendar.version));
}

absl::StatusOr<ChildName<core::BusyCalendarId>> DecodeBusyName(std::string_view field,
                                                               std::string_view name) {
  return DecodeChild<core::BusyCalendarId>(field, kBusyPattern, name);
}

absl::Status CreateBusyCalendar(app::WriteContext& cx, const v1::CreateBusyCalendarRequest& request,
                                BusyMessage* response) {
  const BusyMessage& message = request.busy_calendar();
  core::BusyCalendar calendar;
  ASSIGN_OR_RETURN(calendar.provider, DecodeProvider(cx.AsRead(), "parent", request.parent()));
  if (message.kind() == BusyMessage::KIND_UNSPECIFIED) {
    return core::InvalidField("busy_calendar.kind", "must be set");
  }
  calendar.kind = DecodedBy(kBusyKinds, message.kind());
  ASSIGN_OR_RETURN(calendar.address, core::BusyAddress("busy_calendar.address", message.address()));
  calendar.user = message.user();
  calendar.password = message.password();
  calendar.all_day_free = message.all_day_free();
  ASSIGN_OR_RETURN(const auto view, app::CreateBusyCalendar(cx, std::move(calendar)));
  EncodeBusyCalendar(view, response);
  return absl::OkStatus();
}

absl::Status GetBusyCalendar(const app::ReadContext& cx, const v1::GetBusyCalendarRequest& request,
                             BusyMessage* response) {
  ASSIGN_OR_RETURN(const auto name, DecodeBusyName("name", request.name()));
  ASSIGN_OR_RETURN(const auto view, app::GetBusyCalendar(cx, name.provider, name.id));
  EncodeBusyCalendar(view, response);
  for (const core::Appointment& one : app::AffectedByBusyTimes(cx, view.calendar)) {
    response->add_affected_appointments(AppointmentName(one.provider, one.id));
  }
  return absl::OkStatus();
}

using BusyListing = Listing<app::BusyCalendarView, core::BusyCalendarId, BusyMessage>;

BusyListing BusyCalendarsOf(decltype(BusyListing::load) load) {
  return {std::move(load), [](const app::BusyCalendarView& view) { return view.calendar.id; },
          [](const app::ReadContext&, const app::BusyCalendarView& view, BusyMessage* message) {
            EncodeBusyCalendar(view, message);
          }};
}

absl::StatusOr<BusyListing> ListBusyCalendars(const app::ReadContext& cx,
                                              const v1::ListBusyCalendarsRequest& request) {
  ASSIGN_OR_RETURN(const core::ProviderId provider, DecodeProvider(cx, "parent", request.parent()));
  return BusyCalendarsOf([=](const app::ReadContext& read, const auto& after, int limit) {
    return app::ListBusyCalendars(read, provider, after, limit);
  });
}

absl::Status UpdateBusyCalendar(app::WriteContext& cx, const v1::UpdateBusyCalendarRequest& request,
                                BusyMessage* response) {
  const auto& mask = request.update_mask();
  RETURN_IF_ERROR(CheckMask(mask, {"address", "user", "password", "all_day_free"}));
  const BusyMessage& message = request.busy_calendar();
  ASSIGN_OR_RETURN(const auto name, DecodeBusyName("busy_calendar.name", message.name()));
  const auto change = [&](core::BusyCalendar& calendar) -> absl::Status {
    if (Masks(mask, "address")) {
      ASSIGN_OR_RETURN(calendar.address,
                       core::BusyAddress("busy_calendar.address", message.address()));
      // They are not sent to a host that they were not given for.
      calendar.user.clear();
      calendar.password.clear();
    }
    if (Masks(mask, "user")) calendar.user = message.user();
    if (Masks(mask, "password")) calendar.password = message.password();
    if (Masks(mask, "all_day_free")) calendar.all_day_free = message.all_day_free();
    return absl::OkStatus();
  };
  ASSIGN_OR_RETURN(const auto view,
                   app::UpdateBusyCalendar(cx, name.provider, name.id, message.etag(), change));
  EncodeBusyCalendar(view, response);
  return absl::OkStatus();
}

absl::Status DeleteBusyCalendar(app::WriteContext& cx, const v1::DeleteBusyCalendarRequest& request,
                                v1::DeleteBusyCalendarResponse*) {
  ASSIGN_OR_RETURN(const auto name, DecodeBusyName("name", request.name()));
  return app::DeleteBusyCalendar(cx, name.provider, name.id);
}

absl::Status FetchBusyCalendar(app::WriteContext& cx, const v1::FetchBusyCalendarRequest& request,
                               BusyMessage* response) {
  ASSIGN_OR_RETURN(const auto name, DecodeBusyName("name", request.name()));
  ASSIGN_OR_RETURN(const auto view, app::FetchBusyCalendar(cx, name.provider, name.id));
  EncodeBusyCalendar(view, response);
  return absl::OkStatus();
}

absl::Status LeaseBusyCalendars(app::WriteContext& cx, const v1::LeaseBusyCalendarsRequest& request,
                                v1::LeaseBusyCalendarsResponse* response) {
  const core::Interval window = core::BusyWindow(cx.now);
  for (const auto& leased : app::LeaseBusyCalendars(cx, std::max(request.max_calendars(), 1))) {
    const core::BusyCalendar& calendar = leased.calendar;
    auto* message = response->add_calendars();
    message->set_name(NameOfBusyCalendar(calendar));
    message->set_lease(calendar.lease);
    message->set_kind(EncodedBy(kBusyKinds, calendar.kind));
    message->set_address(calendar.address);
    message->set_user(calendar.user);
    message->set_password(calendar.password);
    message->set_entity_tag(calendar.entity_tag);
    message->set_last_modified(calendar.last_modified);
    message->set_all_day_free(calendar.all_day_free);
    message->set_time_zone(leased.time_zone);
    *message->mutable_start_time() = EncodeInstant(window.start);
    *message->mutable_end_time() = EncodeInstant(window.end);
  }
  return absl::OkStatus();
}

absl::StatusOr<app::BusyRead> DecodeBusyRead(const v1::ReportBusyCalendarRequest::Read& message) {
  constexpr std::string_view kField = "read.times_s";
  app::BusyRead read;
  if (message.times_s_size() % 2 != 0) return core::InvalidField(kField, "must come in pairs");
  // From the year 1970 to 2100, so that no sum of them is beyond what is counted with.
  constexpr std::int64_t kLast = 4'102'444'800;
  for (int i = 0; i < message.times_s_size(); i += 2) {
    const std::int64_t start = message.times_s(i), end = message.times_s(i + 1);
    if (start < 0 || end <= start || end > kLast) {
      return core::InvalidField(kField, "must lie between 1970 and 2100, each end after its start");
    }
    read.times.push_back({core::FromUnixSeconds(start), core::FromUnixSeconds(end)});
  }
  read.entity_tag = message.entity_tag();
  read.last_modified = message.last_modified();
  read.skipped = message.skipped_count();
  return read;
}

absl::StatusOr<app::BusyOutcome> DecodeBusyOutcome(const v1::ReportBusyCalendarRequest& request) {
  switch (request.outcome_case()) {
    case v1::ReportBusyCalendarRequest::kRead: {
      ASSIGN_OR_RETURN(auto read, DecodeBusyRead(request.read()));
      return app::BusyOutcome(std::move(read));
    }
    case v1::ReportBusyCalendarRequest::kUnchanged:
      return app::BusyOutcome(app::BusyUnchanged());
    case v1::ReportBusyCalendarRequest::kFailed:
      return app::BusyOutcome(app::BusyFailed{
          DecodedBy(kBusyFailures, request.failed().failure()), request.failed().http_status(),
          std::chrono::seconds(request.failed().retry_after_seconds())});
    default:
      return core::InvalidField("outcome", "must be set");
  }
}

absl::Status ReportBusyCalendar(app::WriteContext& cx, const v1::ReportBusyCalendarRequest& request,
                                v1::ReportBusyCalendarResponse*) {
  ASSIGN_OR_RETURN(const auto name, DecodeBusyName("name", request.name()));
  ASSIGN_OR_RETURN(auto outcome, DecodeBusyOutcome(request));
  return app::ReportBusyCalendar(cx, name.provider, name.id, request.lease(), std::move(outcome));
}

}  // namespace

// Without the secrets, which open calendars that lie elsewhere: whoever has the file would have
// them. The times are those of the other calendar, where they can be had with more to them.
extern constinit const SubjectExport kBusyExport{
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      if (provider.kind != core::ProviderKind::kSpecialist) return {};
      const core::ProviderId id = provider.id;
      return {{"provider/busy_calendars.json",
               "Calendars that are connected, without address and password.",
               {"busy_calendars", "busy_times"},
               Pages(BusyCalendarsOf([=](const app::ReadContext& cx, const auto& after, int limit) {
                 return app::ListBusyCalendars(cx, id, after, limit);
               }))}};
    }};

Served MakeBusyCalendarService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.BusyCalendarService")
      .Write(CreateBusyCalendar)
      .Read(GetBusyCalendar)
      .List(ListBusyCalendars)
      .Write(UpdateBusyCalendar)
      .Write(DeleteBusyCalendar)
      .Write(FetchBusyCalendar)
      .WriteOnce(LeaseBusyCalendars)
      .WriteOnce(ReportBusyCalendar)
      .Build();
}

}  // namespace kalends::server
