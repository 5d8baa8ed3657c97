// The commands `kalends key ...`: API keys are made, listed and revoked.
#pragma once

#include "tools/kalends/command.h"

namespace kalends::cli {

// Prints the new key's name, and its secret unless `--out` names a file for it, which must not
// exist yet and gets mode 0600.
Work CreateKey(CLI::App& command, Arguments& said);
Work ListKeys(CLI::App& command, Arguments& said);
Work RevokeKey(CLI::App& command, Arguments& said);

}  // namespace kalends::cli
