// The command `kalends migrate`: what the database has of the migrations this version knows.
#pragma once

#include "tools/kalends/command.h"

namespace kalends::cli {

Work RunMigrate(CLI::App& command, Arguments& said);

}  // namespace kalends::cli
