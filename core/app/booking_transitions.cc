// Accept, reject, cancel, complete, missed, propose and choose: every change of an appointment
// after its request.
#include <fmt/format.h>

#include <algorithm>

#include "core/app/booking.h"
#include "core/app/booking_parts.h"
#include "core/app/consents.h"
#include "core/app/notifications.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/notifications/audience.h"
#include "storage/catalog.h"
#include "storage/providers.h"

namespace kalends::app {
namespace {

using core::Actor;
using core::AppointmentStatus;
using core::NotificationKind;

// The numbers by which the appointment was booked.
core::BookingRules RulesOf(const core::Appointment& appointment) {
  core::BookingRules rules;
  rules.duration = std::chrono::duration_cast<core::Minutes>(appointment.interval.end -
                                                             appointment.interval.start);
  rules.buffer_before = std::chrono::duration_cast<core::Minutes>(appointment.interval.start -
                                                                  appointment.hold.start);
  rules.buffer_after =
      std::chrono::duration_cast<core::Minutes>(appointment.hold.end - appointment.interval.end);
  rules.capacity = appointment.capacity;
  return rules;
}

// Where the specialist has room for the appointment at `start`, its own time aside: SLOT_TAKEN.
absl::StatusOr<core::Placement> RoomFor(WriteContext& cx, const core::Appointment& appointment,
                                        const core::BookingRules& rules, core::Instant start) {
  const CalendarPtr calendar = cx.calendars.Get(appointment.specialist);
  if (!calendar) return core::Error(core::Reason::kInternal);
  const core::Wanted wanted{appointment.service, rules, appointment.id};
  RETURN_IF_ERROR(core::CheckFree(*calendar, wanted, start));
  return core::PlacementAt(*calendar, wanted, start);
}

// A request without a service gets one when it is accepted. Returns the numbers that then count.
absl::StatusOr<core::BookingRules> NameService(WriteContext& cx, core::Appointment& appointment,
                                               const std::optional<core::ServiceId>& service) {
  if (appointment.service) {
    if (service && *service != *appointment.service) {
      return core::InvalidField("service", "must be empty: the request names its service");
    }
    return RulesOf(appointment);
  }
  if (!service) return core::Error(core::Reason::kServiceRequired);
  auto provider = storage::FindProvider(cx.tx, appointment.provider);
  if (!provider) return core::Error(core::Reason::kInternal);
  const OfferInput input{appointment.provider, service,
                         appointment.specialist == appointment.provider
                             ? std::nullopt
                             : std::optional(appointment.specialist)};
  ASSIGN_OR_RETURN(const Offer offer, LoadOffer(cx.tx, *std::move(provider), input));
  ApplyOffer(appointment, offer);
  return offer.wanted.rules;
}

// What a change concerns beside the status.
enum class Concerns { kStatus, kTimeOrService };

struct Change {
  AppointmentStatus to;
  Actor actor;
  std::string reason;
  Concerns concerns = Concerns::kStatus;
};

// Saves the appointment in its new status with everything that goes along.
void Save(WriteContext& cx, core::Appointment& appointment, const Change& change) {
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
  storage::InsertStatusChange(cx.tx, appointment,
                              {from, change.to, cx.now, change.actor, account, change.reason});
  ResetReminders(cx, appointment);
  UpdateHolds(cx, appointment);
}

void Tell(WriteContext& cx, const core::Appointment& appointment, const Change& change) {
  const Event event{core::KindOf(change.to), change.actor, change.reason};
  const core::Audience audience = core::AudienceOf(change.actor, change.to);
  if (audience.customer) NotifyCustomer(cx, appointment, event);
  if (audience.provider) NotifyProvider(cx, appointment, event);
}

absl::Status CheckProposals(WriteContext& cx, const core::Appointment& appointment,
                            const std::vector<core::Instant>& starts) {
  if (starts.empty() || starts.size() > core::kProposalsMax) {
    return core::InvalidField("start_times", fmt::format("must be 1 to {}", core::kProposalsMax));
  }
  for (std::size_t i = 0; i < starts.size(); ++i) {
    if (std::count(starts.begin(), starts.end(), starts[i]) > 1) {
      return core::InvalidField("start_times", "must differ");
    }
    if (starts[i] <= cx.now) return core::Error(core::Reason::kAlreadyPassed);
    if (starts[i] > cx.now + core::kHorizonMax) {
      return core::InvalidField("start_times", "must lie within three years");
    }
    RETURN_IF_ERROR(RoomFor(cx, appointment, RulesOf(appointment), starts[i]).status());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<AppointmentView> ChangeStatus(WriteContext& cx, const TransitionInput& input) {
  RETURN_IF_ERROR(CheckText("reason", input.reason, 0, core::kReasonCharsMax, Lines::kMany));
  ASSIGN_OR_RETURN(core::Appointment appointment, FindVisible(cx.AsRead(), input.ref));
  const Actor actor = *SideOf(cx.AsRead(), appointment);
  RETURN_IF_ERROR(CheckEtag(input.etag, appointment.version));
  // A customer accepts only by choosing a proposed time.
  if (input.to == AppointmentStatus::kAccepted && actor == Actor::kCustomer) {
    return core::Error(core::Reason::kWrongStatus, "Only the provider can accept a request.");
  }
  RETURN_IF_ERROR(CheckAllowed(cx.AsRead(), appointment, input.to, actor));
  Change change{input.to, actor, input.reason};
  if (input.to == AppointmentStatus::kAccepted) {
    const bool gets_service = !appointment.service;
    ASSIGN_OR_RETURN(const auto rules, NameService(cx, appointment, input.service));
    const core::Instant start = appointment.interval.start;
    ASSIGN_OR_RETURN(const auto room, RoomFor(cx, appointment, rules, start));
    if (gets_service) {
      PutAt(appointment, room);
      change.concerns = Concerns::kTimeOrService;
    }
  }
  Save(cx, appointment, change);
  Tell(cx, appointment, change);
  return ViewAppointment(cx.AsRead(), std::move(appointment), History::kWith);
}

absl::StatusOr<AppointmentView> ProposeTimes(WriteContext& cx, const ProposeInput& input) {
  ASSIGN_OR_RETURN(core::Appointment appointment, FindVisible(cx.AsRead(), input.ref));
  if (SideOf(cx.AsRead(), appointment) != Actor::kProvider) {
    return core::Error(core::Reason::kProviderOnly);
  }
  RETURN_IF_ERROR(CheckEtag(input.etag, appointment.version));
  if (appointment.status != AppointmentStatus::kPending)
    return core::Error(core::Reason::kWrongStatus);
  if (appointment.interval.start <= cx.now) return core::Error(core::Reason::kAlreadyStarted);
  RETURN_IF_ERROR(CheckProposals(cx, appointment, input.starts));
  appointment.proposals = input.starts;
  std::sort(appointment.proposals.begin(), appointment.proposals.end());
  ++appointment.version;
  storage::UpdateAppointmentStatus(cx.tx, appointment);
  NotifyCustomer(cx, appointment, {NotificationKind::kTimesProposed, Actor::kProvider});
  return ViewAppointment(cx.AsRead(), std::move(appointment), History::kWith);
}

absl::StatusOr<AppointmentView> ChooseProposedTime(WriteContext& cx, const AppointmentRef& ref,
                                                   core::Instant start) {
  ASSIGN_OR_RETURN(core::Appointment appointment, FindVisible(cx.AsRead(), ref));
  const bool by_customer = appointment.customer == cx.caller.account;
  if (!by_customer || appointment.status != AppointmentStatus::kPending) {
    return core::Error(core::Reason::kWrongStatus);
  }
  const auto& offered = appointment.proposals;
  if (std::find(offered.begin(), offered.end(), start) == offered.end()) {
    return core::Error(core::Reason::kProposalUnknown);
  }
  if (start <= cx.now) return core::Error(core::Reason::kAlreadyPassed);
  RETURN_IF_ERROR(
      CheckAllowed(cx.AsRead(), appointment, AppointmentStatus::kAccepted, Actor::kCustomer));
  RETURN_IF_ERROR(CheckConsents(cx.AsRead(), appointment.provider, appointment.customer));
  ASSIGN_OR_RETURN(const auto room, RoomFor(cx, appointment, RulesOf(appointment), start));
  PutAt(appointment, room);
  const Change change{AppointmentStatus::kAccepted, Actor::kCustomer, "", Concerns::kTimeOrService};
  Save(cx, appointment, change);
  NotifyProvider(cx, appointment, {NotificationKind::kProposedTimeChosen, Actor::kCustomer});
  return ViewAppointment(cx.AsRead(), std::move(appointment), History::kWith);
}

void ChangeBySystem(WriteContext& cx, core::Appointment& appointment, AppointmentStatus to,
                    std::string_view reason) {
  const Change change{to, Actor::kSystem, std::string(reason)};
  Save(cx, appointment, change);
  Tell(cx, appointment, change);
}

}  // namespace kalends::app
