// What leads home, and what does nothing.
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
// A button that does nothing: headings and dates without free times.
struct Noop { KALENDS_ACTION("n") };
struct ShowHome { KALENDS_ACTION("h") };
struct ShowAbout { KALENDS_ACTION("ab") };
struct ShowHelp { KALENDS_ACTION("hp") };
// clang-format on

using HomeActions = Actions<Noop, ShowHome, ShowAbout, ShowHelp>;

}  // namespace kalends::telegram
