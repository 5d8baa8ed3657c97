// kalends export: a provider's data in files that others, and kalends import, read.
#pragma once

#include "tools/kalends/command.h"

namespace kalends::cli {

Work ExportProviders(CLI::App& command, Arguments& said);

}  // namespace kalends::cli
