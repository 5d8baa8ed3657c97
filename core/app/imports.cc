#include "core/app/imports.h"

#include <utility>

#include "core/app/booking.h"
#include "core/app/booking_parts.h"
#include "core/app/catalog.h"
#include "core/app/notes.h"
#include "core/app/notifications.h"
#include "core/base/error.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/booking/changes.h"
#include "core/booking/offer.h"
#include "core/catalog/checks.h"
#include "core/imports/arrival.h"
#include "core/notes/private_note.h"
#include "core/providers/currency.h"
#include "core/timezone/time_zone.h"
#include "storage/accounts.h"
#include "storage/booking.h"
#include "storage/catalog.h"
#include "storage/imports.h"
#include "storage/links.h"
#include "storage/notes.h"
#include "storage/providers.h"
#include "storage/schedule.h"

namespace kalends::app {
namespace {

using core::AppointmentStatus;

constexpr std::string_view kImportChannel = "import";

// Its name in canonical spelling; empty stays empty.
absl::StatusOr<std::string> ZoneNamed(const std::string& name) {
  if (name.empty()) return name;
  const auto zone = core::TimeZone::Find(name);
  if (!zone) return core::Error(core::Reason::kTimeZoneUnknown);
  return zone->name();
}

// Only people of a channel that is served can be told something.
core::AccountId MakeAccount(WriteContext& cx, const core::Identity& identity,
                            core::Account account) {
  account.id = cx.ids.Next<core::AccountId>(cx.now);
  account.created = cx.now;
  storage::InsertAccount(cx.tx, account);
  storage::InsertIdentity(cx.tx, {identity, account.id, identity.channel != kImportChannel});
  return account.id;
}

absl::Status CheckEmployer(WriteContext& cx, const ImportedProviderInput& input) {
  if (!input.organization) return absl::OkStatus();
  ASSIGN_OR_RETURN(const core::Provider organization,
                   ManagedProvider(cx.AsRead(), *input.organization));
  if (organization.kind != core::ProviderKind::kOrganization) {
    return core::InvalidField("organization", "must be an organization");
  }
  if (input.kind != core::ProviderKind::kSpecialist) {
    return core::Error(core::Reason::kNotASpecialist);
  }
  return absl::OkStatus();
}

core::ProviderId MakeProvider(WriteContext& cx, const ImportedProviderInput& input,
                              const std::string& zone, core::AccountId account) {
  core::Provider provider;
  provider.id = cx.ids.Next<core::ProviderId>(cx.now);
  provider.account = account;
  provider.kind = input.kind;
  provider.display_name = input.display_name;
  provider.currency = input.currency;
  provider.created = cx.now;
  storage::InsertProvider(cx.tx, provider);
  if (provider.kind == core::ProviderKind::kSpecialist) {
    core::Schedule schedule;
    schedule.time_zone = zone;
    storage::InsertSchedule(cx.tx, provider.id, schedule);
  }
  if (input.organization) {
    storage::InsertStaff(cx.tx, *input.organization, provider.id, cx.now);
    cx.changed_catalogs.push_back(*input.organization);
  }
  return provider.id;
}

// Writes the note unless there is one: what the provider wrote is not the import's to change.
absl::Status NoteOnCustomer(WriteContext& cx, const core::LinkKey& link, const std::string& text) {
  if (text.empty() || storage::FindNote(cx.tx, link).version > 0) return absl::OkStatus();
  return UpdatePrivateNote(cx, link, text, "").status();
}

absl::Status CheckPriceOf(const core::Money& price) {
  if (core::CheckPrice(price).ok()) return absl::OkStatus();
  return core::InvalidField("price", "must be an amount of at least 0 in a currency of ISO 4217");
}

// Who keeps it: the provider itself, or one of its staff.
absl::StatusOr<core::ProviderId> KeeperOf(WriteContext& cx, const core::Provider& provider,
                                          const std::optional<core::ProviderId>& specialist) {
  if (provider.kind == core::ProviderKind::kSpecialist) {
    if (!specialist || *specialist == provider.id) return provider.id;
    return core::Error(core::Reason::kSpecialistNotOffering);
  }
  if (!specialist) return core::InvalidField("specialist", "must be there for an organization");
  if (!storage::IsStaff(cx.tx, provider.id, *specialist)) {
    return core::Error(core::Reason::kSpecialistNotOffering);
  }
  return *specialist;
}

absl::StatusOr<std::optional<core::Service>> ServiceNamed(WriteContext& cx,
                                                          const ImportedAppointmentInput& input) {
  if (!input.service) return std::optional<core::Service>();
  auto service = storage::FindService(cx.tx, input.provider, *input.service);
  if (!service) return core::NotFound("providers/*/services/*", input.provider, *input.service);
  return service;
}

// The time that it holds: with the buffers of its service or, where they meet somebody else's,
// without. SLOT_TAKEN.
absl::Status Hold(WriteContext& cx, const std::optional<core::Service>& service,
                  core::Appointment& appointment) {
  const CalendarPtr calendar = cx.calendars.Get(appointment.specialist);
  if (!calendar) return core::Error(core::Reason::kInternal);
  core::BookingRules rules;
  if (service) rules = service->rules;
  rules.duration = std::chrono::duration_cast<core::Minutes>(appointment.interval.end -
                                                             appointment.interval.start);
  core::BookingRules bare = rules;
  bare.buffer_before = bare.buffer_after = core::Minutes(0);
  const core::Interval wanted = appointment.interval;
  for (const core::BookingRules& tried : {rules, bare}) {
    const auto room = core::RoomFor(*calendar, appointment, tried, wanted.start);
    // A seat in a session that lasts otherwise is not what was agreed on.
    if (!room.ok() || room->interval != wanted) continue;
    core::PutAt(appointment, *room);
    return absl::OkStatus();
  }
  return core::Error(core::Reason::kSlotTaken);
}

absl::Status CheckCustomer(WriteContext& cx, const ImportedAppointmentInput& input,
                           AppointmentStatus status, Trial trial) {
  if (!input.customer) {
    if (trial == Trial::kPreview) return absl::OkStatus();
    return core::InvalidField("customer", "must be there");
  }
  const auto link = storage::FindLink(cx.tx, input.provider, *input.customer);
  if (!link) return core::NotFound("providers/*/links/*", input.provider, *input.customer);
  return core::HoldsTime(status) ? core::CheckLink(*link) : absl::OkStatus();
}

void WriteHistory(WriteContext& cx, const core::Appointment& appointment, AppointmentStatus was,
                  const std::string& reason) {
  const AppointmentStatus first = core::FirstStatusOf(was);
  core::StatusChange line{std::nullopt, first, appointment.created, core::Actor::kTool,
                          std::nullopt, "",    cx.caller.key};
  storage::InsertStatusChange(cx.tx, appointment, line);
  if (first == appointment.status) return;
  const bool is_unanswered = was == AppointmentStatus::kPending;
  line.from = first;
  line.to = appointment.status;
  line.when = cx.now;
  line.reason = is_unanswered ? "unanswered" : reason;
  storage::InsertStatusChange(cx.tx, appointment, line);
}

absl::Status CheckWords(const ImportedAppointmentInput& input) {
  RETURN_IF_ERROR(core::CheckExternalId(input.external_id));
  RETURN_IF_ERROR(core::CheckImportedTime(input.interval));
  RETURN_IF_ERROR(CheckPriceOf(input.price));
  RETURN_IF_ERROR(core::CheckPlace(input.place));
  RETURN_IF_ERROR(core::CheckNote(input.note));
  return core::CheckReason(input.reason);
}

}  // namespace

absl::StatusOr<Imported<core::ProviderId>> ImportProvider(WriteContext& cx,
                                                          const ImportedProviderInput& input,
                                                          Trial trial) {
  RETURN_IF_ERROR(core::CheckExternalId(input.external_id));
  RETURN_IF_ERROR(core::CheckName("display_name", input.display_name));
  if (!input.currency.empty() && !core::IsCurrencyInUse(input.currency)) {
    return core::InvalidField("currency_code", "must be a currency of ISO 4217 in use");
  }
  ASSIGN_OR_RETURN(const std::string zone, ZoneNamed(input.time_zone));
  RETURN_IF_ERROR(CheckEmployer(cx, input));
  const core::Identity identity{std::string(kImportChannel), input.external_id};
  if (const auto row = storage::FindIdentity(cx.tx, identity)) {
    const auto provider = storage::FindProviderOfAccount(cx.tx, row->account);
    if (!provider) return core::InvalidField("external_id", "is that of a customer");
    return Imported<core::ProviderId>{ImportOutcome::kExists, provider->id};
  }
  if (trial == Trial::kPreview) return Imported<core::ProviderId>{};
  core::Account account;
  account.display_name = input.display_name;
  account.language = input.language;
  account.time_zone = zone;
  const core::AccountId made = MakeAccount(cx, identity, std::move(account));
  return Imported<core::ProviderId>{ImportOutcome::kCreated, MakeProvider(cx, input, zone, made)};
}

absl::StatusOr<Imported<core::ServiceId>> ImportCatalogService(WriteContext& cx,
                                                               const std::string& external_id,
                                                               const core::Service& service,
                                                               Trial trial) {
  RETURN_IF_ERROR(core::CheckExternalId(external_id));
  RETURN_IF_ERROR(ManagedProvider(cx.AsRead(), service.provider).status());
  if (const auto id = storage::FindImportedService(cx.tx, service.provider, external_id)) {
    return Imported<core::ServiceId>{ImportOutcome::kExists, *id};
  }
  RETURN_IF_ERROR(CheckNewService(cx.AsRead(), service));
  if (trial == Trial::kPreview) return Imported<core::ServiceId>{};
  ASSIGN_OR_RETURN(const core::Service made, CreateService(cx, service));
  if (service.archived) {
    RETURN_IF_ERROR(SetOffering(cx, made.provider, made.id, Offering::kArchived).status());
  }
  storage::InsertImportedService(cx.tx, made.provider, made.id, external_id);
  return Imported<core::ServiceId>{ImportOutcome::kCreated, made.id};
}

absl::StatusOr<Imported<core::AccountId>> ImportCustomer(WriteContext& cx,
                                                         const ImportedCustomerInput& input,
                                                         Trial trial) {
  RETURN_IF_ERROR(core::CheckExternalId(input.external_id));
  RETURN_IF_ERROR(core::CheckName("display_name", input.display_name));
  RETURN_IF_ERROR(core::CheckPrivateNote(input.private_note));
  ASSIGN_OR_RETURN(const std::string zone, ZoneNamed(input.time_zone));
  ASSIGN_OR_RETURN(const core::Provider provider, ManagedProvider(cx.AsRead(), input.provider));
  if (const auto known = storage::FindImportedCustomer(cx.tx, provider.id, input.external_id)) {
    const auto account = storage::FindAccount(cx.tx, *known);
    if (!account || account->erased) {
      return Imported<core::AccountId>{ImportOutcome::kErased, std::nullopt};
    }
    return Imported<core::AccountId>{ImportOutcome::kExists, *known};
  }
  const auto row = storage::FindIdentity(cx.tx, input.identity);
  if (row && row->account == provider.account) {
    return core::InvalidField("identity", "is the provider's own");
  }
  if (trial == Trial::kPreview) return Imported<core::AccountId>{};
  core::AccountId customer;
  if (row) {
    customer = row->account;
  } else {
    core::Account account;
    account.display_name = input.display_name;
    account.language = input.language;
    account.time_zone = zone;
    customer = MakeAccount(cx, input.identity, std::move(account));
  }
  const core::LinkKey link{provider.id, customer};
  // One that was removed or blocked stays so: both sides have said what they want.
  if (!storage::FindLink(cx.tx, link.provider, link.customer)) {
    storage::InsertLink(cx.tx, link.provider, link.customer, cx.now);
  }
  storage::InsertImportedCustomer(cx.tx, link, input.external_id);
  RETURN_IF_ERROR(NoteOnCustomer(cx, link, input.private_note));
  return Imported<core::AccountId>{ImportOutcome::kCreated, customer};
}

absl::StatusOr<ImportedAppointment> ImportAppointment(WriteContext& cx,
                                                      const ImportedAppointmentInput& input,
                                                      Trial trial) {
  RETURN_IF_ERROR(CheckWords(input));
  ASSIGN_OR_RETURN(const core::Provider provider, ManagedProvider(cx.AsRead(), input.provider));
  if (const auto id = storage::FindImportedAppointment(cx.tx, provider.id, input.external_id)) {
    const auto known = storage::FindAppointment(cx.tx, *id);
    if (!known) return core::Error(core::Reason::kInternal);
    return ImportedAppointment{{ImportOutcome::kExists, *id}, known->status};
  }
  ASSIGN_OR_RETURN(const AppointmentStatus status,
                   core::StatusOnArrival(input.status, input.interval, cx.now));
  RETURN_IF_ERROR(CheckCustomer(cx, input, status, trial));
  ASSIGN_OR_RETURN(const core::ProviderId specialist, KeeperOf(cx, provider, input.specialist));
  ASSIGN_OR_RETURN(const std::optional<core::Service> service, ServiceNamed(cx, input));

  core::Appointment appointment;
  appointment.id = cx.ids.Next<core::AppointmentId>(cx.now);
  appointment.provider = provider.id;
  appointment.specialist = specialist;
  if (input.customer) appointment.customer = *input.customer;
  if (service) {
    appointment.service = service->id;
    appointment.service_name = service->name;
    appointment.capacity = service->rules.capacity;
  }
  appointment.interval = appointment.hold = input.interval;
  appointment.status = status;
  appointment.price = input.price;
  appointment.place = input.place;
  appointment.created = input.created;
  if (core::HoldsTime(status)) RETURN_IF_ERROR(Hold(cx, service, appointment));
  if (trial == Trial::kPreview) return ImportedAppointment{{}, status};
  appointment.note = SealNote(cx, appointment.id, input.note);
  AgreeOnStart(cx, appointment);
  storage::InsertAppointment(cx.tx, appointment);
  storage::InsertImportedAppointment(cx.tx, provider.id, appointment.id, input.external_id);
  WriteHistory(cx, appointment, input.status, input.reason);
  if (core::HoldsTime(status)) {
    ResetReminders(cx, appointment);
    UpdateHolds(cx, appointment);
  }
  return ImportedAppointment{{ImportOutcome::kCreated, appointment.id}, status};
}

}  // namespace kalends::app
