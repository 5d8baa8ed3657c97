#include <fmt/format.h>
#include <sys/resource.h>

#include "tools/kalends/doctor/doctor.h"
#include "tools/kalends/doctor/thresholds.h"

namespace kalends::cli {

// Of this session: a service manager may set others.
Findings CheckFileLimits(const Patient&) {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) {
    return {Warning("the limit of open files cannot be read", "see ulimit -Hn")};
  }
  if (files.rlim_max == RLIM_INFINITY) return {Ok("a program may have any number of files open")};
  return {FindingOfOpenFiles(files.rlim_max)};
}

}  // namespace kalends::cli
