// The command `kalends stats`.
#pragma once

#include "absl/status/status.h"
#include "tools/kalends/arguments.h"
#include "tools/kalends/connection.h"

namespace kalends::cli {

// Prints the counters of the running core, one a line.
absl::Status PrintStats(const Arguments& arguments, const Connection& core);

}  // namespace kalends::cli
