// Accept, reject, cancel, complete, missed, propose and choose: every change of an appointment
// after its request.
#include <algorithm>

#include "core/app/booking.h"
#include "core/app/booking_parts.h"
#include "core/app/consents.h"
#include "core/app/notifications.h"
#include "core/app/packages.h"
#include "core/base/detail.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/booking/changes.h"
#include "core/notifications/audience.h"
#include "storage/catalog.h"
#include "storage/providers.h"

namespace kalends::app {
namespace {

using core::Actor;
using core::AppointmentStatus;
using core::NotificationKind;

// `taken`, with what is to be offered in place of `start`: what a customer could ask for, of this
// length, while this one is still there.
absl::Status RefuseToMove(WriteContext& cx, const core::Appointment& appointment,
                          core::BookingRules rules, core::Instant start,
                          const absl::Status& taken) {
  const auto service = appointment.service
                           ? storage::FindService(cx.tx, appointment.provider, *appointment.service)
                           : std::nullopt;
  if (service) {
    rules.step = service->rules.step;
    rules.minimum_notice = service->rules.minimum_notice;
    rules.horizon = service->rules.horizon;
  }
  const core::Wanted wanted{appointment.service, rules, std::nullopt};
  return RefuseStart(cx, taken, {wanted, {appointment.specialist}, start});
}

// As core::CheckProposals says. SLOT_TAKEN comes with StartRefused of the first that is taken.
absl::Status CheckProposals(WriteContext& cx, const core::Appointment& appointment,
                            const std::vector<core::Instant>& starts) {
  const CalendarPtr calendar = cx.calendars.Get(appointment.specialist);
  if (!calendar) return core::Error(core::Reason::kInternal);
  absl::Status checked = core::CheckProposals(*calendar, appointment, starts, cx.now);
  if (core::ReasonOf(checked) != core::Reason::kSlotTaken) return checked;
  for (const core::Instant start : starts) {
    RETURN_IF_ERROR(RoomFor(cx, appointment, core::RulesOf(appointment), start).status());
  }
  return checked;
}

// A request without a service gets one when it is accepted. Returns the numbers that then count.
absl::StatusOr<core::BookingRules> NameService(WriteContext& cx, core::Appointment& appointment,
                                               const std::optional<core::ServiceId>& service) {
  RETURN_IF_ERROR(core::CheckServiceNamed(appointment, service));
  if (appointment.service) return core::RulesOf(appointment);
  const auto provider = storage::FindProvider(cx.tx, appointment.provider);
  if (!provider) return core::Error(core::Reason::kInternal);
  const core::OfferInput input{appointment.provider, service,
                               appointment.specialist == appointment.provider
                                   ? std::nullopt
                                   : std::optional(appointment.specialist)};
  ASSIGN_OR_RETURN(const core::Offer offer, LoadOffer(cx.tx, *provider, input));
  core::ApplyOffer(appointment, offer);
  return offer.wanted.rules;
}

void Tell(WriteContext& cx, const core::Appointment& appointment, const AppointmentChange& change) {
  const Event event{core::KindOf(change.to), change.actor, change.reason};
  const core::Audience audience = core::AudienceOf(change.actor, change.to);
  if (audience.customer) NotifyCustomer(cx, appointment, event);
  if (audience.provider) NotifyProvider(cx, appointment, event);
  if (audience.colleagues) NotifyOtherProviders(cx, appointment, event);
}

}  // namespace

absl::StatusOr<core::Placement> RoomFor(WriteContext& cx, const core::Appointment& appointment,
                                        const core::BookingRules& rules, core::Instant start) {
  RETURN_IF_ERROR(cx.refused_starts.Check(cx.caller));
  const CalendarPtr calendar = cx.calendars.Get(appointment.specialist);
  if (!calendar) return core::Error(core::Reason::kInternal);
  auto room = core::RoomFor(*calendar, appointment, rules, start);
  if (room.ok()) return room;
  return RefuseToMove(cx, appointment, rules, start, room.status());
}

void SaveChange(WriteContext& cx, core::Appointment& appointment, const AppointmentChange& change) {
  const AppointmentStatus from = appointment.status;
  appointment.status = change.to;
  appointment.proposals.clear();
  ++appointment.version;
  if (change.concerns == Concerns::kStatus) {
    storage::UpdateAppointmentStatus(cx.tx, appointment);
  } else {
    storage::UpdateAppointment(cx.tx, appointment);
  }
  const auto account = change.actor == Actor::kSystem ? std::nullopt : cx.caller.account;
  const auto key = change.actor == Actor::kTool ? std::optional(cx.caller.key) : std::nullopt;
  storage::InsertStatusChange(cx.tx, appointment,
                              {from, change.to, cx.now, change.actor, account, change.reason, key,
                               change.by, change.previous_start});
  SettlePackage(cx, appointment, from, change.actor);
  ResetReminders(cx, appointment);
  UpdateHolds(cx, appointment);
}

absl::StatusOr<AppointmentView> ChangeStatus(WriteContext& cx, const TransitionInput& input) {
  RETURN_IF_ERROR(core::CheckReason(input.reason));
  ASSIGN_OR_RETURN(core::Appointment appointment, FindVisible(cx.AsRead(), input.ref));
  const Actor actor = *SideOf(cx.AsRead(), appointment);
  RETURN_IF_ERROR(CheckEtag(input.etag, appointment.version));
  RETURN_IF_ERROR(core::CheckMayAsk(input.to, actor));
  RETURN_IF_ERROR(CheckAllowed(cx.AsRead(), appointment, input.to, actor));
  AppointmentChange change{input.to, actor, input.reason};
  if (input.to == AppointmentStatus::kAccepted) {
    const bool gets_service = !appointment.service;
    ASSIGN_OR_RETURN(const auto rules, NameService(cx, appointment, input.service));
    const core::Instant start = appointment.interval.start;
    ASSIGN_OR_RETURN(const auto room, RoomFor(cx, appointment, rules, start));
    if (gets_service) {
      core::PutAt(appointment, room);
      change.concerns = Concerns::kTimeOrService;
    }
    // Who accepts has seen where new zone rules left it, as the customer has.
    if (core::NeedsNewAgreement(appointment)) {
      AgreeOnStart(cx, appointment);
      change.concerns = Concerns::kTimeOrService;
    }
  }
  SaveChange(cx, appointment, change);
  Tell(cx, appointment, change);
  NotifyCards(cx, appointment);
  return ViewAppointment(cx.AsRead(), std::move(appointment), History::kWith);
}

absl::StatusOr<AppointmentView> ProposeTimes(WriteContext& cx, const ProposeInput& input) {
  ASSIGN_OR_RETURN(core::Appointment appointment, FindVisible(cx.AsRead(), input.ref));
  const Actor actor = *SideOf(cx.AsRead(), appointment);
  if (!core::ActsAsProvider(actor)) return core::Error(core::Reason::kProviderOnly);
  RETURN_IF_ERROR(CheckEtag(input.etag, appointment.version));
  RETURN_IF_ERROR(core::CheckMayPropose(appointment, cx.now));
  RETURN_IF_ERROR(CheckProposals(cx, appointment, input.starts));
  appointment.proposals = input.starts;
  std::sort(appointment.proposals.begin(), appointment.proposals.end());
  ++appointment.version;
  storage::UpdateAppointmentStatus(cx.tx, appointment);
  const Event event{NotificationKind::kTimesProposed, actor};
  NotifyCustomer(cx, appointment, event);
  if (actor == Actor::kTool) NotifyProvider(cx, appointment, event);
  NotifyCards(cx, appointment);
  return ViewAppointment(cx.AsRead(), std::move(appointment), History::kWith);
}

absl::StatusOr<AppointmentView> ChooseProposedTime(WriteContext& cx, const AppointmentRef& ref,
                                                   core::Instant start) {
  ASSIGN_OR_RETURN(core::Appointment appointment, FindVisible(cx.AsRead(), ref));
  const Actor actor = *SideOf(cx.AsRead(), appointment);
  RETURN_IF_ERROR(core::CheckMayChoose(appointment, actor, start, cx.now));
  // What is accepted only moves: nothing new is booked.
  if (appointment.status == AppointmentStatus::kPending) {
    RETURN_IF_ERROR(CheckAllowed(cx.AsRead(), appointment, AppointmentStatus::kAccepted, actor));
    RETURN_IF_ERROR(CheckConsents(cx.AsRead(), appointment.provider, appointment.customer));
  }
  ASSIGN_OR_RETURN(const auto room, RoomFor(cx, appointment, core::RulesOf(appointment), start));
  const core::Instant before = appointment.interval.start;
  core::PutAt(appointment, room);
  AgreeOnStart(cx, appointment);
  const AppointmentChange change{AppointmentStatus::kAccepted, actor, "", Concerns::kTimeOrService,
                                 before};
  SaveChange(cx, appointment, change);
  NotifyProvider(cx, appointment, {NotificationKind::kProposedTimeChosen, actor});
  NotifyCards(cx, appointment);
  return ViewAppointment(cx.AsRead(), std::move(appointment), History::kWith);
}

absl::StatusOr<core::Appointment> ReplaceRequest(WriteContext& cx, const AppointmentRef& ref,
                                                 core::ProviderId provider,
                                                 core::AppointmentId by) {
  ASSIGN_OR_RETURN(core::Appointment replaced, FindVisible(cx.AsRead(), ref));
  if (replaced.customer != cx.caller.account || replaced.provider != provider) {
    return core::NotFound("providers/*/appointments/*", replaced.provider, replaced.id);
  }
  if (replaced.status != AppointmentStatus::kPending) {
    return core::Error(core::Reason::kWrongStatus);
  }
  SaveChange(cx, replaced,
             {AppointmentStatus::kCancelled, Actor::kCustomer, "", Concerns::kStatus, {}, by});
  NotifyCards(cx, replaced);
  return replaced;
}

void ChangeBySystem(WriteContext& cx, core::Appointment& appointment, AppointmentStatus to,
                    std::string_view reason) {
  const AppointmentChange change{to, Actor::kSystem, std::string(reason)};
  SaveChange(cx, appointment, change);
  Tell(cx, appointment, change);
  NotifyCards(cx, appointment);
}

}  // namespace kalends::app
