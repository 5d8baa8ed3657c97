// What the provider's side does with an open appointment but for its status: another time, which a
// customer who is asked first may decline; another place; a reminder.
#include "core/app/booking.h"
#include "core/app/booking_parts.h"
#include "core/app/notifications.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/booking/changes.h"
#include "storage/providers.h"

namespace kalends::app {
namespace {

using core::NotificationKind;

// The appointment, for who may do such things with it: NOT_FOUND, PROVIDER_ONLY, STALE_ETAG.
absl::StatusOr<core::Appointment> FindToChange(WriteContext& cx, const AppointmentRef& ref,
                                               std::string_view etag) {
  ASSIGN_OR_RETURN(core::Appointment appointment, FindVisible(cx.AsRead(), ref));
  if (!core::ActsAsProvider(*SideOf(cx.AsRead(), appointment))) {
    return core::Error(core::Reason::kProviderOnly);
  }
  RETURN_IF_ERROR(CheckEtag(etag, appointment.version));
  return appointment;
}

void Move(WriteContext& cx, core::Appointment& appointment, const core::Placement& room,
          const RescheduleInput& input, core::Actor actor) {
  const core::Instant before = appointment.interval.start;
  core::PutAt(appointment, room);
  AgreeOnStart(cx, appointment);
  SaveChange(cx, appointment,
             {appointment.status, actor, input.reason, Concerns::kTimeOrService, before});
  const Event event{NotificationKind::kRescheduled, actor, input.reason, before};
  NotifyCustomer(cx, appointment, event);
  NotifyOtherProviders(cx, appointment, event);
}

void Ask(WriteContext& cx, core::Appointment& appointment, const RescheduleInput& input,
         core::Actor actor) {
  appointment.proposals = {input.start};
  ++appointment.version;
  storage::UpdateAppointmentStatus(cx.tx, appointment);
  const Event event{NotificationKind::kTimesProposed, actor, input.reason};
  NotifyCustomer(cx, appointment, event);
  if (actor == core::Actor::kTool) NotifyProvider(cx, appointment, event);
}

absl::Status CheckReminderRate(WriteContext& cx, const core::Appointment& appointment) {
  const core::Interval of_late{cx.now - core::kCustomerReminderRates[0].period, cx.now};
  RETURN_IF_ERROR(CheckRate(
      core::kAppointmentReminderRates,
      [&](int) {
        const bool counts = appointment.reminded && *appointment.reminded <= cx.now;
        return counts ? appointment.reminded : std::nullopt;
      },
      cx.now));
  return CheckRate(
      core::kCustomerReminderRates,
      [&](int nth) {
        return storage::NthNewestReminder(cx.tx, appointment.provider, appointment.customer,
                                          of_late, nth);
      },
      cx.now);
}

}  // namespace

absl::StatusOr<AppointmentView> RescheduleAppointment(WriteContext& cx,
                                                      const RescheduleInput& input) {
  RETURN_IF_ERROR(core::CheckReason(input.reason));
  ASSIGN_OR_RETURN(core::Appointment appointment, FindToChange(cx, input.ref, input.etag));
  RETURN_IF_ERROR(core::CheckMayMove(appointment, cx.now));
  RETURN_IF_ERROR(core::CheckNewStart(appointment, input.start, cx.now));
  ASSIGN_OR_RETURN(const core::Placement room,
                   RoomFor(cx, appointment, core::RulesOf(appointment), input.start));
  const core::Actor actor = *SideOf(cx.AsRead(), appointment);
  const auto provider = storage::FindProvider(cx.tx, appointment.provider);
  if (!provider) return core::Error(core::Reason::kInternal);
  if (provider->asks_before_moving) {
    Ask(cx, appointment, input, actor);
  } else {
    Move(cx, appointment, room, input, actor);
  }
  NotifyCards(cx, appointment);
  return ViewAppointment(cx.AsRead(), std::move(appointment), History::kWith);
}

absl::StatusOr<AppointmentView> DeclineProposedTime(WriteContext& cx, const AppointmentRef& ref) {
  ASSIGN_OR_RETURN(core::Appointment appointment, FindVisible(cx.AsRead(), ref));
  const core::Actor actor = *SideOf(cx.AsRead(), appointment);
  RETURN_IF_ERROR(core::CheckMayDecline(appointment, actor, cx.now));
  appointment.proposals.clear();
  ++appointment.version;
  storage::UpdateAppointmentStatus(cx.tx, appointment);
  NotifyProvider(cx, appointment, {NotificationKind::kMoveDeclined, actor});
  NotifyCards(cx, appointment);
  return ViewAppointment(cx.AsRead(), std::move(appointment), History::kWith);
}

absl::StatusOr<AppointmentView> SetAppointmentPlace(WriteContext& cx, const PlaceInput& input) {
  RETURN_IF_ERROR(core::CheckPlace(input.place));
  ASSIGN_OR_RETURN(core::Appointment appointment, FindToChange(cx, input.ref, input.etag));
  RETURN_IF_ERROR(core::CheckMaySetPlace(appointment, cx.now));
  if (appointment.place != input.place) {
    appointment.place = input.place;
    ++appointment.version;
    storage::UpdateAppointment(cx.tx, appointment);
    const core::Actor actor = *SideOf(cx.AsRead(), appointment);
    // Whoever waits for an answer sees it with the answer.
    if (appointment.status == core::AppointmentStatus::kAccepted) {
      NotifyCustomer(cx, appointment, {NotificationKind::kPlaceChanged, actor});
    }
    NotifyCards(cx, appointment);
  }
  return ViewAppointment(cx.AsRead(), std::move(appointment), History::kWith);
}

absl::StatusOr<AppointmentView> RemindAppointment(WriteContext& cx, const AppointmentRef& ref) {
  ASSIGN_OR_RETURN(core::Appointment appointment, FindToChange(cx, ref, ""));
  RETURN_IF_ERROR(core::CheckMayRemind(appointment, cx.now));
  RETURN_IF_ERROR(CheckReminderRate(cx, appointment));
  appointment.reminded = cx.now;
  storage::SetReminded(cx.tx, appointment.id, cx.now);
  RemindNow(cx, appointment, *SideOf(cx.AsRead(), appointment));
  return ViewAppointment(cx.AsRead(), std::move(appointment), History::kWith);
}

}  // namespace kalends::app
