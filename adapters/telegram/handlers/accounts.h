// What other subjects need of accounts.
#pragma once

#include "adapters/telegram/actions/accounts.h"
#include "adapters/telegram/turn.h"

namespace kalends::telegram {

// Asks for the time zone. `provider`: whose zone is offered first; may be empty.
absl::Status AskZone(Turn& turn, Origin origin, const ProviderId& provider);

}  // namespace kalends::telegram
