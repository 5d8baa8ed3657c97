#include <fmt/format.h>
#include <sys/statvfs.h>

#include "tools/kalends/doctor/doctor.h"
#include "tools/kalends/doctor/thresholds.h"

namespace kalends::cli {

Findings CheckDisk(const Patient& patient) {
  const std::string& where = patient.context.said().data_dir;
  struct statvfs disk{};
  if (statvfs(where.c_str(), &disk) != 0) {
    return {Warning(fmt::format("{} cannot be looked at", where), "say --data-dir DIRECTORY")};
  }
  return FindingsOfDisk({.free_bytes = disk.f_bavail * disk.f_frsize,
                         .free_files = disk.f_favail,
                         .all_files = disk.f_files},
                        where);
}

}  // namespace kalends::cli
