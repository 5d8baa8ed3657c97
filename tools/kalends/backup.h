// The commands `kalends backup` and `kalends restore`: copies of all that a core keeps, and the way
// back.
#pragma once

#include "absl/status/statusor.h"
#include "tools/kalends/arguments.h"

namespace kalends::cli {

// Both return an exit code: 0, or kExitDamaged where files were lost and left out.
absl::StatusOr<int> BackUpData(const Arguments& arguments);
absl::StatusOr<int> RestoreData(const Arguments& arguments);

}  // namespace kalends::cli
