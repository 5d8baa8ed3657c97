// What other subjects need of requesting.
#pragma once

#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/turn.h"

namespace kalends::telegram {

// The main menu with `above` (HTML, may be empty), and below it what `provider` offers, of one
// service its free times: who follows an invitation wants to book. Where its link named a service
// (Session::wanted), that one, once; where nothing is offered yet, that. Nothing below without a
// provider.
absl::Status Arrive(Turn& turn, const ProviderId& provider, const std::string& above);

// What would be requested. `heading`: HTML; may be empty.
absl::Status ShowSummary(Turn& turn, const Draft& draft, Minute start, const std::string& heading);

}  // namespace kalends::telegram
