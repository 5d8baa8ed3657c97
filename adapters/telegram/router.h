// From an update to its handler.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "adapters/telegram/context.h"
#include "adapters/telegram/update.h"

namespace kalends::telegram {

// Handles one update, on its chat's strand. `batch` is held until its answers have been sent.
void Route(const Context& context, const Update& update, std::shared_ptr<void> batch);

// The bot's commands and the keys of their descriptions, for setMyCommands.
std::vector<std::pair<std::string, std::string>> CommandsOf(const Texts& texts);

}  // namespace kalends::telegram
