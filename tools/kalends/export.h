// kalends export: a provider's data in files that others, and kalends import, read.
#pragma once

#include "absl/status/statusor.h"
#include "tools/kalends/arguments.h"

namespace kalends::cli {

// The exit code: 0.
absl::StatusOr<int> ExportData(const Arguments& arguments);

}  // namespace kalends::cli
