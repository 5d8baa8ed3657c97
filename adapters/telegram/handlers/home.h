// What other subjects need of home.
#pragma once

#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/turn.h"

namespace kalends::telegram {

absl::Status Handle(Turn& turn, const ShowHome& action);
// `/start`, with the payload of a deep link or without (SPEC 2.1).
absl::Status OnStart(Turn& turn, const std::string& payload);
// A text that nothing asked for.
absl::Status Handle(Turn& turn, const TypesNothing& dialogue, const std::string& text);

}  // namespace kalends::telegram
