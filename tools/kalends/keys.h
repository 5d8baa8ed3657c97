// The commands `kalends key ...`: API keys are made, listed and revoked.
#pragma once

#include "absl/status/status.h"
#include "tools/kalends/arguments.h"
#include "tools/kalends/connection.h"

namespace kalends::cli {

// Prints the new key's name, and its secret unless `--out` names a file for it, which must not
// exist yet and gets mode 0600.
absl::Status CreateKey(const Arguments& arguments, const Connection& core);
absl::Status ListKeys(const Arguments& arguments, const Connection& core);
absl::Status RevokeKey(const Arguments& arguments, const Connection& core);

}  // namespace kalends::cli
