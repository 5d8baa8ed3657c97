// Where everything begins, and what the bot is.
#pragma once

#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/screens/common.h"

namespace kalends::telegram {

Screen HomeScreen(const Reader& reader);
Screen AboutScreen(const Reader& reader, const std::string& public_url);

}  // namespace kalends::telegram
