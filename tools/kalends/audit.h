// The command `kalends audit`.
#pragma once

#include "absl/status/status.h"
#include "tools/kalends/arguments.h"
#include "tools/kalends/connection.h"

namespace kalends::cli {

// Prints what operators and tools changed, the oldest first, a line each, or with `--json` an
// object a line.
absl::Status PrintAudit(const Arguments& arguments, const Connection& core);

}  // namespace kalends::cli
