// What people change after they sent it (SPEC 2.10 and 2.13).
#pragma once

#include <string>

#include "adapters/telegram/turn.h"

namespace kalends::telegram {

// Changes what `typed` was passed on as, in a chat or to support, to `text`. NOT_FOUND: it was not
// passed on, or not as one message.
absl::Status EditSent(Turn& turn, const std::string& text, const Typed& typed);

}  // namespace kalends::telegram
