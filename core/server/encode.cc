#include "core/server/encode.h"

#include <fmt/format.h>

#include "core/server/encode_talk.h"
#include "core/timezone/time_zone.h"

namespace kalends::server {
namespace {

constexpr std::chrono::days kYear{366};

v1::Appointment::Action EncodeAction(app::Action action) {
  switch (action) {
    case app::Action::kAccept:
      return v1::Appointment::ACTION_ACCEPT;
    case app::Action::kReject:
      return v1::Appointment::ACTION_REJECT;
    case app::Action::kCancel:
      return v1::Appointment::ACTION_CANCEL;
    case app::Action::kComplete:
      return v1::Appointment::ACTION_COMPLETE;
    case app::Action::kMarkMissed:
      return v1::Appointment::ACTION_MARK_MISSED;
    case app::Action::kProposeTimes:
      return v1::Appointment::ACTION_PROPOSE_TIMES;
    case app::Action::kChooseProposedTime:
      return v1::Appointment::ACTION_CHOOSE_PROPOSED_TIME;
  }
  return v1::Appointment::ACTION_UNSPECIFIED;
}

v1::Invitation::State EncodeState(core::InvitationState state) {
  switch (state) {
    case core::InvitationState::kActive:
      return v1::Invitation::STATE_ACTIVE;
    case core::InvitationState::kExpired:
      return v1::Invitation::STATE_EXPIRED;
    case core::InvitationState::kRevoked:
      return v1::Invitation::STATE_REVOKED;
    case core::InvitationState::kUsedUp:
      return v1::Invitation::STATE_USED_UP;
  }
  return v1::Invitation::STATE_UNSPECIFIED;
}

v1::WeeklyHours::Parity EncodeParity(core::WeekParity parity) {
  switch (parity) {
    case core::WeekParity::kEvery:
      return v1::WeeklyHours::PARITY_UNSPECIFIED;
    case core::WeekParity::kA:
      return v1::WeeklyHours::PARITY_WEEK_A;
    case core::WeekParity::kB:
      return v1::WeeklyHours::PARITY_WEEK_B;
  }
  return v1::WeeklyHours::PARITY_UNSPECIFIED;
}

v1::Scope EncodeScope(core::Scope scope) {
  switch (scope) {
    case core::Scope::kAdapter:
      return v1::SCOPE_ADAPTER;
    case core::Scope::kWeb:
      return v1::SCOPE_WEB;
    case core::Scope::kToolRead:
      return v1::SCOPE_TOOL_READ;
    case core::Scope::kToolWrite:
      return v1::SCOPE_TOOL_WRITE;
    case core::Scope::kAdmin:
      return v1::SCOPE_ADMIN;
  }
  return v1::SCOPE_UNSPECIFIED;
}

v1::ApiKey::State EncodeKeyState(core::KeyState state) {
  switch (state) {
    case core::KeyState::kActive:
      return v1::ApiKey::STATE_ACTIVE;
    case core::KeyState::kExpired:
      return v1::ApiKey::STATE_EXPIRED;
    case core::KeyState::kRevoked:
      return v1::ApiKey::STATE_REVOKED;
  }
  return v1::ApiKey::STATE_UNSPECIFIED;
}

v1::Notification::Kind EncodeNotificationKind(core::NotificationKind kind) {
  // The enums are in the same order; the proto's has UNSPECIFIED before.
  static_assert(static_cast<int>(core::NotificationKind::kTicketClosed) + 1 ==
                v1::Notification::KIND_TICKET_CLOSED);
  return static_cast<v1::Notification::Kind>(static_cast<int>(kind) + 1);
}

void EncodeHours(const core::LocalHours& hours, v1::LocalHours* message) {
  message->set_start_minute(static_cast<int>(hours.start.count()));
  message->set_end_minute(static_cast<int>(hours.end.count()));
}

}  // namespace

void EncodeMoney(const core::Money& money, v1::Money* message) {
  message->set_currency_code(money.currency_code);
  message->set_minor_units(money.minor_units);
}

google::protobuf::Timestamp EncodeInstant(core::Instant instant) {
  google::protobuf::Timestamp time;
  time.set_seconds(core::ToUnixSeconds(instant));
  return time;
}

google::protobuf::Duration EncodeSeconds(std::chrono::seconds seconds) {
  google::protobuf::Duration duration;
  duration.set_seconds(seconds.count());
  return duration;
}

v1::Date EncodeDate(date::local_days date) {
  const date::year_month_day day(date);
  v1::Date message;
  message.set_year(static_cast<int>(day.year()));
  message.set_month(static_cast<int>(static_cast<unsigned>(day.month())));
  message.set_day(static_cast<int>(static_cast<unsigned>(day.day())));
  return message;
}

v1::ProviderKind EncodeKind(core::ProviderKind kind) {
  return kind == core::ProviderKind::kSpecialist ? v1::PROVIDER_KIND_SPECIALIST
                                                 : v1::PROVIDER_KIND_ORGANIZATION;
}

v1::Appointment::Status EncodeStatus(core::AppointmentStatus status) {
  static_assert(static_cast<int>(core::AppointmentStatus::kMissed) + 1 ==
                v1::Appointment::STATUS_MISSED);
  return static_cast<v1::Appointment::Status>(static_cast<int>(status) + 1);
}

v1::Appointment::Actor EncodeActor(core::Actor actor) {
  static_assert(static_cast<int>(core::Actor::kSystem) + 1 == v1::Appointment::ACTOR_SYSTEM);
  return static_cast<v1::Appointment::Actor>(static_cast<int>(actor) + 1);
}

std::string ProviderName(core::ProviderId id) { return "providers/" + id.ToString(); }
std::string AccountName(core::AccountId id) { return "accounts/" + id.ToString(); }
std::string ServiceName(core::ProviderId provider, core::ServiceId id) {
  return ProviderName(provider) + "/services/" + id.ToString();
}
std::string AppointmentName(core::ProviderId provider, core::AppointmentId id) {
  return ProviderName(provider) + "/appointments/" + id.ToString();
}
std::string NotificationName(core::NotificationId id) { return "notifications/" + id.ToString(); }

void Encode(const app::AccountView& view, core::Instant now, v1::Account* message) {
  const core::Account& account = view.account;
  message->set_name(AccountName(account.id));
  message->set_display_name(account.display_name);
  message->set_language_code(std::string(core::CodeOf(account.language)));
  message->set_time_zone(account.time_zone);
  for (const core::Identity& identity : view.identities)
    message->add_identities(identity.ToString());
  if (view.provider) {
    message->set_provider(ProviderName(view.provider->id));
    message->set_provider_kind(EncodeKind(view.provider->kind));
  }
  *message->mutable_create_time() = EncodeInstant(account.created);
  message->set_etag(app::EtagOf(account.version));
  if (const auto zone = core::TimeZone::Find(account.time_zone)) {
    message->set_time_zone_changes_clock(zone->OffsetsOver({now, now + kYear}).size() > 1);
    *message->mutable_utc_offset() = EncodeSeconds(zone->OffsetAt(now));
  }
}

void Encode(const app::ProviderView& view, v1::Provider* message) {
  const core::Provider& provider = view.provider;
  message->set_name(ProviderName(provider.id));
  message->set_kind(EncodeKind(provider.kind));
  message->set_display_name(provider.display_name);
  message->set_account(AccountName(provider.account));
  message->set_time_zone(view.time_zone);
  *message->mutable_default_duration() = EncodeSeconds(provider.default_duration);
  for (const core::Minutes lead : provider.reminders)
    *message->add_reminders() = EncodeSeconds(lead);
  *message->mutable_create_time() = EncodeInstant(provider.created);
  message->set_etag(app::EtagOf(provider.version));
  for (const app::StaffView& specialist : view.specialists) {
    v1::Provider::Specialist* one = message->add_specialists();
    one->set_provider(ProviderName(specialist.provider.id));
    one->set_display_name(specialist.provider.display_name);
    one->set_time_zone(specialist.time_zone);
  }
  message->set_profile_slug(view.profile_slug);
}

void Encode(const core::Invitation& invitation, core::Instant now, v1::Invitation* message) {
  message->set_name(ProviderName(invitation.provider) + "/invitations/" + invitation.id.ToString());
  message->set_kind(invitation.kind == core::InvitationKind::kStaff
                        ? v1::Invitation::KIND_STAFF
                        : v1::Invitation::KIND_CUSTOMER);
  message->set_label(invitation.label);
  if (invitation.expires) *message->mutable_expire_time() = EncodeInstant(*invitation.expires);
  message->set_max_uses(invitation.max_uses);
  message->set_use_count(invitation.uses);
  message->set_code(invitation.code);
  message->set_state(EncodeState(core::StateOf(invitation, now)));
  *message->mutable_create_time() = EncodeInstant(invitation.created);
}

void Encode(const core::Service& service, v1::Service* message) {
  message->set_name(ServiceName(service.provider, service.id));
  message->set_display_name(service.name);
  message->set_description(service.description);
  for (const auto& [language, text] : service.translations) {
    v1::LocalizedText& translation = (*message->mutable_translations())[language];
    translation.set_display_name(text.name);
    translation.set_description(text.description);
  }
  const core::BookingRules& rules = service.rules;
  *message->mutable_duration() = EncodeSeconds(rules.duration);
  *message->mutable_buffer_before() = EncodeSeconds(rules.buffer_before);
  *message->mutable_buffer_after() = EncodeSeconds(rules.buffer_after);
  *message->mutable_step() = EncodeSeconds(rules.step);
  *message->mutable_minimum_notice() = EncodeSeconds(rules.minimum_notice);
  *message->mutable_horizon() = EncodeSeconds(rules.horizon);
  *message->mutable_cancellation_deadline() = EncodeSeconds(rules.cancellation_deadline);
  message->set_capacity(rules.capacity);
  EncodeMoney(service.price, message->mutable_price());
  message->set_payment_link(service.payment_link);
  message->set_place(service.place);
  message->set_auto_accept(service.auto_accept);
  message->set_position(service.position);
  message->set_archived(service.archived);
  message->set_etag(app::EtagOf(service.version));
  for (const core::ProviderId specialist : service.specialists) {
    message->add_specialists(ProviderName(specialist));
  }
}

void Encode(core::ProviderId provider, const storage::ScheduleRow& row, v1::Schedule* message) {
  message->set_name(ProviderName(provider) + "/schedule");
  message->set_time_zone(row.schedule.time_zone);
  for (const core::WeeklyHours& weekly : row.schedule.weekly) {
    v1::WeeklyHours* hours = message->add_weekly_hours();
    hours->set_weekday(static_cast<int>(weekly.weekday.iso_encoding()));
    EncodeHours(weekly.hours, hours->mutable_hours());
    hours->set_parity(EncodeParity(weekly.parity));
  }
  for (const core::SpecialDate& special : row.schedule.special_dates) {
    v1::SpecialDate* date = message->add_special_dates();
    *date->mutable_date() = EncodeDate(special.date);
    date->set_repeats_yearly(special.repeats_yearly);
    for (const core::LocalHours& hours : special.hours) EncodeHours(hours, date->add_hours());
    date->set_label(special.label);
  }
  *message->mutable_week_a_monday() = EncodeDate(row.schedule.week_a_monday);
  message->set_daily_cap(row.schedule.daily_cap.value_or(0));
  message->set_etag(app::EtagOf(row.version));
}

void Encode(core::ProviderId provider, const core::Closure& closure, v1::Closure* message) {
  message->set_name(ProviderName(provider) + "/closures/" + closure.id.ToString());
  *message->mutable_start_time() = EncodeInstant(closure.interval.start);
  *message->mutable_end_time() = EncodeInstant(closure.interval.end);
  message->set_label(closure.label);
}

void Encode(core::ProviderId provider, const core::Opening& opening, v1::Opening* message) {
  message->set_name(ProviderName(provider) + "/openings/" + opening.id.ToString());
  *message->mutable_start_time() = EncodeInstant(opening.interval.start);
  *message->mutable_end_time() = EncodeInstant(opening.interval.end);
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
  message->set_service_display_name(appointment.service_name);
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
  }
  for (const app::Action action : view.actions) message->add_allowed_actions(EncodeAction(action));
  *message->mutable_create_time() = EncodeInstant(appointment.created);
  message->set_etag(app::EtagOf(appointment.version));
  message->set_revision(static_cast<int>(appointment.version));
  EncodeMoney(view.balance.paid, message->mutable_paid());
  EncodeMoney(view.balance.outstanding, message->mutable_outstanding());
  message->set_payment_link(view.payment_link);
  message->set_note(view.note);
  if (view.cancel_until) *message->mutable_cancel_until_time() = EncodeInstant(*view.cancel_until);
}

