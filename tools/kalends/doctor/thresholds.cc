#include "tools/kalends/doctor/thresholds.h"

#include <fmt/format.h>

namespace kalends::cli {
namespace {

Finding FindingOfBytes(std::uint64_t free_bytes, const std::string& where) {
  constexpr double kMebibyte = 1 << 20;
  const std::string what = fmt::format("{:.0f} MiB are free on the disk of {}",
                                       static_cast<double>(free_bytes) / kMebibyte, where);
  const std::string advice =
      "make room or enlarge the disk: where none is left, nothing that people do can be kept";
  if (free_bytes < kFreeBytesBroken) return Broken(what, advice);
  return free_bytes < kFreeBytesWarning ? Warning(what, advice) : Ok(what);
}

Finding FindingOfFiles(std::uint64_t free_files, const std::string& where) {
  const std::string what = fmt::format("{} more files fit on the disk of {}", free_files, where);
  const std::string advice =
      "remove files that nobody needs, or make the file system anew with more inodes";
  if (free_files < kFreeFilesBroken) return Broken(what, advice);
  return free_files < kFreeFilesWarning ? Warning(what, advice) : Ok(what);
}

}  // namespace

Findings FindingsOfDisk(const DiskRoom& room, const std::string& where) {
  Findings findings = {FindingOfBytes(room.free_bytes, where)};
  if (room.all_files > 0) findings.push_back(FindingOfFiles(room.free_files, where));
  return findings;
}

Finding FindingOfEnd(std::chrono::seconds left, const std::string& which) {
  const auto days = std::chrono::duration_cast<std::chrono::days>(left).count();
  const std::string advice = "renew it, and see why that did not happen by itself";
  if (left.count() <= 0) return Broken(which + " has ended", advice);
  const std::string what = fmt::format("{} ends in {} days", which, days);
  return left < kCertificateDaysWarning ? Warning(what, advice) : Ok(what);
}

Finding FindingOfOpenFiles(std::uint64_t most) {
  const std::string what = fmt::format("a program may have {} files open here", most);
  const std::string advice =
      "raise ulimit -Hn, or LimitNOFILE in the unit that starts kalendsd: each connection is an "
      "open file";
  if (most < kOpenFilesBroken) return Broken(what, advice);
  return most < kOpenFilesWarning ? Warning(what, advice) : Ok(what);
}

}  // namespace kalends::cli
