// What other subjects need of requesting.
#pragma once

#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/turn.h"

namespace kalends::telegram {

// What would be requested. `heading`: HTML; may be empty.
absl::Status ShowSummary(Turn& turn, const Draft& draft, Minute start, const std::string& heading);

}  // namespace kalends::telegram
