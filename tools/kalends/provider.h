// The commands `kalends provider ...`.
#pragma once

#include "tools/kalends/command.h"

namespace kalends::cli {

Work ShowProvider(CLI::App& command, Arguments& said);
Work ListProviders(CLI::App& command, Arguments& said);

}  // namespace kalends::cli
