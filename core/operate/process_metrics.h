// What the system says of this process: memory, processor time, files, start; and which version it
// is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/operate/metrics.h"

namespace kalends::operate {

// Shows process_* and kalends_build_info while it lives. `program` such as "kalendsd", `version` as
// the program's --version says.
class ProcessMetrics {
 public:
  ProcessMetrics(const std::string& program, const std::string& version);

 private:
  SampledOnes sampled_;
  Family<Level> build_;
};

// Bytes of a file; NaN: there is none.
double SizeOf(const std::filesystem::path& file);
// Bytes that we could still write where `path` is; NaN: unknown.
double FreeBytes(const std::filesystem::path& path);

}  // namespace kalends::operate
