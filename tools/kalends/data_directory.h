// The data directory of a core on this machine, as flags name it.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>

#include "absl/status/statusor.h"
#include "storage/blobs/files.h"
#include "tools/kalends/arguments.h"

namespace kalends::cli {

// --data-dir and --database.
void AddDataDirectory(CLI::App& command, Arguments& said);

std::filesystem::path DatabaseOf(const Arguments& said);

// Keeps cores off, as a core does by the same lock, until what it returns goes. Let it go only
// after the database is closed. FAILED_PRECONDITION: a core works on it.
absl::StatusOr<storage::File> LockAgainstCores(const std::filesystem::path& file);

}  // namespace kalends::cli
