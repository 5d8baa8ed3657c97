#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

#include "adapters/shared/secret_file.h"
#include "tools/kalends/data_directory.h"
#include "tools/kalends/doctor/doctor.h"

namespace kalends::cli {
namespace {

void LookAtData(const Patient& patient, Findings& findings) {
  const Arguments& said = patient.context.said();
  std::error_code error;
  if (!std::filesystem::is_directory(said.data_dir, error)) {
    findings.push_back(Warning(fmt::format("there is no data directory {}", said.data_dir),
                               "say --data-dir DIRECTORY, or KALENDS_DATA_DIR; kalendsd makes it "
                               "at its first start"));
  } else if (!std::filesystem::is_regular_file(DatabaseOf(said), error)) {
    findings.push_back(
        Warning(fmt::format("there is no database {}", DatabaseOf(said).string()),
                "kalendsd makes it at its first start; one that was lost is restored: "
                "kalends restore"));
  } else {
    findings.push_back(Ok(fmt::format("the database is {}", DatabaseOf(said).string())));
  }
}

void LookAtUrl(const std::string& url, Findings& findings) {
  if (url.empty() || url.starts_with("https://")) return;
  findings.push_back(Warning(fmt::format("--public-url {} is not https", url),
                             "put a proxy with TLS before kalends-web: its links carry secrets"));
}

void LookAtKey(const std::string& file, Findings& findings) {
  if (file.empty()) {
    findings.push_back(Warning("no API key is named",
                               "say --admin-key-file FILE, or KALENDS_API_KEY_FILE: without it "
                               "the core cannot be asked"));
    return;
  }
  const auto key = ReadSecret("--admin-key-file", file);
  if (!key.ok()) {
    findings.push_back(Broken(std::string(key.status().message()), "name a file with an API key"));
  }
}

}  // namespace

Findings CheckConfiguration(const Patient& patient) {
  Findings findings;
  LookAtData(patient, findings);
  if (!patient.flags.storage.starts_with("sqlite:")) {
    findings.push_back(
        Broken("--storage is not sqlite: or sqlite:PATH", "this version has no other"));
  }
  LookAtUrl(patient.flags.public_url, findings);
  LookAtKey(patient.context.said().admin_key_file, findings);
  const char* const token = std::getenv("TELEGRAM_BOT_TOKEN");
  if (token != nullptr && *token != '\0' && !patient.flags.telegram_token_file.empty()) {
    findings.push_back(Warning("both TELEGRAM_BOT_TOKEN and a token file are given",
                               "keep one: which of them counts is easily mistaken"));
  }
  if (const auto zone = patient.context.Zone(); !zone.ok()) {
    findings.push_back(Broken(std::string(zone.status().message()), "see kalends --help"));
  }
  return findings;
}

}  // namespace kalends::cli
