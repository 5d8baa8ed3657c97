// The files that kalends import was given.
#pragma once

#include "absl/status/statusor.h"
#include "tools/kalends/arguments.h"
#include "tools/kalends/imports/record.h"

namespace kalends::cli {

// All that is in them. An error is one of a whole file, or of the command line: a sentence.
absl::StatusOr<Records> ReadSources(const ImportArguments& import);

}  // namespace kalends::cli
