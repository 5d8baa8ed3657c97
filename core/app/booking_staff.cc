#include "core/app/booking_staff.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/app/booking_parts.h"
#include "core/app/notifications.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/booking/changes.h"
#include "storage/catalog.h"
#include "storage/providers.h"

namespace kalends::app {
namespace {

using core::Actor;

Actor ActorOf(const WriteContext& cx) {
  return core::SeesEverything(cx.caller) ? Actor::kTool : Actor::kProvider;
}

// Those of the staff who offer what was booked.
std::vector<core::ProviderId> StandInsFor(WriteContext& cx, const core::Appointment& appointment) {
  std::vector<core::ProviderId> staff = storage::StaffOf(cx.tx, appointment.provider);
  if (!appointment.service) return staff;
  const auto service = storage::FindService(cx.tx, appointment.provider, *appointment.service);
  if (service) {
    std::erase_if(staff, [&](core::ProviderId id) { return !core::IsDoneBy(*service, id); });
  }
  return staff;
}

// Who takes over what, one appointment after the other, each beside those before it.
class StandIns {
 public:
  explicit StandIns(WriteContext& cx) : cx_(cx) {}

  absl::StatusOr<core::Choice> Choose(const core::Appointment& appointment,
                                      std::span<const core::ProviderId> among) {
    std::vector<CalendarPtr> calendars;
    for (const core::ProviderId id : among) {
      if (CalendarPtr calendar = CalendarOf(id)) calendars.push_back(std::move(calendar));
    }
    const auto workload_of = [&](const core::Calendar& calendar) {
      return WorkloadAt(cx_, calendar, appointment.interval.start, added_[calendar.specialist]);
    };
    auto choice = core::ChooseStandIn(calendars, appointment, workload_of);
    if (choice.ok()) Add(appointment, *choice);
    return choice;
  }

 private:
  CalendarPtr CalendarOf(core::ProviderId id) {
    const auto found = calendars_.find(id);
    return found != calendars_.end() ? found->second : cx_.calendars.Get(id);
  }

  void Add(core::Appointment appointment, const core::Choice& choice) {
    appointment.specialist = choice.specialist;
    core::PutAt(appointment, choice.placement);
    core::Calendar calendar = *CalendarOf(choice.specialist);
    core::UpdateHold(calendar, appointment, cx_.now - kCalendarPast);
    calendars_[choice.specialist] = std::make_shared<const core::Calendar>(std::move(calendar));
    added_[choice.specialist].push_back(appointment.interval);
  }

