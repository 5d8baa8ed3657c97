// What other subjects need of accounts.
#pragma once

#include "adapters/telegram/actions/accounts.h"
#include "adapters/telegram/turn.h"

namespace kalends::telegram {

// The offsets, at the page of `zone`'s.
absl::Status ShowOffsetsNear(Turn& turn, Origin origin, std::string_view zone);

}  // namespace kalends::telegram
