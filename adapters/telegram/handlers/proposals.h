// What other subjects need of proposals.
#pragma once

#include "adapters/telegram/actions/proposals.h"
#include "adapters/telegram/turn.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {

// The proposed `start`, to be taken. `heading`: HTML; may be empty.
absl::Status ShowProposedTime(Turn& turn, const v1::Appointment& appointment, Minute start,
                              const std::string& heading);

}  // namespace kalends::telegram