  WriteContext& cx_;
  std::map<core::ProviderId, CalendarPtr> calendars_;  // With what was added.
  std::map<core::ProviderId, std::vector<core::Interval>> added_;
};

// The hold goes from one calendar to the other.
void ReleaseHold(WriteContext& cx, core::Appointment appointment) {
  appointment.status = core::AppointmentStatus::kCancelled;
  UpdateHolds(cx, appointment);
}

void Reassign(WriteContext& cx, core::Appointment& appointment, const core::Choice& choice) {
  ReleaseHold(cx, appointment);
  appointment.specialist = choice.specialist;
  core::PutAt(appointment, choice.placement);
  AgreeOnStart(cx, appointment);
  const Actor actor = ActorOf(cx);
  SaveChange(cx, appointment, {appointment.status, actor, "", Concerns::kTimeOrService});
  const Event event{core::NotificationKind::kReassigned, actor};
  NotifyCustomer(cx, appointment, event);
  NotifyOtherProviders(cx, appointment, event);
  NotifyCards(cx, appointment);
}

void Cancel(WriteContext& cx, core::Appointment& appointment, const std::string& reason) {
  const Actor actor = ActorOf(cx);
  SaveChange(cx, appointment, {core::AppointmentStatus::kCancelled, actor, reason});
  NotifyCustomer(cx, appointment, {core::NotificationKind::kCancelled, actor, reason});
  NotifyCards(cx, appointment);
}

// What a specialist keeps for the organization and has not begun, by start.
std::vector<core::Appointment> LeftoverOf(WriteContext& cx, const RemoveStaffInput& input) {
  std::vector<core::Appointment> open =
      storage::HoldingAppointments(cx.tx, input.specialist, cx.now, core::kAffectedScanMax);
  std::erase_if(open, [&](const core::Appointment& one) {
    return one.provider != input.organization ||
           !core::EndsWithAccount(one.status, one.interval, cx.now);
  });
  return open;
}

// Who takes each of `open` over; nullopt: nobody.
std::vector<std::optional<core::Choice>> TakersOf(WriteContext& cx,
                                                  const std::vector<core::Appointment>& open,
                                                  Leftover leftover) {
  std::vector<std::optional<core::Choice>> takers(open.size());
  if (leftover != Leftover::kReassign) return takers;
  StandIns stand_ins(cx);
  for (std::size_t i = 0; i < open.size(); ++i) {
    const auto choice = stand_ins.Choose(open[i], StandInsFor(cx, open[i]));
    if (choice.ok()) takers[i] = *choice;
  }
  return takers;
}

}  // namespace

absl::StatusOr<AppointmentView> ReassignAppointment(WriteContext& cx, const ReassignInput& input) {
  ASSIGN_OR_RETURN(core::Appointment appointment, FindVisible(cx.AsRead(), input.ref));
  if (!ManagedProvider(cx.AsRead(), appointment.provider).ok()) {
    return core::Error(core::Reason::kProviderOnly);
  }
  RETURN_IF_ERROR(CheckEtag(input.etag, appointment.version));
  RETURN_IF_ERROR(core::CheckMayMove(appointment, cx.now));
  std::vector<core::ProviderId> among = StandInsFor(cx, appointment);
  if (input.specialist) {
    std::erase_if(among, [&](core::ProviderId id) { return id != *input.specialist; });
  }
  ASSIGN_OR_RETURN(const core::Choice choice, StandIns(cx).Choose(appointment, among));
  const core::ProviderId former = appointment.specialist;
  Reassign(cx, appointment, choice);
  NotifyGivenAway(cx, appointment, former);
  return ViewAppointment(cx.AsRead(), std::move(appointment), History::kWith);
}

absl::StatusOr<RemovedStaff> RemoveStaff(WriteContext& cx, const RemoveStaffInput& input) {
  RETURN_IF_ERROR(core::CheckReason(input.reason));
  RETURN_IF_ERROR(ManagedProvider(cx.AsRead(), input.organization).status());
  const auto specialist = storage::FindProvider(cx.tx, input.specialist);
  if (!specialist || !storage::IsStaff(cx.tx, input.organization, input.specialist)) {
    return core::NotFound("providers/*/specialists/*", input.organization, input.specialist);
  }
  std::vector<core::Appointment> open = LeftoverOf(cx, input);
  const bool is_real = input.trial == Trial::kReal;
  if (is_real && input.leftover == Leftover::kRefuse && !open.empty()) {
    return core::Error(core::Reason::kOpenAppointments);
  }
  if (is_real) {
    storage::EndStaff(cx.tx, input.organization, input.specialist, cx.now);
    cx.changed_catalogs.push_back(input.organization);
  }
  // Who takes over what is found before anything is: a preview finds the same.
  const std::vector<std::optional<core::Choice>> takers = TakersOf(cx, open, input.leftover);
  RemovedStaff removed;
  for (std::size_t i = 0; i < open.size(); ++i) {
    core::Appointment& one = open[i];
    removed.open.push_back(one.id);
    if (takers[i]) {
      removed.reassigned.push_back(one.id);
      if (is_real) Reassign(cx, one, *takers[i]);
    } else if (input.leftover != Leftover::kRefuse) {
      removed.cancelled.push_back(one.id);
      if (is_real) Cancel(cx, one, input.reason);
    }
  }
  if (is_real) {
    NotifyStaff(cx, input.organization, specialist->account, core::NotificationKind::kStaffRemoved);
  }
  return removed;
}

}  // namespace kalends::app
