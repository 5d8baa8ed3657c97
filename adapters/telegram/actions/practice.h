// What a provider works with (SPEC 3), and the change between its side and a customer's.
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowPractice { KALENDS_ACTION("px") };
// The keyboard of a customer, and the provider's own again.
struct BeCustomer { KALENDS_ACTION("pxc") };
struct BeProvider { KALENDS_ACTION("pxp") };
// clang-format on

using PracticeActions = Actions<ShowPractice, BeCustomer, BeProvider>;

}  // namespace kalends::telegram
