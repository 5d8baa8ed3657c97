#include "core/notifications/audience.h"

#include <cassert>

namespace kalends::core {

Audience AudienceOf(Actor actor, AppointmentStatus to) {
  if (actor == Actor::kCustomer) return {.provider = true};
  if (actor == Actor::kProvider) {
    return {.customer = true, .colleagues = to == AppointmentStatus::kCancelled};
  }
  if (actor == Actor::kTool) return {.customer = true, .provider = true};
  const bool lost = to == AppointmentStatus::kRejected || to == AppointmentStatus::kCancelled;
  return {.customer = true, .provider = lost};
}

std::vector<ProviderId> ProvidersOf(const Appointment& appointment) {
  if (appointment.specialist == appointment.provider) return {appointment.provider};
  return {appointment.provider, appointment.specialist};
}

NotificationKind KindOf(AppointmentStatus to) {
  assert(to != AppointmentStatus::kPending);
  switch (to) {
    case AppointmentStatus::kAccepted:
      return NotificationKind::kAccepted;
    case AppointmentStatus::kRejected:
      return NotificationKind::kRejected;
    case AppointmentStatus::kCompleted:
      return NotificationKind::kCompleted;
    case AppointmentStatus::kMissed:
      return NotificationKind::kMissed;
    case AppointmentStatus::kCancelled:
    case AppointmentStatus::kPending:
      break;
  }
  return NotificationKind::kCancelled;
}

NotificationKind KindOf(Outcome outcome) {
  return IsKept(outcome) ? NotificationKind::kAgreedTimeKept : NotificationKind::kAgreedTimeLost;
}

ChatAudience AudienceOf(Side sender) {
  return {OtherOf(sender), sender == Side::kCustomer ? Actor::kCustomer : Actor::kProvider};
}

TicketAudience AudienceOf(TicketAuthor by) {
  if (by == TicketAuthor::kCustomer) return {.desks = true, .actor = Actor::kCustomer};
  return {.customer = true, .actor = Actor::kSystem};
}

}  // namespace kalends::core
