// The commands `kalends ticket ...`: what support does that has no chat to do it in.
#pragma once

#include "tools/kalends/command.h"

namespace kalends::cli {

Work ListTickets(CLI::App& command, Arguments& said);
Work ShowTicket(CLI::App& command, Arguments& said);
Work AnswerTicket(CLI::App& command, Arguments& said);
Work CloseTicket(CLI::App& command, Arguments& said);

}  // namespace kalends::cli
