// kalends import: brings in what another program kept.
#pragma once

#include "tools/kalends/command.h"

namespace kalends::cli {

Work ImportFiles(CLI::App& command, Arguments& said);

}  // namespace kalends::cli
