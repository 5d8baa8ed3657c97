#include "tools/kalends/doctor/doctor.h"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "tools/kalends/data_directory.h"
#include "tools/kalends/table.h"

namespace kalends::cli {
namespace {

constexpr CheckRow kChecks[] = {
    {"versions", CheckVersions},
    {"configuration", CheckConfiguration},
    {"permissions", CheckPermissions},
    {"disk", CheckDisk},
    {"files", CheckFileLimits},
    {"clock", CheckClock},
    {"zones", CheckZoneRules},
    {"fonts", CheckFonts},
    {"tls", CheckTlsFiles},
    {"core", CheckCore},
    {"telegram", CheckTelegram},
};

void DeclareDoctor(CLI::App& command, DoctorFlags& flags) {
  const auto add = [&](const char* name, std::string& value, const char* environment,
                       const char* help) {
    command.add_option(name, value, help)->envname(environment);
  };
  add("--storage", flags.storage, "KALENDS_STORAGE", "As kalendsd has it");
  add("--public-url", flags.public_url, "KALENDS_PUBLIC_URL", "As the adapters have it");
  add("--tls-cert-file", flags.tls_cert_file, "KALENDS_TLS_CERT_FILE", "As kalendsd has it");
  add("--tls-key-file", flags.tls_key_file, "KALENDS_TLS_KEY_FILE", "As kalendsd has it");
  add("--tls-client-ca-file", flags.tls_client_ca_file, "KALENDS_TLS_CLIENT_CA_FILE",
      "As kalendsd has it");
  add("--telegram-token-file", flags.telegram_token_file, "TELEGRAM_TOKEN_FILE",
      "As kalends-telegram has it; with it, or the token in TELEGRAM_BOT_TOKEN, Telegram is asked");
  add("--telegram-api", flags.telegram_api, "TELEGRAM_API", "Where Telegram is asked");
}

void PrintFinding(const CheckRow& row, const Finding& finding, bool json) {
  if (json) {
    const nlohmann::ordered_json line = {{"check", row.name},
                                         {"severity", NameOf(finding.severity)},
                                         {"what", OneLine(finding.what)},
                                         {"advice", OneLine(finding.advice)}};
    fmt::print("{}\n", line.dump());
  } else {
    fmt::print("{:<8} {:<14} {}\n", NameOf(finding.severity), row.name, OneLine(finding.what));
    if (!finding.advice.empty()) fmt::print("{:<23} -> {}\n", "", OneLine(finding.advice));
  }
  std::fflush(stdout);  // Some checks take seconds.
}

}  // namespace

Work RunDoctor(CLI::App& command, Arguments& said) {
  AddDataDirectory(command, said);
  auto flags = std::make_shared<DoctorFlags>();
  DeclareDoctor(command, *flags);
  return [flags](Context& context) -> absl::StatusOr<int> {
    const Patient patient{context, *flags};
    Findings all;
    for (const CheckRow& row : kChecks) {
      for (const Finding& finding : row.look(patient)) {
        PrintFinding(row, finding, context.said().json);
        all.push_back(finding);
      }
    }
    return ExitCodeFor(all);
  };
}

}  // namespace kalends::cli
