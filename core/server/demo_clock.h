// A clock that is ahead of this machine's, for demonstrations on this machine. How far is in a file
// of the data directory, which the simulated Telegram writes; the adapters read the same file.
#pragma once

#include <filesystem>
#include <memory>

#include "absl/status/statusor.h"
#include "core/base/time.h"

namespace kalends::server {

// The file in the data directory. It belongs to the data from its beginning: times that were stored
// by a clock that was moved mean nothing to any other.
inline constexpr char kDemoClockFile[] = "demo-clock";

// Whether the data in `directory` may be served with a demo clock (`wanted`) or without: both only
// if it has been so from the beginning, `database_exists` being whether that is over; and with one
// only on a loopback address. FAILED_PRECONDITION.
absl::Status CheckDemoClock(const std::filesystem::path& directory, bool wanted,
                            bool database_exists, std::string_view listen);

// Makes the file if it is not there, and returns the clock: this machine's, moved by the seconds
// in the file at each moment. Thread-safe.
absl::StatusOr<core::Clock> OpenDemoClock(const std::filesystem::path& directory, core::Clock real);

}  // namespace kalends::server
