// kalends import: brings in what another program kept.
#pragma once

#include "absl/status/statusor.h"
#include "tools/kalends/arguments.h"

namespace kalends::cli {

// The exit code: 0, or 2 where something was refused.
absl::StatusOr<int> ImportData(const Arguments& arguments);

}  // namespace kalends::cli
