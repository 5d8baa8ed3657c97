#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "tools/kalends/data_directory.h"
#include "tools/kalends/doctor/doctor.h"

namespace kalends::cli {
namespace {

constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

// Nothing where it is not there: that is another check's.
void LookAtMode(const std::filesystem::path& path, Findings& findings) {
  struct stat about{};
  if (path.empty() || lstat(path.c_str(), &about) != 0) return;
  if (S_ISLNK(about.st_mode) && stat(path.c_str(), &about) != 0) return;
  if ((about.st_mode & kOthers) == 0) return;
  const bool directory = S_ISDIR(about.st_mode);
  findings.push_back(Broken(fmt::format("others than its owner may use {} (mode {:04o})",
                                        path.string(), about.st_mode & 07777U),
                            fmt::format("chmod {} {}", directory ? 700 : 600, path.string())));
}

// Files of several owners: kalendsd, which runs as one, cannot read all.
void LookAtOwners(const std::filesystem::path& directory, Findings& findings) {
  struct stat about{};
  if (stat(directory.c_str(), &about) != 0) return;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    struct stat file{};
    if (lstat(entry.path().c_str(), &file) != 0 || file.st_uid == about.st_uid) continue;
    findings.push_back(
        Warning(fmt::format("{} belongs to another than its directory", entry.path().string()),
                fmt::format("chown -R {} {}", about.st_uid, directory.string())));
    return;  // One tells it; there may be thousands.
  }
  if (error) {
    findings.push_back(Warning(fmt::format("{} cannot be read by this user", directory.string()),
                               "run kalends doctor as the user that kalendsd runs as"));
  }
}

}  // namespace

Findings CheckPermissions(const Patient& patient) {
  const Arguments& said = patient.context.said();
  const std::filesystem::path directory = said.data_dir;
  Findings findings;
  for (const std::filesystem::path& path :
       {directory, directory / "master.key", directory / "admin.key", DatabaseOf(said),
        std::filesystem::path(said.admin_key_file),
        std::filesystem::path(patient.flags.telegram_token_file),
        std::filesystem::path(patient.flags.tls_key_file),
        std::filesystem::path(said.core_tls.key)}) {
    LookAtMode(path, findings);
  }
  LookAtOwners(directory, findings);
  if (findings.empty()) findings.push_back(Ok("the data and keys are their owner's alone"));
  return findings;
}

}  // namespace kalends::cli
