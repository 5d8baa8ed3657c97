#include <fmt/format.h>

#include "core/app/booking.h"
#include "core/app/booking_parts.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/payments/payment_link.h"
#include "core/timezone/time_zone.h"
#include "storage/accounts.h"
#include "storage/catalog.h"
#include "storage/payments.h"
#include "storage/providers.h"
#include "storage/schedule.h"

namespace kalends::app {
namespace {

core::Minutes CancellationDeadline(storage::Transaction& tx, const core::Appointment& appointment) {
  if (!appointment.service) return core::Minutes(0);
  const auto service = storage::FindService(tx, appointment.provider, *appointment.service);
  return service ? service->rules.cancellation_deadline : core::Minutes(0);
}

std::vector<Action> ActionsOf(const ReadContext& cx, const AppointmentView& view,
                              core::Actor side) {
  std::vector<Action> actions;
  const auto allowed = [&](core::AppointmentStatus to) {
    return CheckAllowed(cx, view.appointment, to, side).ok();
  };
  const bool pending = view.appointment.status == core::AppointmentStatus::kPending;
  const bool ahead = cx.now < view.appointment.interval.start;
  if (side == core::Actor::kProvider) {
    if (allowed(core::AppointmentStatus::kAccepted)) actions.push_back(Action::kAccept);
    if (allowed(core::AppointmentStatus::kRejected)) actions.push_back(Action::kReject);
    if (pending && ahead) actions.push_back(Action::kProposeTimes);
    if (allowed(core::AppointmentStatus::kCompleted)) actions.push_back(Action::kComplete);
    if (allowed(core::AppointmentStatus::kMissed)) actions.push_back(Action::kMarkMissed);
  } else if (pending && !view.appointment.proposals.empty()) {
    actions.push_back(Action::kChooseProposedTime);
  }
  if (allowed(core::AppointmentStatus::kCancelled)) actions.push_back(Action::kCancel);
  return actions;
}

// When completed or missed was first entered.
std::optional<core::Instant> FirstMarked(storage::Transaction& tx,
                                         const core::Appointment& appointment) {
  for (const core::StatusChange& change : storage::HistoryOf(tx, appointment.id)) {
    if (change.to == core::AppointmentStatus::kCompleted ||
        change.to == core::AppointmentStatus::kMissed)
      return change.when;
  }
  return std::nullopt;
}

// What the service's payment link has to say to the customer; empty: nothing to pay, or no link.
std::string PaymentLinkOf(storage::Transaction& tx, const core::Appointment& appointment,
                          const core::Balance& balance) {
  // A request may still be rejected, and what was cancelled is settled.
  const bool agreed = appointment.status == core::AppointmentStatus::kAccepted ||
                      appointment.status == core::AppointmentStatus::kCompleted ||
                      appointment.status == core::AppointmentStatus::kMissed;
  if (!agreed || !appointment.service || balance.outstanding.minor_units <= 0) return "";
  const auto service = storage::FindService(tx, appointment.provider, *appointment.service);
  if (!service || service->payment_link.empty()) return "";
  return core::FillPaymentLink(service->payment_link, appointment.id, balance.outstanding);
}

// Until when the customer may still cancel; none: it is not agreed, or has begun.
std::optional<core::Instant> CancelUntilOf(const ReadContext& cx,
                                           const core::Appointment& appointment) {
  const bool agreed = appointment.status == core::AppointmentStatus::kAccepted;
  if (!agreed || appointment.interval.start <= cx.now) return std::nullopt;
  return core::CancelUntil(appointment.interval, CancellationDeadline(cx.tx, appointment));
}

// Where the note is kept, as MasterKeys wants it said.
std::string NoteRow(core::AppointmentId id) {
  return fmt::format("appointments.note/{}", id.value);
}

absl::Status CheckMayList(const ReadContext& cx, const storage::Whose& whose) {
  if (const auto* customer = std::get_if<storage::AsCustomer>(&whose)) {
    return core::MayActAs(cx.caller, customer->customer) ? absl::OkStatus()
                                                         : core::Error(core::Reason::kNotFound);
  }
  return ManagedProvider(cx, std::get<storage::AsProvider>(whose).provider).status();
}

}  // namespace

std::string SealNote(const WriteContext& cx, core::AppointmentId id, std::string_view note) {
  return note.empty() ? std::string() : cx.master_keys.SealText(note, NoteRow(id));
}

absl::StatusOr<std::string> OpenNote(const ReadContext& cx, const core::Appointment& appointment) {
  if (appointment.note.empty()) return std::string();
  return cx.master_keys.OpenText(appointment.note, NoteRow(appointment.id));
}

absl::Status CheckAllowed(const ReadContext& cx, const core::Appointment& appointment,
                          core::AppointmentStatus to, core::Actor actor) {
  core::Transition transition;
  transition.from = appointment.status;
  transition.to = to;
  transition.actor = actor;
  transition.interval = appointment.interval;
  transition.now = cx.now;
  const bool marked = appointment.status == core::AppointmentStatus::kCompleted ||
                      appointment.status == core::AppointmentStatus::kMissed;
  if (marked) transition.last_changed = FirstMarked(cx.tx, appointment);
  if (actor == core::Actor::kCustomer) {
    transition.cancellation_deadline = CancellationDeadline(cx.tx, appointment);
  }
  return core::CheckTransition(transition);
}

std::optional<core::Actor> SideOf(const ReadContext& cx, const core::Appointment& appointment) {
  if (core::SeesEverything(cx.caller)) return core::Actor::kProvider;
  if (!cx.caller.account) return std::nullopt;
  if (appointment.customer == *cx.caller.account) return core::Actor::kCustomer;
  const auto own = storage::FindProviderOfAccount(cx.tx, *cx.caller.account);
  if (own && (own->id == appointment.provider || own->id == appointment.specialist)) {
    return core::Actor::kProvider;
  }
  return std::nullopt;
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
  view.actions = ActionsOf(cx, view, *side);
  const core::Appointment& shown = view.appointment;
  // Packages, which will cover a part, are still to come.
  view.balance = core::BalanceOf(shown.price, shown.status,
                                 storage::PaymentsOf(cx.tx, shown.provider, shown.id), 0);
  ASSIGN_OR_RETURN(view.note, OpenNote(cx, shown));
  if (*side == core::Actor::kCustomer) {
    view.payment_link = PaymentLinkOf(cx.tx, shown, view.balance);
    view.cancel_until = CancelUntilOf(cx, shown);
  }
  return view;
}

absl::StatusOr<core::Appointment> FindVisible(const ReadContext& cx, const AppointmentRef& ref) {
  auto appointment = storage::FindAppointment(cx.tx, ref.id);
  if (!appointment || (ref.provider && *ref.provider != appointment->provider) ||
      !SideOf(cx, *appointment)) {
    return core::Error(core::Reason::kNotFound);
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
    case ListFilter::kPending:
      found = storage::ListPending(cx.tx, input.whose, input.cursor, input.limit);
      break;
  }
  std::vector<AppointmentView> views;
  for (core::Appointment& appointment : found) {
    ASSIGN_OR_RETURN(AppointmentView view,
                     ViewAppointment(cx, std::move(appointment), History::kWithout));
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace kalends::app
