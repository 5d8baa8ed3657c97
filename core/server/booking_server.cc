#include <algorithm>
#include <span>

#include "core/app/booking_staff.h"
#include "core/base/error.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/server/booking.h"
#include "core/server/catalog.h"
#include "core/server/consents.h"
#include "core/server/encode.h"
#include "core/server/packages.h"
#include "core/server/rpcs.h"
#include "core/server/services.h"

namespace kalends::server {
namespace {

// `service` and `specialist` may be empty.
absl::StatusOr<core::OfferInput> DecodeOffer(core::ProviderId provider, const std::string& service,
                                             const std::string& specialist) {
  core::OfferInput input;
  input.provider = provider;
  if (!service.empty()) {
    ASSIGN_OR_RETURN(const auto name, DecodeServiceName("service", service));
    if (name.provider != provider)
      return core::NotFound("providers/*/services/*", provider, name.id);
    input.service = name.id;
  }
  if (!specialist.empty()) {
    const auto parts = MatchName("providers/*", specialist);
    input.specialist = parts ? core::ProviderId::Parse((*parts)[0]) : std::nullopt;
    if (!input.specialist) return BadName("specialist", "providers/*");
  }
  return input;
}

// ListSlots and ListBookableDates ask alike.
template <typename Request>
absl::StatusOr<app::SlotsInput> DecodeSlots(const Request& request) {
  app::SlotsInput input;
  const auto parts = MatchName("providers/*", request.parent());
  const auto provider = parts ? core::ProviderId::Parse((*parts)[0]) : std::nullopt;
  if (!provider) return BadName("parent", "providers/*");
  ASSIGN_OR_RETURN(input.offer, DecodeOffer(*provider, request.service(), request.specialist()));
  ASSIGN_OR_RETURN(input.dates.first, DecodeDate("start_date", request.start_date()));
  ASSIGN_OR_RETURN(input.dates.last, DecodeDate("end_date", request.end_date()));
  input.time_zone = request.time_zone();
  return input;
}

struct FoundSlots {
  app::Slots slots;
  core::Offer offer;
  core::Instant now;
};

// Tools are answered from memory alone; for an account the database says what it may see.
template <typename Request>
absl::StatusOr<FoundSlots> FindSlots(app::Engine& engine, const Calls::Call& call,
                                     const std::optional<core::Caller>& caller,
                                     const Request& request) {
  app::SlotsInput input;
  const core::Instant now = engine.Now();
  const core::CallerRule& rule = call.method->rule;
  if (caller && core::SeesEverything(*caller)) {
    ASSIGN_OR_RETURN(input, DecodeSlots(request));
  } else {
    RETURN_IF_ERROR(
        engine.Read(call.credentials, rule, [&](const app::ReadContext& cx) -> absl::Status {
          ASSIGN_OR_RETURN(input, DecodeSlots(request));
          ASSIGN_OR_RETURN(std::string zone, app::ZoneForSlots(cx, input.offer.provider));
          if (input.time_zone.empty()) input.time_zone = std::move(zone);
          return absl::OkStatus();
        }));
  }
  ASSIGN_OR_RETURN(const auto catalog, engine.catalogs().Get(input.offer.provider, now));
  if (!catalog) return core::NotFound("providers/*", input.offer.provider);
  ASSIGN_OR_RETURN(core::Offer offer, app::OfferFrom(*catalog, input.offer));
  ASSIGN_OR_RETURN(app::Slots slots, app::FindSlots(engine.calendars(), offer, input, now));
  return FoundSlots{std::move(slots), std::move(offer), now};
}

template <typename Request>
absl::StatusOr<FoundSlots> FindSlots(app::Engine& engine, const Calls::Call& call,
                                     const Request& request) {
  ASSIGN_OR_RETURN(const auto caller, engine.CallerInMemory(call.credentials, call.method->rule));
  auto found = FindSlots(engine, call, caller, request);
  if (found.ok() || !caller) return found;
  return core::ForCaller(found.status(), *caller);
}

absl::Status ListBookableDates(const Calls::Call& call, const v1::ListBookableDatesRequest& request,
                               v1::ListBookableDatesResponse* response, app::Engine& engine) {
  ASSIGN_OR_RETURN(const FoundSlots found, FindSlots(engine, call, request));
  for (const core::SlotDay& day : found.slots.days) *response->add_dates() = EncodeDate(day.date);
  response->set_time_zone(found.slots.time_zone);
  const auto zone = core::TimeZone::Find(found.slots.time_zone);
  ASSIGN_OR_RETURN(const date::local_days last, DecodeDate("end_date", request.end_date()));
  ASSIGN_OR_RETURN(const auto next,
                   app::FirstSlot(engine.calendars(), found.offer,
                                  zone->StartOfDay(last + date::days(1)), found.now));
  if (next) *response->mutable_next_start_time() = EncodeInstant(*next);
  return absl::OkStatus();
}

void AddPacked(std::span<const core::Instant> starts, v1::ListSlotsResponse::Day* message) {
  auto* seconds = message->mutable_start_times_s();
  const int count = static_cast<int>(starts.size());
  seconds->Reserve(count);
  std::transform(starts.begin(), starts.end(), seconds->AddNAlreadyReserved(count),
                 core::ToUnixSeconds);
}

void AddReadable(const core::SlotDay& day, const app::Slots& slots, const core::TimeZone& zone,
                 v1::ListSlotsResponse::Day* message) {
  for (std::size_t at = day.first; at < day.first + day.count; ++at) {
    const core::Instant start = slots.starts[at];
    const auto other = std::find_if(slots.other_lengths.begin(), slots.other_lengths.end(),
                                    [&](const auto& interval) { return interval.start == start; });
    v1::ListSlotsResponse::Slot* slot = message->add_slots();
    *slot->mutable_start_time() = EncodeInstant(start);
    *slot->mutable_end_time() =
        EncodeInstant(other == slots.other_lengths.end() ? start + slots.duration : other->end);
    slot->set_local_start_time(EncodeLocal(start, zone));
    if (!slots.seats.empty()) slot->set_seats_left(slots.seats[at]);
  }
}

absl::Status ListSlots(const Calls::Call& call, const v1::ListSlotsRequest& request,
                       v1::ListSlotsResponse* response, app::Engine& engine) {
  ASSIGN_OR_RETURN(const FoundSlots found, FindSlots(engine, call, request));
  const bool readable = request.view() == v1::ListSlotsRequest::VIEW_READABLE;
  const auto zone = core::TimeZone::Find(found.slots.time_zone);
  response->mutable_days()->Reserve(static_cast<int>(found.slots.days.size()));
  for (const core::SlotDay& day : found.slots.days) {
    v1::ListSlotsResponse::Day* message = response->add_days();
    *message->mutable_date() = EncodeDate(day.date);
    if (readable) {
      AddReadable(day, found.slots, *zone, message);
      continue;
    }
    AddPacked(std::span(found.slots.starts).subspan(day.first, day.count), message);
    if (found.slots.seats.empty()) continue;
    const auto seats = std::span(found.slots.seats).subspan(day.first, day.count);
    message->mutable_seats_left()->Add(seats.begin(), seats.end());
  }
  *response->mutable_duration() = EncodeSeconds(found.slots.duration);
  for (const core::Interval& other : found.slots.other_lengths) {
    if (readable) break;
    v1::ListSlotsResponse::OtherLength* message = response->add_other_lengths();
    message->set_start_time_s(core::ToUnixSeconds(other.start));
    *message->mutable_duration() = EncodeSeconds(other.end - other.start);
  }
  response->set_time_zone(found.slots.time_zone);
  response->set_provider_time_zone(found.slots.provider_time_zone);
  return absl::OkStatus();
}

// The customer's package of the provider; `name` may be empty.
absl::StatusOr<std::optional<core::SoldPackageId>> DecodePackageOf(const app::ReadContext& cx,
                                                                   const core::LinkKey& link,
                                                                   std::string_view field,
                                                                   const std::string& name) {
  if (name.empty()) return std::optional<core::SoldPackageId>();
  ASSIGN_OR_RETURN(const auto ref, DecodeSoldPackageRef(cx, field, name));
  if (ref.link != link) {
    return core::NotFound("providers/*/links/*/soldPackages/*", ref.link.provider,
                          ref.link.customer, ref.id);
  }
  return std::optional(ref.id);
}

// Choosing a specialist looks at the calendars of all who could keep it, of an organization some
// hundred. What is wrong with the request, and what the caller may not see, the write says.
void WarmOffer(const Calls::Call& call, app::Engine& engine, const std::string& parent,
               const std::string& service, const std::string& specialist) {
  const auto parts = MatchName("providers/*", parent);
  if (const auto named = parts ? core::ProviderId::Parse((*parts)[0]) : std::nullopt) {
    const auto input = DecodeOffer(*named, service, specialist);
    if (!input.ok() || app::IsInMemory(engine.catalogs(), engine.calendars(), *input)) return;
  }
  core::OfferInput input;
  const absl::Status visible = engine.Read(
      call.credentials, call.method->rule, [&](const app::ReadContext& cx) -> absl::Status {
        ASSIGN_OR_RETURN(const auto provider, DecodeProvider(cx, "parent", parent));
        ASSIGN_OR_RETURN(input, DecodeOffer(provider, service, specialist));
        return app::VisibleProvider(cx, provider).status();
      });
  if (!visible.ok()) return;
  app::BringIntoMemory(engine.catalogs(), engine.calendars(), input, engine.Now());
}

void WarmRequest(const Calls::Call& call, const v1::RequestAppointmentRequest& request,
                 app::Engine& engine) {
  const v1::Appointment& wanted = request.appointment();
  WarmOffer(call, engine, request.parent(), wanted.service(), wanted.specialist());
}

void WarmBooking(const Calls::Call& call, const v1::BookAppointmentRequest& request,
                 app::Engine& engine) {
  WarmOffer(call, engine, request.parent(), request.service(), request.specialist());
}

absl::Status RequestAppointment(app::WriteContext& cx, const v1::RequestAppointmentRequest& request,
                                v1::Appointment* response) {
  const v1::Appointment& wanted = request.appointment();
  app::RequestInput input;
  ASSIGN_OR_RETURN(const auto provider, DecodeProvider(cx.AsRead(), "parent", request.parent()));
  ASSIGN_OR_RETURN(input.offer, DecodeOffer(provider, wanted.service(), wanted.specialist()));
  ASSIGN_OR_RETURN(input.start,
                   DecodeInstant("appointment.start_time",
                                 wanted.has_start_time() ? &wanted.start_time() : nullptr));
  input.note = wanted.note();
  if (!request.replaces().empty()) {
    ASSIGN_OR_RETURN(input.replaces, DecodeAppointmentRef(request.replaces(), "replaces"));
  }
  ASSIGN_OR_RETURN(input.package,
                   DecodePackageOf(cx.AsRead(), {provider, cx.caller.account.value()},
                                   "appointment.package", wanted.package()));
  ASSIGN_OR_RETURN(const auto view, app::RequestAppointment(cx, input));
  Encode(view, response);
  return absl::OkStatus();
}

// What the five methods below have in common: they take an appointment to another status.
template <typename T>
absl::Status Change(app::WriteContext& cx, const T& request, core::AppointmentStatus to,
                    std::string reason, std::optional<core::ServiceId> service,
                    v1::Appointment* response) {
  app::TransitionInput input;
  ASSIGN_OR_RETURN(input.ref, DecodeAppointmentRef(request.name()));
  input.to = to;
  input.reason = std::move(reason);
  input.etag = request.etag();
  input.service = service;
  ASSIGN_OR_RETURN(const auto view, app::ChangeStatus(cx, input));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status AcceptAppointment(app::WriteContext& cx, const v1::AcceptAppointmentRequest& request,
                               v1::Appointment* response) {
  std::optional<core::ServiceId> service;
  if (!request.service().empty()) {
    ASSIGN_OR_RETURN(const auto name, DecodeServiceName("service", request.service()));
    service = name.id;
  }
  return Change(cx, request, core::AppointmentStatus::kAccepted, "", service, response);
}

absl::Status ProposeTimes(app::WriteContext& cx, const v1::ProposeTimesRequest& request,
                          v1::Appointment* response) {
  app::ProposeInput input;
  ASSIGN_OR_RETURN(input.ref, DecodeAppointmentRef(request.name()));
  RETURN_IF_ERROR(
      core::CheckEach("start_times", request.start_times(), [&](const auto& start) -> absl::Status {
        ASSIGN_OR_RETURN(const core::Instant instant, DecodeInstant("start_times", &start));
        input.starts.push_back(instant);
        return absl::OkStatus();
      }));
  input.etag = request.etag();
  ASSIGN_OR_RETURN(const auto view, app::ProposeTimes(cx, input));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status RejectAppointment(app::WriteContext& cx, const v1::RejectAppointmentRequest& request,
                               v1::Appointment* response) {
  return Change(cx, request, core::AppointmentStatus::kRejected, request.reason(), {}, response);
}

absl::Status CancelAppointment(app::WriteContext& cx, const v1::CancelAppointmentRequest& request,
                               v1::Appointment* response) {
  return Change(cx, request, core::AppointmentStatus::kCancelled, request.reason(), {}, response);
}

absl::Status CompleteAppointment(app::WriteContext& cx,
                                 const v1::CompleteAppointmentRequest& request,
                                 v1::Appointment* response) {
  return Change(cx, request, core::AppointmentStatus::kCompleted, "", {}, response);
}

absl::Status MarkAppointmentMissed(app::WriteContext& cx,
                                   const v1::MarkAppointmentMissedRequest& request,
                                   v1::Appointment* response) {
  return Change(cx, request, core::AppointmentStatus::kMissed, "", {}, response);
}

absl::Status ChooseProposedTime(app::WriteContext& cx, const v1::ChooseProposedTimeRequest& request,
                                v1::Appointment* response) {
  ASSIGN_OR_RETURN(const auto ref, DecodeAppointmentRef(request.name()));
  ASSIGN_OR_RETURN(
      const auto start,
      DecodeInstant("start_time", request.has_start_time() ? &request.start_time() : nullptr));
  ASSIGN_OR_RETURN(const auto view, app::ChooseProposedTime(cx, ref, start));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status DeclineProposedTime(app::WriteContext& cx,
                                 const v1::DeclineProposedTimeRequest& request,
                                 v1::Appointment* response) {
  ASSIGN_OR_RETURN(const auto ref, DecodeAppointmentRef(request.name()));
  ASSIGN_OR_RETURN(const auto view, app::DeclineProposedTime(cx, ref));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status RescheduleAppointment(app::WriteContext& cx,
                                   const v1::RescheduleAppointmentRequest& request,
                                   v1::Appointment* response) {
  app::RescheduleInput input;
  ASSIGN_OR_RETURN(input.ref, DecodeAppointmentRef(request.name()));
  ASSIGN_OR_RETURN(
      input.start,
      DecodeInstant("start_time", request.has_start_time() ? &request.start_time() : nullptr));
  input.reason = request.reason();
  input.etag = request.etag();
  ASSIGN_OR_RETURN(const auto view, app::RescheduleAppointment(cx, input));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status BookAppointment(app::WriteContext& cx, const v1::BookAppointmentRequest& request,
                             v1::BookAppointmentResponse* response) {
  app::BookInput input;
  ASSIGN_OR_RETURN(const auto provider, DecodeProvider(cx.AsRead(), "parent", request.parent()));
  ASSIGN_OR_RETURN(input.customer, DecodeAccount(cx.AsRead(), "customer", request.customer()));
  ASSIGN_OR_RETURN(input.offer, DecodeOffer(provider, request.service(), request.specialist()));
  ASSIGN_OR_RETURN(
      input.start,
      DecodeInstant("start_time", request.has_start_time() ? &request.start_time() : nullptr));
  if (request.ignore_hours()) input.placing = core::Placing::kByHand;
  ASSIGN_OR_RETURN(input.package, DecodePackageOf(cx.AsRead(), {provider, input.customer},
                                                  "package", request.package()));
  ASSIGN_OR_RETURN(const auto booked, app::BookAppointment(cx, input));
  Encode(booked.view, response->mutable_appointment());
  for (const auto& missing : booked.missing.documents) {
    Encode(missing, response->add_missing_consents());
  }
  return absl::OkStatus();
}

absl::Status ReassignAppointment(app::WriteContext& cx,
                                 const v1::ReassignAppointmentRequest& request,
                                 v1::Appointment* response) {
  app::ReassignInput input;
  ASSIGN_OR_RETURN(input.ref, DecodeAppointmentRef(request.name()));
  if (!request.specialist().empty()) {
    ASSIGN_OR_RETURN(input.specialist,
                     DecodeProvider(cx.AsRead(), "specialist", request.specialist()));
  }
  input.etag = request.etag();
  ASSIGN_OR_RETURN(const auto view, app::ReassignAppointment(cx, input));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status SetAppointmentPlace(app::WriteContext& cx,
                                 const v1::SetAppointmentPlaceRequest& request,
                                 v1::Appointment* response) {
  app::PlaceInput input;
  ASSIGN_OR_RETURN(input.ref, DecodeAppointmentRef(request.name()));
  input.place = request.place();
  input.etag = request.etag();
  ASSIGN_OR_RETURN(const auto view, app::SetAppointmentPlace(cx, input));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status RemindAppointment(app::WriteContext& cx, const v1::RemindAppointmentRequest& request,
                               v1::Appointment* response) {
  ASSIGN_OR_RETURN(const auto ref, DecodeAppointmentRef(request.name()));
  ASSIGN_OR_RETURN(const auto view, app::RemindAppointment(cx, ref));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status GetAppointment(const app::ReadContext& cx, const v1::GetAppointmentRequest& request,
                            v1::Appointment* response) {
  ASSIGN_OR_RETURN(const auto ref, DecodeAppointmentRef(request.name()));
  ASSIGN_OR_RETURN(const auto view, app::GetAppointment(cx, ref));
  Encode(view, response);
  return absl::OkStatus();
}

absl::StatusOr<storage::Whose> DecodeWhose(const app::ReadContext& cx, const std::string& parent) {
  if (parent.starts_with("accounts/")) {
    ASSIGN_OR_RETURN(const auto account, DecodeAccount(cx, "parent", parent));
    return storage::Whose(storage::AsCustomer{account});
  }
  ASSIGN_OR_RETURN(const auto provider, DecodeProvider(cx, "parent", parent));
  return storage::Whose(storage::AsProvider{provider});
}

absl::StatusOr<app::ListInput> DecodeListed(const app::ReadContext& cx,
                                            const v1::ListAppointmentsRequest& request) {
  app::ListInput input;
  ASSIGN_OR_RETURN(input.whose, DecodeWhose(cx, request.parent()));
  if (!request.customer().empty()) {
    const auto* provider = std::get_if<storage::AsProvider>(&input.whose);
    if (provider == nullptr) return core::InvalidField("customer", "goes with a provider only");
    ASSIGN_OR_RETURN(const auto customer, DecodeAccount(cx, "customer", request.customer()));
    input.whose = storage::Between{provider->provider, customer};
  }
  switch (request.filter()) {
    case v1::ListAppointmentsRequest::FILTER_UNSPECIFIED:
      break;
    case v1::ListAppointmentsRequest::FILTER_UPCOMING:
      input.filter = app::ListFilter::kUpcoming;
      break;
    case v1::ListAppointmentsRequest::FILTER_PAST:
      input.filter = app::ListFilter::kPast;
      break;
    case v1::ListAppointmentsRequest::FILTER_PENDING:
      input.filter = app::ListFilter::kPending;
      break;
    case v1::ListAppointmentsRequest::FILTER_OUTSIDE_HOURS:
      if (!std::holds_alternative<storage::AsProvider>(input.whose)) {
        return core::InvalidField("filter", "must be another for a customer");
      }
      input.filter = app::ListFilter::kOutsideHours;
      break;
    default:
      return core::InvalidField("filter", "must be one of the enum");
  }
  const bool ranged = request.has_start_time() || request.has_end_time();
  if (ranged && input.filter != app::ListFilter::kAll) {
    return core::InvalidField("start_time", "goes with FILTER_UNSPECIFIED only");
  }
  input.within = {core::FromUnixSeconds(0), core::FromUnixSeconds(std::int64_t{1} << 40)};
  if (request.has_start_time()) {
    ASSIGN_OR_RETURN(input.within.start, DecodeInstant("start_time", &request.start_time()));
  }
  if (request.has_end_time()) {
    ASSIGN_OR_RETURN(input.within.end, DecodeInstant("end_time", &request.end_time()));
  }
  return input;
}

absl::StatusOr<AppointmentListing> ListAppointments(const app::ReadContext& cx,
                                                    const v1::ListAppointmentsRequest& request) {
  ASSIGN_OR_RETURN(const app::ListInput input, DecodeListed(cx, request));
  return AppointmentsOf(input);
}

}  // namespace

Served MakeBookingService(const Serving& serving) {
  app::Engine& engine = serving.calls.engine();
  return Rpcs(serving.calls, "kalends.v1.BookingService")
      .Answer(ListBookableDates, engine)
      .Answer(ListSlots, engine)
      .WriteWarmed(WarmRequest, RequestAppointment, engine)
      .Write(AcceptAppointment)
      .Write(RejectAppointment)
      .Write(CancelAppointment)
      .Write(CompleteAppointment)
      .Write(MarkAppointmentMissed)
      .Write(ProposeTimes)
      .Write(ChooseProposedTime)
      .Write(DeclineProposedTime)
      .Write(RescheduleAppointment)
      .Write(ReassignAppointment)
      .WriteWarmed(WarmBooking, BookAppointment, engine)
      .Write(SetAppointmentPlace)
      .Write(RemindAppointment)
      .Read(GetAppointment)
      .List(ListAppointments)
      .Build();
}

}  // namespace kalends::server
