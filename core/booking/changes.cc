#include "core/booking/changes.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"

namespace kalends::core {
namespace {

Minutes MinutesIn(std::chrono::seconds length) {
  return std::chrono::duration_cast<Minutes>(length);
}

// Whether the customer may take another time than it has.
absl::Status CheckMayTakeOther(const Appointment& appointment, Instant now) {
  if (!HoldsTime(appointment.status)) return Error(Reason::kWrongStatus);
  if (appointment.status != AppointmentStatus::kAccepted) return absl::OkStatus();
  if (appointment.proposals.empty()) return Error(Reason::kWrongStatus);
  if (appointment.interval.start <= now) return Error(Reason::kAlreadyStarted);
  return absl::OkStatus();
}

bool EarlierHold(const Hold& a, const Hold& b) { return a.hold.start < b.hold.start; }

}  // namespace

std::optional<Actor> SideOf(const Caller& caller, const Appointment& appointment,
                            const std::function<std::optional<ProviderId>()>& own_provider) {
  if (SeesEverything(caller)) return Actor::kTool;
  if (!caller.account) return std::nullopt;
  if (appointment.customer == *caller.account) return Actor::kCustomer;
  const auto own = own_provider();
  if (own && (*own == appointment.provider || *own == appointment.specialist)) {
    return Actor::kProvider;
  }
  return std::nullopt;
}

std::vector<Action> ActionsOf(const Appointment& appointment, Transition facts) {
  std::vector<Action> actions;
  const auto add_if_allowed = [&](AppointmentStatus to, Action action) {
    facts.to = to;
    if (CheckTransition(facts).ok()) actions.push_back(action);
  };
  if (ActsAsProvider(facts.actor)) {
    add_if_allowed(AppointmentStatus::kAccepted, Action::kAccept);
    add_if_allowed(AppointmentStatus::kRejected, Action::kReject);
    if (CheckMayPropose(appointment, facts.now).ok()) actions.push_back(Action::kProposeTimes);
    add_if_allowed(AppointmentStatus::kCompleted, Action::kComplete);
    add_if_allowed(AppointmentStatus::kMissed, Action::kMarkMissed);
    if (CheckMayMove(appointment, facts.now).ok()) actions.push_back(Action::kReschedule);
    if (CheckMaySetPlace(appointment, facts.now).ok()) actions.push_back(Action::kSetPlace);
    if (CheckMayRemind(appointment, facts.now).ok()) actions.push_back(Action::kRemind);
  } else if (!appointment.proposals.empty() && CheckMayTakeOther(appointment, facts.now).ok()) {
    actions.push_back(Action::kChooseProposedTime);
    if (CheckMayDecline(appointment, facts.actor, facts.now).ok()) {
      actions.push_back(Action::kDeclineProposedTime);
    }
  }
  add_if_allowed(AppointmentStatus::kCancelled, Action::kCancel);
  return actions;
}

std::optional<Instant> CancelUntilOf(const Appointment& appointment, Minutes cancellation_deadline,
                                     Instant now) {
  const bool agreed = appointment.status == AppointmentStatus::kAccepted;
  if (!agreed || appointment.interval.start <= now) return std::nullopt;
  return CancelUntil(appointment.interval, cancellation_deadline);
}

absl::Status CheckNote(std::string_view note) {
  return CheckText("appointment.note", note, 0, kRequestNoteCharsMax, Lines::kMany);
}

absl::Status CheckReason(std::string_view reason) {
  return CheckText("reason", reason, 0, kReasonCharsMax, Lines::kMany);
}

absl::Status CheckMayAsk(AppointmentStatus to, Actor actor) {
  const bool allowed = actor != Actor::kCustomer || to == AppointmentStatus::kCancelled;
  return allowed ? absl::OkStatus() : Error(Reason::kProviderOnly);
}

absl::Status CheckServiceNamed(const Appointment& appointment,
                               const std::optional<ServiceId>& service) {
  if (!appointment.service && !service) return Error(Reason::kServiceRequired);
  if (appointment.service && service && *service != *appointment.service) {
    return InvalidField("service", "must be empty: the request names its service");
  }
  return absl::OkStatus();
}

BookingRules RulesOf(const Appointment& appointment) {
  const Interval& interval = appointment.interval;
  BookingRules rules;
  rules.duration = MinutesIn(interval.end - interval.start);
  rules.buffer_before = MinutesIn(interval.start - appointment.hold.start);
  rules.buffer_after = MinutesIn(appointment.hold.end - interval.end);
  rules.capacity = appointment.capacity;
  return rules;
}

absl::StatusOr<Placement> RoomFor(const Calendar& calendar, const Appointment& appointment,
                                  const BookingRules& rules, Instant start) {
  const Wanted wanted{appointment.service, rules, appointment.id};
  RETURN_IF_ERROR(CheckFree(calendar, wanted, start));
  return PlacementAt(calendar, wanted, start);
}

absl::Status CheckMayPropose(const Appointment& appointment, Instant now) {
  if (appointment.status != AppointmentStatus::kPending) return Error(Reason::kWrongStatus);
  if (appointment.interval.start <= now) return Error(Reason::kAlreadyStarted);
  return absl::OkStatus();
}

absl::Status CheckProposals(const Calendar& calendar, const Appointment& appointment,
                            const std::vector<Instant>& starts, Instant now) {
  if (starts.empty() || starts.size() > kProposalsMax) {
    return InvalidField("start_times", "must be 1 to " + std::to_string(kProposalsMax));
  }
  return CheckEach("start_times", starts, [&](const Instant& start) -> absl::Status {
    if (std::find(starts.data(), &start, start) != &start) {
      return InvalidField("start_times", "must differ from those before it");
    }
    if (start == appointment.interval.start) {
      return InvalidField("start_times",
                          "must differ from the time that was requested: to agree to that, accept");
    }
    if (start <= now) return Error(Reason::kAlreadyPassed);
    if (start > now + kHorizonMax) {
      return InvalidField("start_times", "must lie within three years");
    }
    return RoomFor(calendar, appointment, RulesOf(appointment), start).status();
  });
}

absl::Status CheckMayMove(const Appointment& appointment, Instant now) {
  if (!HoldsTime(appointment.status)) return Error(Reason::kWrongStatus);
  if (appointment.interval.start <= now) return Error(Reason::kAlreadyStarted);
  return absl::OkStatus();
}

absl::Status CheckNewStart(const Appointment& appointment, Instant start, Instant now) {
  if (start == appointment.interval.start) {
    return InvalidField("start_time", "must differ from the present start");
  }
  return CheckMayBookAt(start, now);
}

absl::Status CheckMaySetPlace(const Appointment& appointment, Instant now) {
  if (!HoldsTime(appointment.status)) return Error(Reason::kWrongStatus);
  if (appointment.interval.end <= now) return Error(Reason::kAlreadyPassed);
  return absl::OkStatus();
}

absl::Status CheckPlace(std::string_view place) {
  return CheckText("place", place, 0, kPlaceCharsMax, Lines::kMany);
}

absl::Status CheckMayRemind(const Appointment& appointment, Instant now) {
  if (appointment.status != AppointmentStatus::kAccepted) return Error(Reason::kWrongStatus);
  if (appointment.interval.start <= now) return Error(Reason::kAlreadyStarted);
  return absl::OkStatus();
}

absl::Status CheckMayBookAt(Instant start, Instant now) {
  if (start <= now) return Error(Reason::kAlreadyPassed);
  if (start > now + kHorizonMax) return InvalidField("start_time", "must lie within three years");
  return absl::OkStatus();
}

absl::Status CheckMayChoose(const Appointment& appointment, Actor actor, Instant start,
                            Instant now) {
  if (actor != Actor::kCustomer) return Error(Reason::kCustomerOnly);
  RETURN_IF_ERROR(CheckMayTakeOther(appointment, now));
  const auto& offered = appointment.proposals;
  if (std::find(offered.begin(), offered.end(), start) == offered.end()) {
    return Error(Reason::kProposalUnknown);
  }
  if (start <= now) return Error(Reason::kAlreadyPassed);
  return absl::OkStatus();
}

absl::Status CheckMayDecline(const Appointment& appointment, Actor actor, Instant now) {
  if (actor != Actor::kCustomer) return Error(Reason::kCustomerOnly);
  // A request with other times is withdrawn, or replaced by another one.
  if (appointment.status != AppointmentStatus::kAccepted) return Error(Reason::kWrongStatus);
  return CheckMayTakeOther(appointment, now);
}

void UpdateHold(Calendar& calendar, const Appointment& appointment, Instant past) {
  std::erase_if(calendar.holds, [&](const Hold& hold) {
    return hold.appointment == appointment.id || hold.hold.end < past;
  });
  if (!HoldsTime(appointment.status)) return;
  const Hold hold{appointment.id, appointment.hold, appointment.interval, appointment.service,
                  appointment.capacity};
  calendar.holds.insert(
      std::upper_bound(calendar.holds.begin(), calendar.holds.end(), hold, EarlierHold), hold);
}

}  // namespace kalends::core
