// Where everything begins, and what the bot is.
#pragma once

#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/screens/common.h"

namespace kalends::telegram {

// `next`: the reader's next appointment; nullptr: there is none.
Screen HomeScreen(const Reader& reader, const v1::Appointment* next, Side side);
// The same in a line, for the message with the main menu; empty: there is none. HTML.
std::string NextLine(const Reader& reader, const v1::Appointment* next, Side side);
Screen AboutScreen(const Reader& reader, const std::string& public_url);

}  // namespace kalends::telegram
