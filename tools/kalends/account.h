// The commands `kalends account ...`.
#pragma once

#include "tools/kalends/command.h"

namespace kalends::cli {

Work ShowAccount(CLI::App& command, Arguments& said);
Work ListAccounts(CLI::App& command, Arguments& said);

}  // namespace kalends::cli
