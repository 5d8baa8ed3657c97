// What `kalends` ends with. Stable: scripts decide by these, and OPERATING.md tells them.
#pragma once

#include <string_view>

#include "absl/status/status.h"

namespace kalends::cli {

enum ExitCode {
  kExitOk = 0,
  kExitFailed = 1,       // What has no other code: a file, a fault of the core.
  kExitUsage = 2,        // The command line, or what the core says of what stood there.
  kExitNotFound = 3,     // There is none of that name.
  kExitForbidden = 4,    // The key is not in force, or may not do this.
  kExitRefused = 5,      // As things stand now: a closed ticket, a limit, a running core.
  kExitUnavailable = 6,  // The core cannot be reached, or did not answer in time.
  kExitWarnings = 8,     // doctor: nothing worse than warnings.
  kExitBroken = 9,       // doctor: something does not work.
};

// The same for people, a line each; for --help.
std::string_view ExitCodesText();

int ExitCodeOf(const absl::Status& status);

}  // namespace kalends::cli
