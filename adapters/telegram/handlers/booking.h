// What other subjects need of requesting.
#pragma once

#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/turn.h"

namespace kalends::telegram {

// What would be requested. `heading`: HTML; may be empty.
absl::Status ShowSummary(Turn& turn, const Draft& draft, Minute start, const std::string& heading);

// What the link of an invitation is to book, once: the service's dates or specialists, or, where it
// is refused, the provider's services. Does nothing where nothing is wanted.
absl::Status ShowWanted(Turn& turn);

}  // namespace kalends::telegram
