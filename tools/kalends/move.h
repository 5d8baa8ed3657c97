// kalends move, as the command line declares it.
#pragma once

#include "tools/kalends/command.h"

namespace kalends::cli {

Work MoveDatabase(CLI::App& command, Arguments& said);

}  // namespace kalends::cli
