// kalends verify, backup and restore, as the command line declares them.
#pragma once

#include "tools/kalends/command.h"

namespace kalends::cli {

Work Verify(CLI::App& command, Arguments& said);
Work BackUp(CLI::App& command, Arguments& said);
Work Restore(CLI::App& command, Arguments& said);

}  // namespace kalends::cli