void Encode(const app::NotificationView& view, v1::Notification* message) {
  const core::Notification& notification = view.notification;
  message->set_name(NotificationName(notification.id));
  message->set_kind(EncodeNotificationKind(notification.kind));
  message->set_identity(view.identity.ToString());
  message->set_recipient(AccountName(view.recipient.id));
  message->set_language_code(std::string(core::CodeOf(view.recipient.language)));
  message->set_time_zone(view.recipient.time_zone);
  if (view.appointment) {
    Encode(*view.appointment, message->mutable_appointment());
    message->set_status(EncodeStatus(notification.status));
    *message->mutable_start_time() = EncodeInstant(notification.start);
  }
  message->set_reason(notification.reason);
  message->set_actor(EncodeActor(notification.actor));
  *message->mutable_event_time() = EncodeInstant(notification.due);
  *message->mutable_lease_expire_time() = EncodeInstant(view.lease_expires);
  message->set_customer_display_name(view.customer_name);
  if (view.provider) Encode(*view.provider, message->mutable_provider());
  if (view.message) Encode(*view.message, message->mutable_message());
  if (view.ticket) Encode(*view.ticket, message->mutable_ticket());
  if (view.ticket_message) Encode(*view.ticket_message, message->mutable_ticket_message());
}

void Encode(const core::ApiKey& key, core::Instant now, v1::ApiKey* message) {
  message->set_name("apiKeys/" + key.id.ToString());
  message->set_display_name(key.label);
  for (const core::Scope scope : core::kScopes) {
    if (key.scopes.Has(scope)) message->add_scopes(EncodeScope(scope));
  }
  *message->mutable_create_time() = EncodeInstant(key.created);
  if (key.revoked) *message->mutable_revoke_time() = EncodeInstant(*key.revoked);
  if (key.expires) *message->mutable_expire_time() = EncodeInstant(*key.expires);
  if (key.last_used) *message->mutable_last_use_time() = EncodeInstant(*key.last_used);
  message->set_max_calls_per_second(key.calls_per_second_max);
  message->set_max_streams(key.streams_max);
  message->set_state(EncodeKeyState(core::StateOf(key, now)));
}

}  // namespace kalends::server
