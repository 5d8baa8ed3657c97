// From an update to its handler.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adapters/telegram/context.h"
#include "adapters/telegram/receipt.h"
#include "adapters/telegram/screens/menu.h"
#include "adapters/telegram/update.h"

namespace kalends::telegram {

// Handles one update, on its chat's strand.
void Route(const Context& context, const Update& update, const Receipt& receipt);

// The commands beside such a keyboard and what they do, for setMyCommands.
std::vector<std::pair<std::string, std::string>> CommandsOf(const Texts& texts, MenuOf of);

}  // namespace kalends::telegram
