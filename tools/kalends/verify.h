// The command `kalends verify`: what of a data directory is damaged.
#pragma once

#include "absl/status/statusor.h"
#include "tools/kalends/arguments.h"

namespace kalends::cli {

// Exit codes of `kalends verify`; what other commands call a failure is 1 here, too.
inline constexpr int kExitSound = 0;
inline constexpr int kExitNotVerified = 1;  // It could not be looked at.
inline constexpr int kExitDamaged = 2;

// Prints what it finds, as lines or with `--json` as an object, and what it does on standard error.
// Returns the exit code.
absl::StatusOr<int> VerifyData(const Arguments& arguments);

}  // namespace kalends::cli
