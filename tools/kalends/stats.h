// The command `kalends stats`: the counters of the running core.
#pragma once

#include "tools/kalends/command.h"

namespace kalends::cli {

Work PrintStats(CLI::App& command, Arguments& said);

}  // namespace kalends::cli
