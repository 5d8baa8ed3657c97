// Who is told of what happens to an appointment (SPEC 2.3, 4.8).
#pragma once

#include "core/booking/appointment.h"
#include "core/notifications/notification.h"

namespace kalends::core {

// The sides of an appointment that are told. For an organization, "the provider" is the
// organization and the specialist concerned.
struct Audience {
  bool customer = false;
  bool provider = false;

  friend bool operator==(const Audience&, const Audience&) = default;
};

// Of a change to the status `to`: the other side of who made it. Of what the system does the
// customer, and the provider where an appointment is lost.
Audience AudienceOf(Actor actor, AppointmentStatus to);

// As what a change to the status `to` is told. There is none to kPending.
NotificationKind KindOf(AppointmentStatus to);

}  // namespace kalends::core
