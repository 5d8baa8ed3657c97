#include "core/booking/appointment.h"

#include <cassert>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace kalends::core {
namespace {

struct StatusRow {
  AppointmentStatus status;
  std::string_view name;
};

constexpr StatusRow kStatusNames[] = {
    {AppointmentStatus::kPending, "PENDING"},     {AppointmentStatus::kAccepted, "ACCEPTED"},
    {AppointmentStatus::kRejected, "REJECTED"},   {AppointmentStatus::kCompleted, "COMPLETED"},
    {AppointmentStatus::kCancelled, "CANCELLED"}, {AppointmentStatus::kMissed, "MISSED"},
};

struct ActorRow {
  Actor actor;
  std::string_view name;
};

constexpr ActorRow kActorNames[] = {
    {Actor::kCustomer, "CUSTOMER"},
    {Actor::kProvider, "PROVIDER"},
    {Actor::kSystem, "SYSTEM"},
    {Actor::kTool, "TOOL"},
};

constexpr unsigned Bit(Actor actor) { return 1U << static_cast<unsigned>(actor); }
constexpr unsigned kCustomer = Bit(Actor::kCustomer);
constexpr unsigned kProvider = Bit(Actor::kProvider) | Bit(Actor::kTool);
constexpr unsigned kSystem = Bit(Actor::kSystem);

struct Row {
  AppointmentStatus from;
  AppointmentStatus to;
  unsigned actors;
};

// The status machine (SPEC 4.1): what is not here does not happen.
constexpr Row kTransitions[] = {
    // A customer accepts by picking a proposal; that it was proposed is checked by the caller.
    {AppointmentStatus::kPending, AppointmentStatus::kAccepted, kProvider | kCustomer},
    {AppointmentStatus::kPending, AppointmentStatus::kRejected,
     kProvider | kSystem},  // The system: unanswered.
    {AppointmentStatus::kPending, AppointmentStatus::kCancelled, kProvider | kCustomer},
    {AppointmentStatus::kAccepted, AppointmentStatus::kCompleted,
     kProvider | kSystem},  // The system: unmarked.
    {AppointmentStatus::kAccepted, AppointmentStatus::kMissed, kProvider},
    {AppointmentStatus::kAccepted, AppointmentStatus::kCancelled, kProvider | kCustomer},
    {AppointmentStatus::kCompleted, AppointmentStatus::kMissed, kProvider},
    {AppointmentStatus::kMissed, AppointmentStatus::kCompleted, kProvider},
};

bool IsAllowed(AppointmentStatus from, AppointmentStatus to, Actor actor) {
  for (const Row& row : kTransitions) {
    if (row.from == from && row.to == to) return (row.actors & Bit(actor)) != 0;
  }
  return false;
}

}  // namespace

std::string_view NameOf(AppointmentStatus status) {
  const StatusRow& row = kStatusNames[static_cast<std::size_t>(status)];
  assert(row.status == status);
  return row.name;
}

std::optional<AppointmentStatus> ParseAppointmentStatus(std::string_view name) {
  for (const StatusRow& row : kStatusNames) {
    if (row.name == name) return row.status;
  }
  return std::nullopt;
}

std::string_view NameOf(Actor actor) {
  const ActorRow& row = kActorNames[static_cast<std::size_t>(actor)];
  assert(row.actor == actor);
  return row.name;
}

std::optional<Actor> ParseActor(std::string_view name) {
  for (const ActorRow& row : kActorNames) {
    if (row.name == name) return row.actor;
  }
  return std::nullopt;
}

Instant CancelUntil(const Interval& interval, Minutes cancellation_deadline) {
  return interval.start - cancellation_deadline;
}

std::optional<Instant> FirstMarked(std::span<const StatusChange> history) {
  for (const StatusChange& change : history) {
    if (IsMark(change.to)) return change.when;
  }
  return std::nullopt;
}

absl::Status CheckTransition(const Transition& transition) {
  const Transition& t = transition;
  if (!IsAllowed(t.from, t.to, t.actor)) return Error(Reason::kWrongStatus);
  const bool started = t.now >= t.interval.start;
  const bool customer_cancels =
      t.to == AppointmentStatus::kCancelled && t.actor == Actor::kCustomer;
  if (started && (t.to == AppointmentStatus::kAccepted || customer_cancels)) {
    return Error(Reason::kAlreadyStarted);
  }
  if (customer_cancels && t.from == AppointmentStatus::kAccepted &&
      t.now > CancelUntil(t.interval, t.cancellation_deadline)) {
    return Error(Reason::kTooLateToCancel);
  }
  if (!started && IsMark(t.to)) return Error(Reason::kNotStarted);
  if (IsMark(t.from) && t.last_changed && t.now > *t.last_changed + kCorrectionPeriod) {
    return Error(Reason::kTooLateToCorrect);
  }
  return absl::OkStatus();
}

bool EndsWithAccount(AppointmentStatus status, const Interval& interval, Instant now) {
  return status == AppointmentStatus::kPending ||
         (status == AppointmentStatus::kAccepted && interval.start > now);
}

}  // namespace kalends::core
