#include "core/app/booking.h"

#include <algorithm>
#include <utility>

#include "core/app/booking_parts.h"
#include "core/app/consents.h"
#include "core/app/notifications.h"
#include "core/app/packages.h"
#include "core/base/detail.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/booking/specialists.h"
#include "storage/catalog.h"
#include "storage/links.h"
#include "storage/providers.h"
#include "storage/unreadable.h"

namespace kalends::app {
namespace {

// Of those of the offer's specialists who have one. One that is damaged is none beside others;
// UNREADABLE: alone.
absl::StatusOr<std::vector<CalendarPtr>> CalendarsOf(WriteContext& cx, const core::Offer& offer) {
  std::vector<CalendarPtr> calendars;
  const storage::LeaveOut left_out(cx.tx);
  for (const core::ProviderId specialist : offer.specialists) {
    auto calendar = storage::IfReadable(cx.tx, [&] { return cx.calendars.Get(specialist); });
    if (calendar && *calendar) calendars.push_back(*std::move(calendar));
  }
  if (calendars.empty() && left_out.count() > 0) return core::Error(core::Reason::kUnreadable);
  return calendars;
}

// Who keeps an appointment at `start`, as core::ChooseSpecialist says.
absl::StatusOr<core::Choice> ChooseSpecialist(WriteContext& cx, const core::Offer& offer,
                                              core::Instant start, core::Placing placing) {
  RETURN_IF_ERROR(cx.refused_starts.Check(cx.caller));
  ASSIGN_OR_RETURN(const std::vector<CalendarPtr> calendars, CalendarsOf(cx, offer));
  const auto workload_of = [&](const core::Calendar& calendar) {
    return WorkloadAt(cx, calendar, start, {});
  };
  absl::StatusOr<core::Choice> choice =
      core::ChooseSpecialist(calendars, offer.wanted, start, cx.now, workload_of, placing);
  if (choice.ok()) return choice;
  return RefuseStart(cx, choice.status(), {offer.wanted, offer.specialists, start});
}

// Requests and cancels each tell the provider: nobody may do so on and on.
absl::Status CheckRequestRate(WriteContext& cx, core::ProviderId provider,
                              core::AccountId customer) {
  const core::Interval of_late{cx.now - core::kRequestRates[0].period, cx.now};
  return CheckRate(
      core::kRequestRates,
      [&](int nth) { return storage::NthNewestRequest(cx.tx, provider, customer, of_late, nth); },
      cx.now);
}

core::Appointment NewAppointment(WriteContext& cx, core::AppointmentId id, core::AccountId customer,
                                 const core::Offer& offer, const core::Choice& choice) {
  core::Appointment appointment;
  appointment.id = id;
  appointment.provider = offer.provider.id;
  appointment.specialist = choice.specialist;
  appointment.customer = customer;
  appointment.created = cx.now;
  core::ApplyOffer(appointment, offer);
  core::PutAt(appointment, choice.placement);
  AgreeOnStart(cx, appointment);
  return appointment;
}

}  // namespace

absl::Status RefuseStart(WriteContext& cx, absl::Status refusal, StartRefused refused) {
  cx.refused_starts.Count(cx.caller);
  return core::WithDetail(std::move(refusal), std::move(refused));
}

core::Workload WorkloadAt(WriteContext& cx, const core::Calendar& calendar, core::Instant start,
                          std::span<const core::Interval> added) {
  // Somebody is idle from the end of what they had last; before that, nobody remembers.
  constexpr std::chrono::days kIdleLookBack{28};
  const core::Interval week = core::WeekOfWork(calendar, start);
  const core::Interval looked_at{std::min(week.start - core::kDurationMax, start - kIdleLookBack),
                                 week.end};
  std::vector<core::Interval> booked = storage::BookedTimes(cx.tx, calendar.specialist, looked_at);
  booked.insert(booked.end(), added.begin(), added.end());
  return core::WorkloadFrom(booked, week, start);
}

void UpdateHolds(WriteContext& cx, const core::Appointment& appointment) {
  const CalendarPtr present = cx.calendars.Get(appointment.specialist);
  core::Calendar calendar = *present;
  core::UpdateHold(calendar, appointment, cx.now - kCalendarPast);
  cx.calendars.Put(std::move(calendar));
}

absl::StatusOr<AppointmentView> RequestAppointment(WriteContext& cx, const RequestInput& input) {
  const core::AccountId customer = *cx.caller.account;
  const auto link = storage::FindLink(cx.tx, input.offer.provider, customer);
  // A provider that was taken off the list is not to be seen, until an invitation brings it back.
  if (!link || link->removed)
    return core::NotFound("providers/*/links/*", input.offer.provider, customer);
  RETURN_IF_ERROR(core::CheckLink(*link));
  const auto provider = storage::FindProvider(cx.tx, input.offer.provider);
  if (!provider) return core::NotFound("providers/*", input.offer.provider);
  ASSIGN_OR_RETURN(const core::Offer offer, LoadOffer(cx.tx, *provider, input.offer));
  RETURN_IF_ERROR(CheckConsents(cx.AsRead(), offer.provider.id, customer));
  const auto id = cx.ids.Next<core::AppointmentId>(cx.now);
  // First, so that its time and its place among the open ones are free for this one.
  std::optional<core::Appointment> replaced;
  if (input.replaces) {
    ASSIGN_OR_RETURN(replaced, ReplaceRequest(cx, *input.replaces, offer.provider.id, id));
  }
  if (storage::CountPending(cx.tx, offer.provider.id, customer) >=
      core::kOpenRequestsPerCustomerMax) {
    return core::LimitReached(
        "open_requests", core::kOpenRequestsPerCustomerMax,
        "There are too many open requests; wait for an answer or withdraw one.");
  }
  RETURN_IF_ERROR(CheckRequestRate(cx, offer.provider.id, customer));
  RETURN_IF_ERROR(core::CheckNote(input.note));
  ASSIGN_OR_RETURN(const core::Choice choice,
                   ChooseSpecialist(cx, offer, input.start, core::Placing::kOffered));
  core::Appointment appointment = NewAppointment(cx, id, customer, offer, choice);
  appointment.note = SealNote(cx, appointment.id, input.note);
  const bool accepted = offer.service && offer.service->auto_accept;
  if (accepted) appointment.status = core::AppointmentStatus::kAccepted;
  storage::InsertAppointment(cx.tx, appointment);
  if (input.package) RETURN_IF_ERROR(UsePackage(cx, appointment, *input.package));
  storage::InsertStatusChange(
      cx.tx, appointment,
      {std::nullopt, core::AppointmentStatus::kPending, cx.now, core::Actor::kCustomer, customer,
       "", std::nullopt, replaced ? std::optional(replaced->id) : std::nullopt});
  if (accepted) {
    storage::InsertStatusChange(
        cx.tx, appointment,
        {core::AppointmentStatus::kPending, core::AppointmentStatus::kAccepted, cx.now,
         core::Actor::kSystem, std::nullopt, ""});
    ResetReminders(cx, appointment);
  }
  UpdateHolds(cx, appointment);
  // Whoever keeps the new one reads there what it replaces.
  if (replaced && replaced->specialist != appointment.specialist) {
    NotifyProvider(cx, *replaced, {core::NotificationKind::kCancelled, core::Actor::kCustomer});
  }
  NotifyProvider(cx, appointment, {core::NotificationKind::kRequested, core::Actor::kCustomer});
  return ViewAppointment(cx.AsRead(), std::move(appointment), History::kWith);
}

absl::StatusOr<Booked> BookAppointment(WriteContext& cx, const BookInput& input) {
  ASSIGN_OR_RETURN(const core::Provider provider,
                   ManagedProvider(cx.AsRead(), input.offer.provider));
  const auto link = storage::FindLink(cx.tx, provider.id, input.customer);
  if (!link) return core::NotFound("providers/*/links/*", provider.id, input.customer);
  RETURN_IF_ERROR(core::CheckLink(*link));
  if (!input.offer.service) return core::Error(core::Reason::kServiceRequired);
  ASSIGN_OR_RETURN(const core::Offer offer, LoadOffer(cx.tx, provider, input.offer));
  RETURN_IF_ERROR(core::CheckMayBookAt(input.start, cx.now));
  ASSIGN_OR_RETURN(const core::Choice choice,
                   ChooseSpecialist(cx, offer, input.start, input.placing));
  const auto id = cx.ids.Next<core::AppointmentId>(cx.now);
  core::Appointment appointment = NewAppointment(cx, id, input.customer, offer, choice);
  appointment.status = core::AppointmentStatus::kAccepted;
  storage::InsertAppointment(cx.tx, appointment);
  if (input.package) RETURN_IF_ERROR(UsePackage(cx, appointment, *input.package));
  const bool is_tool = core::SeesEverything(cx.caller);
  const core::Actor actor = is_tool ? core::Actor::kTool : core::Actor::kProvider;
  const auto key = is_tool ? std::optional(cx.caller.key) : std::nullopt;
  storage::InsertStatusChange(
      cx.tx, appointment,
      {std::nullopt, appointment.status, cx.now, actor, cx.caller.account, "", key});
  ResetReminders(cx, appointment);
  UpdateHolds(cx, appointment);
  const Event event{core::NotificationKind::kBooked, actor};
  NotifyCustomer(cx, appointment, event);
  NotifyOtherProviders(cx, appointment, event);
  const absl::Status consents = CheckConsents(cx.AsRead(), provider.id, input.customer);
  Booked booked;
  booked.missing = core::DetailOf<MissingConsents>(consents).value_or(MissingConsents());
  ASSIGN_OR_RETURN(booked.view,
                   ViewAppointment(cx.AsRead(), std::move(appointment), History::kWith));
  return booked;
}

}  // namespace kalends::app
