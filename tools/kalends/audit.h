// The command `kalends audit`: what operators and tools changed, and what private things they read.
#pragma once

#include "tools/kalends/command.h"

namespace kalends::cli {

Work PrintAudit(CLI::App& command, Arguments& said);

}  // namespace kalends::cli
