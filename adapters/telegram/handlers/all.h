// The handlers of all subjects, found by what was pressed or asked. all.cc has a line for each.
#pragma once

#include "adapters/telegram/handlers/handlers.h"

namespace kalends::telegram {

// Of what Decode or a screen made; there is one for every action, and one for every dialogue.
const ActionHandler& HandlerFor(const Action& action);
const TextHandler& HandlerFor(const Dialogue& dialogue);

// What is wrong with the handlers: nothing bound to an action or a dialogue, or twice. Empty:
// nothing. main.cc does not start otherwise.
std::vector<std::string> FaultsOfHandlers();

}  // namespace kalends::telegram
