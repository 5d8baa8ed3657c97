#include "tools/kalends/verify.h"

#include <fmt/format.h>
#include <sodium.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/status_macros.h"
#include "storage/blobs/files.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/verify.h"
#include "tools/kalends/backup_file.h"
#include "tools/kalends/progress.h"

namespace kalends::cli {
namespace {

namespace fs = std::filesystem;

// Of the file that is named, the environment, or the directory. Null: there are none. Nothing is
// made.
absl::StatusOr<std::shared_ptr<storage::MasterKeys>> FindMasterKeys(const fs::path& directory,
                                                                    const std::string& named) {
  if (!named.empty()) {
    ASSIGN_OR_RETURN(std::string text, storage::ReadPrivateFile(named));
    auto keys = storage::MasterKeys::Parse(text);
    sodium_memzero(text.data(), text.size());
    return keys;
  }
  if (const char* text = std::getenv("KALENDS_MASTER_KEY"); text != nullptr && *text != '\0') {
    return storage::MasterKeys::Parse(text);
  }
  const fs::path file = directory / "master.key";
  std::error_code error;
  if (!fs::exists(file, error)) return nullptr;
  return storage::MasterKeys::Load(file);
}

// In the order in which they were found.
std::vector<std::string> KindsIn(const storage::VerifyReport& report) {
  std::vector<std::string> kinds;
  for (const storage::Finding& finding : report.findings) {
    if (std::find(kinds.begin(), kinds.end(), finding.kind) == kinds.end()) {
      kinds.push_back(finding.kind);
    }
  }
  return kinds;
}

void PrintReport(const storage::VerifyReport& report) {
  for (const storage::Finding& finding : report.findings) {
    fmt::print("{:<12} {}{}{}\n", finding.kind, finding.place, finding.place.empty() ? "" : ": ",
               finding.what);
  }
  for (const std::string& column : report.unsealed) {
    fmt::print("{:<12} {}: a version before wrote it; start kalendsd once, which seals it\n",
               "not sealed", column);
  }
  for (const std::string& kind : KindsIn(report)) {
    fmt::print("What to do about {}: {}\n", kind, storage::AdviceFor(kind));
  }
  const auto listed = static_cast<std::int64_t>(report.findings.size());
  if (report.found > listed) fmt::print("... and {} more\n", report.found - listed);
  fmt::print("{} ({} sealed values and {} files read)\n",
             report.found == 0 ? "Nothing is damaged." : fmt::format("{} found.", report.found),
             report.sealed_values, report.files);
}

void PrintJson(const storage::VerifyReport& report) {
  nlohmann::json findings = nlohmann::json::array();
  for (const storage::Finding& finding : report.findings) {
    findings.push_back({{"kind", finding.kind}, {"place", finding.place}, {"what", finding.what}});
  }
  nlohmann::json advice = nlohmann::json::object();
  for (const std::string& kind : KindsIn(report)) advice[kind] = storage::AdviceFor(kind);
  const nlohmann::json object = {
      {"found", report.found},       {"sealed_values", report.sealed_values},
      {"files", report.files},       {"unsealed", report.unsealed},
      {"advice", std::move(advice)}, {"findings", std::move(findings)}};
  // What SQLite says of torn pages may hold any bytes.
  fmt::print("{}\n", object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

absl::StatusOr<storage::VerifyReport> LookAtData(const Arguments& arguments) {
  const fs::path directory = arguments.data_dir;
  storage::VerifyOptions options;
  options.database =
      arguments.database.empty() ? (directory / "kalends.db").string() : arguments.database;
  options.blobs = directory / "blobs";
  ASSIGN_OR_RETURN(options.keys, FindMasterKeys(directory, arguments.master_key_file));
  options.progress = ShowProgress;
  return storage::Verify(options);
}

absl::StatusOr<storage::VerifyReport> LookAtBackup(const Arguments& arguments) {
  const fs::path directory = arguments.backups;
  ASSIGN_OR_RETURN(const storage::Backup backup,
                   storage::FindBackup(directory, arguments.backup_name));
  ASSIGN_OR_RETURN(auto keys, FindMasterKeys(directory / backup.name, arguments.master_key_file));
  return storage::VerifyBackup(directory, backup, std::move(keys), ShowProgress);
}

}  // namespace

absl::StatusOr<int> VerifyData(const Arguments& arguments) {
  if (sodium_init() < 0) return absl::InternalError("libsodium cannot be initialized");
  if (!arguments.backup_file.empty()) {
    const char* const temporary = std::getenv("TMPDIR");
    return WithUnpacked(arguments,
                        temporary != nullptr && *temporary != '\0' ? temporary : "/var/tmp",
                        [](const Arguments& unpacked, const storage::Backup&) {
                          Arguments inside = unpacked;
                          inside.backup_file.clear();
                          return VerifyData(inside);
                        });
  }
  spdlog::set_level(spdlog::level::off);  // What cannot be opened is in the report.
  const auto report = arguments.backups.empty() ? LookAtData(arguments) : LookAtBackup(arguments);
  EndProgress();
  RETURN_IF_ERROR(report.status());
  if (arguments.json) {
    PrintJson(*report);
  } else {
    PrintReport(*report);
  }
  return report->found == 0 ? kExitSound : kExitDamaged;
}

}  // namespace kalends::cli
