// Who is told of what happens: to an appointment, in a chat, to a support ticket (SPEC 2.3, 4.8).
#pragma once

#include <vector>

#include "core/booking/agreed_time.h"
#include "core/booking/appointment.h"
#include "core/links/link.h"
#include "core/notifications/notification.h"
#include "core/support/ticket.h"

namespace kalends::core {

// The sides of an appointment that are told.
struct Audience {
  bool customer = false;
  bool provider = false;
  bool colleagues = false;  // Of the organization and the specialist, whoever did not do it.

  friend bool operator==(const Audience&, const Audience&) = default;
};

// Of a change to the status `to`: the other side of who made it, and both of what a tool does. Of
// what the system does the customer, and the provider where an appointment is lost. Of what the
// organization or the specialist cancels, the other of the two, too: the time is free again.
Audience AudienceOf(Actor actor, AppointmentStatus to);

// Who "the provider" of an appointment is: for an organization, it and the specialist concerned.
std::vector<ProviderId> ProvidersOf(const Appointment& appointment);

// As what a change to the status `to` is told. There is none to kPending.
NotificationKind KindOf(AppointmentStatus to);

// What new zone rules did: both sides are told, as this.
NotificationKind KindOf(Outcome outcome);

// Of a message in a chat: the other side, which is told that `sender` acted.
struct ChatAudience {
  Side recipient;
  Actor actor;
};
ChatAudience AudienceOf(Side sender);

// Of what happens to a ticket: all desks of the team hear of the customer, the customer of the
// team.
struct TicketAudience {
  bool customer = false;
  bool desks = false;
  Actor actor = Actor::kSystem;  // As whose doing it is told.

  friend bool operator==(const TicketAudience&, const TicketAudience&) = default;
};
TicketAudience AudienceOf(TicketAuthor by);

}  // namespace kalends::core
