#include <fmt/format.h>

#include <map>
#include <utility>

#include "core/app/booking.h"
#include "core/app/booking_parts.h"
#include "core/app/readable.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/booking/changes.h"
#include "core/payments/payment_link.h"
#include "core/timezone/time_zone.h"
#include "storage/accounts.h"
#include "storage/catalog.h"
#include "storage/packages.h"
#include "storage/payments.h"
#include "storage/providers.h"
#include "storage/schedule.h"
#include "storage/sealed.h"

namespace kalends::app {
namespace {

std::optional<core::Service> ServiceOf(storage::Transaction& tx,
                                       const core::Appointment& appointment) {
  if (!appointment.service) return std::nullopt;
  return storage::FindService(tx, appointment.provider, *appointment.service);
}

core::Transition FactsWith(const ReadContext& cx, const core::Appointment& appointment,
                           core::Actor actor, const std::optional<core::Service>& service) {
  core::Transition facts;
  facts.from = appointment.status;
  facts.actor = actor;
  facts.interval = appointment.interval;
  facts.now = cx.now;
  if (core::IsMark(appointment.status)) {
    facts.last_changed = core::FirstMarked(storage::HistoryOf(cx.tx, appointment.id));
  }
  if (actor == core::Actor::kCustomer && service) {
    facts.cancellation_deadline = service->rules.cancellation_deadline;
  }
  return facts;
}

// What was booked, for who reads it. A service that was renamed since goes by what was agreed.
core::LocalizedText ServiceTexts(const ReadContext& cx, const core::Appointment& appointment,
                                 const core::Account& customer,
                                 const std::optional<core::Service>& service) {
  if (!service || !cx.caller.account) {
    return {appointment.service_name, service ? service->description : std::string()};
  }
  core::Language language = customer.language;
  if (*cx.caller.account != customer.id) {
    const auto reader = storage::FindAccount(cx.tx, *cx.caller.account);
    if (reader) language = reader->language;
  }
  core::LocalizedText texts = core::TextsIn(*service, core::CodeOf(language));
  if (service->name != appointment.service_name) texts.name = appointment.service_name;
  return texts;
}

// What the service's payment link has to say to the customer; empty: nothing to pay, or no link.
Opened PaymentLinkOf(const core::Appointment& appointment,
                     const std::optional<core::Service>& service, const core::Balance& balance) {
  if (!service || !core::IsPayable(appointment.status, balance)) return {};
  if (service->payment_link.empty()) return {};
  if (service->payment_link == storage::kUnreadableText) return {"", true};
  return {core::FillPaymentLink(service->payment_link, appointment.id, balance.outstanding)};
}

// Whether the reader may talk to the other side: whoever keeps it for an organization is none.
bool SharesLink(const ReadContext& cx, const core::Provider& provider,
                const core::Account& customer) {
  const bool is_side =
      core::MayActAs(cx.caller, customer.id) || core::MayActAs(cx.caller, provider.account);
  return is_side && !provider.erased && !customer.erased;
}

// Where the note is kept, as MasterKeys wants it said.
std::string NoteRow(core::AppointmentId id) {
  return fmt::format("appointments.note/{}", id.value);
}

// The next of what is to come and lies outside its specialist's open hours.
std::vector<core::Appointment> OutsideHours(const ReadContext& cx, const ListInput& input) {
  std::map<core::ProviderId, std::optional<core::Calendar>> calendars;
  const auto is_outside = [&](const core::Appointment& one) {
    const auto [calendar, is_new] = calendars.try_emplace(one.specialist);
    if (is_new) {
      calendar->second = storage::IfReadable(cx.tx, [&] {
                           return storage::LoadCalendar(cx.tx, one.specialist, cx.now);
                         }).value_or(std::nullopt);
    }
    return calendar->second && !core::IsOpen(*calendar->second, one.interval);
  };
  std::vector<core::Appointment> found;
  std::optional<storage::AppointmentCursor> after = input.cursor;
  while (true) {
    auto page = storage::FirstReadable(cx.tx, core::kPageSizeMax, [&](int limit) {
      return storage::ListUpcoming(cx.tx, input.whose, cx.now, after, limit);
    });
    const bool is_last = page.size() < core::kPageSizeMax;
    for (core::Appointment& one : page) {
      after = storage::AppointmentCursor{one.interval.start, one.id};
      if (!is_outside(one)) continue;
      found.push_back(std::move(one));
      if (static_cast<int>(found.size()) == input.limit) return found;
    }
    if (is_last) return found;
  }
}

absl::Status CheckMayList(const ReadContext& cx, const storage::Whose& whose) {
  if (const auto* customer = std::get_if<storage::AsCustomer>(&whose)) {
    return core::MayActAs(cx.caller, customer->customer)
               ? absl::OkStatus()
               : core::NotFound("accounts/*", customer->customer);
  }
  if (const auto* both = std::get_if<storage::Between>(&whose)) {
    return ManagedProvider(cx, both->provider).status();
  }
  return ManagedProvider(cx, std::get<storage::AsProvider>(whose).provider).status();
}

}  // namespace

std::string SealNote(const WriteContext& cx, core::AppointmentId id, std::string_view note) {
  return note.empty() ? std::string() : cx.master_keys.SealText(note, NoteRow(id));
}

Opened OpenNote(const ReadContext& cx, const core::Appointment& appointment) {
  return OpenSealed(cx, appointment.note, NoteRow(appointment.id));
}

core::Transition FactsOf(const ReadContext& cx, const core::Appointment& appointment,
                         core::Actor actor) {
  const auto service = actor == core::Actor::kCustomer ? ServiceOf(cx.tx, appointment)
                                                       : std::optional<core::Service>();
  return FactsWith(cx, appointment, actor, service);
}

absl::Status CheckAllowed(const ReadContext& cx, const core::Appointment& appointment,
                          core::AppointmentStatus to, core::Actor actor) {
  core::Transition transition = FactsOf(cx, appointment, actor);
  transition.to = to;
  return core::CheckTransition(transition);
}

std::optional<core::Actor> SideOf(const ReadContext& cx, const core::Appointment& appointment) {
  return core::SideOf(cx.caller, appointment, [&]() -> std::optional<core::ProviderId> {
    const auto own = storage::FindProviderOfAccount(cx.tx, *cx.caller.account);
    if (!own) return std::nullopt;
    // What somebody kept for an organization is the organization's.
    const bool left = own->id != appointment.provider &&
                      storage::IsFormerStaff(cx.tx, appointment.provider, own->id);
    return left ? std::nullopt : std::optional(own->id);
  });
}

absl::StatusOr<AppointmentView> ViewAppointment(const ReadContext& cx,
                                                core::Appointment appointment, History history) {
  const auto side = SideOf(cx, appointment);
  if (!side) return core::Error(core::Reason::kNotFound);
  AppointmentView view;
  auto provider = storage::FindProvider(cx.tx, appointment.provider);
  auto customer = storage::FindAccount(cx.tx, appointment.customer);
  auto zone = storage::ScheduleTimeZone(cx.tx, appointment.specialist);
  if (!provider || !customer || !zone) return core::Error(core::Reason::kInternal);
  if (appointment.specialist == appointment.provider) {
    view.specialist_name = provider->display_name;
  } else if (const auto specialist = storage::FindProvider(cx.tx, appointment.specialist)) {
    view.specialist_name = specialist->display_name;
  }
  view.provider = *std::move(provider);
  view.customer = *std::move(customer);
  view.provider_time_zone = *std::move(zone);
  if (history == History::kWith) view.history = storage::HistoryOf(cx.tx, appointment.id);
  view.appointment = std::move(appointment);
  const core::Appointment& shown = view.appointment;
  const auto service = ServiceOf(cx.tx, shown);
  view.service = ServiceTexts(cx, shown, view.customer, service);
  if (history == History::kWithout) view.service.description.clear();
  const core::Transition facts = FactsWith(cx, shown, *side, service);
  view.actions = core::ActionsOf(shown, facts);
  view.tells_keys = core::SeesEverything(cx.caller);
  view.package = storage::PackagePayingFor(cx.tx, shown.id);
  view.balance = core::BalanceOf(shown.price, shown.status,
                                 storage::PaymentsOf(cx.tx, shown.provider, shown.id),
                                 view.package ? shown.price.minor_units : 0);
  view.note = OpenNote(cx, shown);
  view.shares_link = SharesLink(cx, view.provider, view.customer);
  if (core::ActsAsProvider(*side)) {
    view.reminded = shown.reminded;
    if (history == History::kWith) {
      view.visit_number =
          1 + storage::CountVisitsBefore(cx.tx, shown.provider, shown.customer,
                                         shown.interval.start, core::kVisitsCountedMax - 1);
    }
  }
  if (*side == core::Actor::kCustomer) {
    view.payment_link = PaymentLinkOf(shown, service, view.balance);
    view.cancel_until = core::CancelUntilOf(shown, facts.cancellation_deadline, cx.now);
  }
  return view;
}

absl::StatusOr<core::Appointment> FindVisible(const ReadContext& cx, const AppointmentRef& ref) {
  auto appointment = storage::FindAppointment(cx.tx, ref.id);
  if (!appointment || (ref.provider && *ref.provider != appointment->provider) ||
      !SideOf(cx, *appointment)) {
    return ref.provider ? core::NotFound("providers/*/appointments/*", *ref.provider, ref.id)
                        : core::NotFound("providers/-/appointments/*", ref.id);
  }
  return *std::move(appointment);
}

absl::StatusOr<AppointmentView> GetAppointment(const ReadContext& cx, const AppointmentRef& ref) {
  ASSIGN_OR_RETURN(core::Appointment appointment, FindVisible(cx, ref));
  return ViewAppointment(cx, std::move(appointment), History::kWith);
}

absl::StatusOr<std::vector<AppointmentView>> ListAppointments(const ReadContext& cx,
                                                              const ListInput& input) {
  RETURN_IF_ERROR(CheckMayList(cx, input.whose));
  std::vector<core::Appointment> found;
  switch (input.filter) {
    case ListFilter::kAll:
      found = storage::ListByStart(cx.tx, input.whose, input.within, input.cursor, input.limit);
      break;
    case ListFilter::kUpcoming:
      found = storage::ListUpcoming(cx.tx, input.whose, cx.now, input.cursor, input.limit);
      break;
    case ListFilter::kPast:
      found = storage::ListPast(cx.tx, input.whose, cx.now, input.cursor, input.limit);
      break;
    case ListFilter::kOutsideHours:
      found = OutsideHours(cx, input);
      break;
    case ListFilter::kPending:
      found = storage::ListPending(cx.tx, input.whose, input.cursor, input.limit);
      break;
  }
  return EachReadable(cx.tx, std::move(found), [&](core::Appointment& appointment) {
    return ViewAppointment(cx, std::move(appointment), History::kWithout);
  });
}

}  // namespace kalends::app
