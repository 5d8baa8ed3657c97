// What fails where nobody waits for the answer is said in the log.
#pragma once

#include <spdlog/spdlog.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace kalends::app {

// Nothing where `status` is OK.
inline void LogFailure(std::string_view what, const absl::Status& status) {
  if (!status.ok()) spdlog::error("{}: {}", what, std::string(status.message()));
}

}  // namespace kalends::app
