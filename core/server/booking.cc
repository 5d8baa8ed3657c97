#include "core/server/booking.h"

#include "core/base/status_macros.h"
#include "core/server/catalog.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/packages.h"
#include "core/server/privacy_export_walks.h"

namespace kalends::server {
namespace {

v1::Appointment::Action EncodeAction(core::Action action) {
  switch (action) {
    case core::Action::kAccept:
      return v1::Appointment::ACTION_ACCEPT;
    case core::Action::kReject:
      return v1::Appointment::ACTION_REJECT;
    case core::Action::kCancel:
      return v1::Appointment::ACTION_CANCEL;
    case core::Action::kComplete:
      return v1::Appointment::ACTION_COMPLETE;
    case core::Action::kMarkMissed:
      return v1::Appointment::ACTION_MARK_MISSED;
    case core::Action::kProposeTimes:
      return v1::Appointment::ACTION_PROPOSE_TIMES;
    case core::Action::kChooseProposedTime:
      return v1::Appointment::ACTION_CHOOSE_PROPOSED_TIME;
    case core::Action::kReschedule:
      return v1::Appointment::ACTION_RESCHEDULE;
    case core::Action::kSetPlace:
      return v1::Appointment::ACTION_SET_PLACE;
    case core::Action::kRemind:
      return v1::Appointment::ACTION_REMIND;
    case core::Action::kDeclineProposedTime:
      return v1::Appointment::ACTION_DECLINE_PROPOSED_TIME;
  }
  return v1::Appointment::ACTION_UNSPECIFIED;
}

void EncodeAgreedTime(const core::AgreedTime& agreed, v1::Appointment::AgreedTime* message) {
  message->set_local_time(date::format("%FT%T", agreed.wall));
  message->set_time_zone(agreed.zone);
  message->mutable_utc_offset()->set_seconds(agreed.offset.count());
  message->set_rules_version(agreed.rules);
  message->set_needs_new_agreement(agreed.lost_to.has_value());
}

}  // namespace

std::string AppointmentName(core::ProviderId provider, core::AppointmentId id) {
  return ProviderName(provider) + "/appointments/" + id.ToString();
}

absl::StatusOr<app::AppointmentRef> DecodeAppointmentRef(std::string_view name,
                                                         std::string_view field) {
  constexpr std::string_view kPattern = "providers/*/appointments/*";
  const auto parts = MatchName(kPattern, name);
  if (!parts) return BadName(field, kPattern);
  app::AppointmentRef ref;
  const auto id = core::AppointmentId::Parse((*parts)[1]);
  if ((*parts)[0] != "-") {
    ref.provider = core::ProviderId::Parse((*parts)[0]);
    if (!ref.provider) return BadName(field, kPattern);
  }
  if (!id) return BadName(field, kPattern);
  ref.id = *id;
  return ref;
}

v1::Appointment::Status EncodeStatus(core::AppointmentStatus status) {
  static_assert(static_cast<int>(core::AppointmentStatus::kMissed) + 1 ==
                v1::Appointment::STATUS_MISSED);
  return static_cast<v1::Appointment::Status>(static_cast<int>(status) + 1);
}

v1::Appointment::Actor EncodeActor(core::Actor actor) {
  static_assert(static_cast<int>(core::Actor::kTool) + 1 == v1::Appointment::ACTOR_TOOL);
  return static_cast<v1::Appointment::Actor>(static_cast<int>(actor) + 1);
}

void Encode(const app::AppointmentView& view, v1::Appointment* message) {
  const core::Appointment& appointment = view.appointment;
  message->set_name(AppointmentName(appointment.provider, appointment.id));
  message->set_provider(ProviderName(appointment.provider));
  message->set_provider_display_name(view.provider.display_name);
  message->set_provider_kind(EncodeKind(view.provider.kind));
  message->set_specialist(ProviderName(appointment.specialist));
  message->set_specialist_display_name(view.specialist_name);
  message->set_customer(AccountName(appointment.customer));
  message->set_customer_display_name(view.customer.display_name);
  if (appointment.service)
    message->set_service(ServiceName(appointment.provider, *appointment.service));
  message->set_service_display_name(view.service.name);
  message->set_service_description(view.service.description);
  *message->mutable_start_time() = EncodeInstant(appointment.interval.start);
  *message->mutable_end_time() = EncodeInstant(appointment.interval.end);
  message->set_status(EncodeStatus(appointment.status));
  EncodeMoney(appointment.price, message->mutable_price());
  message->set_place(appointment.place);
  message->set_provider_time_zone(view.provider_time_zone);
  message->set_customer_time_zone(view.customer.time_zone);
  for (const core::Instant start : appointment.proposals) {
    *message->add_proposed_start_times() = EncodeInstant(start);
  }
  for (const core::StatusChange& change : view.history) {
    v1::Appointment::StatusChange* line = message->add_history();
    if (change.from) line->set_from(EncodeStatus(*change.from));
    line->set_to(EncodeStatus(change.to));
    *line->mutable_time() = EncodeInstant(change.when);
    line->set_actor(EncodeActor(change.actor));
    line->set_reason(change.reason);
    if (change.other) {
      const std::string other = AppointmentName(appointment.provider, *change.other);
      change.from ? line->set_replaced_by(other) : line->set_replaces(other);
    }
    if (change.key && view.tells_keys) line->set_api_key(ApiKeyName(*change.key));
    if (change.previous_start) {
      *line->mutable_previous_start_time() = EncodeInstant(*change.previous_start);
    }
  }
  for (const core::Action action : view.actions) message->add_allowed_actions(EncodeAction(action));
  *message->mutable_create_time() = EncodeInstant(appointment.created);
  message->set_etag(app::EtagOf(appointment.version));
  message->set_revision(static_cast<int>(appointment.version));
  EncodeMoney(view.balance.paid, message->mutable_paid());
  EncodeMoney(view.balance.outstanding, message->mutable_outstanding());
  if (view.package) {
    message->set_package(
        SoldPackageName({{appointment.provider, appointment.customer}, *view.package}));
  }
  EncodeMoney(view.balance.covered, message->mutable_covered());
  message->set_session_capacity(appointment.capacity);
  message->set_payment_link(view.payment_link.text);
  if (view.payment_link.unreadable) message->add_unreadable_fields("payment_link");
  message->set_note(view.note.text);
  if (view.note.unreadable) message->add_unreadable_fields("note");
  message->set_customer_deleted(view.customer.erased.has_value());
  message->set_provider_deleted(view.provider.erased.has_value());
  message->set_shares_link(view.shares_link);
  if (view.cancel_until) *message->mutable_cancel_until_time() = EncodeInstant(*view.cancel_until);
  message->set_visit_number(view.visit_number);
  if (view.reminded) *message->mutable_remind_time() = EncodeInstant(*view.reminded);
  if (appointment.agreed) EncodeAgreedTime(*appointment.agreed, message->mutable_agreed_time());
}

AppointmentListing AppointmentsOf(app::ListInput input) {
  const bool by_creation = input.filter == app::ListFilter::kPending;
  return {[input = std::move(input)](const app::ReadContext& cx, const auto& after, int limit) {
            app::ListInput page = input;
            page.cursor = after;
            page.limit = limit;
            return app::ListAppointments(cx, page);
          },
          [by_creation](const app::AppointmentView& view) {
            const core::Appointment& last = view.appointment;
            return storage::AppointmentCursor{by_creation ? last.created : last.interval.start,
                                              last.id};
          },
          [](const app::ReadContext&, const app::AppointmentView& view, v1::Appointment* message) {
            Encode(view, message);
          }};
}

AppointmentListing AppointmentsWithHistoryOf(storage::Whose whose) {
  AppointmentListing listing = AppointmentsOf({});
  listing.load = [whose = std::move(whose)](
                     const app::ReadContext& cx, const auto& after,
                     int limit) -> absl::StatusOr<std::vector<app::AppointmentView>> {
    const core::Interval ever{core::Instant(), core::FromUnixSeconds(std::int64_t{1} << 40)};
    std::vector<app::AppointmentView> views;
    for (const auto& one : storage::ListByStart(cx.tx, whose, ever, after, limit)) {
      ASSIGN_OR_RETURN(auto view, app::ViewAppointment(cx, one, app::History::kWith));
      views.push_back(std::move(view));
    }
    return views;
  };
  return listing;
}

extern constinit const SubjectExport kBookingExport{
    .of_customer = [](core::AccountId customer) -> std::vector<ExportSection> {
      return {{"customer/appointments.json",
               "Appointments as a customer, with their history.",
               {"appointments", "status_changes"},
               Pages(AppointmentsWithHistoryOf(storage::AsCustomer{customer}))}};
    },
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      return {{"provider/appointments.json",
               "Appointments as a provider, with their history.",
               {"appointments", "status_changes"},
               Pages(AppointmentsWithHistoryOf(storage::AsProvider{provider.id}))}};
    }};

}  // namespace kalends::server
