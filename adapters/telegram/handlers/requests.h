// What other subjects need of a provider's requests.
#pragma once

#include "adapters/telegram/actions/requests.h"
#include "adapters/telegram/turn.h"

namespace kalends::telegram {

// One was answered on the screen, and what came of it stays to be read: the next one that waits for
// the provider comes below it, where there is one.
void GoOnWithRequests(Turn& turn);

}  // namespace kalends::telegram
