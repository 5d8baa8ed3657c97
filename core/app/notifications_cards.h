// Use cases of the messages that show an appointment.
#pragma once

#include <string>
#include <string_view>

#include "core/app/booking.h"
#include "core/app/context.h"

namespace kalends::app {

struct CardInput {
  std::string channel;
  std::string message;
  AppointmentRef ref;
  std::int64_t revision = 0;  // Of the appointment as it is shown, > 0.
};
// From now on the caller's account hears of it when the appointment changes; at once if it has.
// NOT_FOUND: the account may not see the appointment.
absl::Status KeepCard(WriteContext& cx, const CardInput& input);
absl::Status DropCard(WriteContext& cx, std::string_view channel, std::string_view message);

}  // namespace kalends::app
