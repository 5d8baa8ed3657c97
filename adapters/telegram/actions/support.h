// Questions to the support team (SPEC 2.13).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowSupport { KALENDS_ACTION("su") };
// clang-format on

using SupportActions = Actions<ShowSupport>;

}  // namespace kalends::telegram
