// The command `kalends doctor`: looks for what is wrong, and says what to do.
#pragma once

#include "tools/kalends/command.h"
#include "tools/kalends/doctor/finding.h"

namespace kalends::cli {

// What programs on this machine are started with, as their own flags say it; empty: not given.
struct DoctorFlags {
  std::string telegram_token_file;
  std::string telegram_api = "https://api.telegram.org";
  std::string tls_cert_file;
  std::string tls_key_file;
  std::string tls_client_ca_file;
  std::string storage = "sqlite:";
  std::string public_url;
};

// What is looked at.
struct Patient {
  Context& context;
  const DoctorFlags& flags;
};

struct CheckRow {
  const char* name;
  Findings (*look)(const Patient& patient);
};

Work RunDoctor(CLI::App& command, Arguments& said);

// A file each.
Findings CheckClock(const Patient& patient);
Findings CheckConfiguration(const Patient& patient);
Findings CheckCore(const Patient& patient);
Findings CheckDisk(const Patient& patient);
Findings CheckFileLimits(const Patient& patient);
Findings CheckFonts(const Patient& patient);
Findings CheckPermissions(const Patient& patient);
Findings CheckTelegram(const Patient& patient);
Findings CheckTlsFiles(const Patient& patient);
Findings CheckVersions(const Patient& patient);
Findings CheckZoneRules(const Patient& patient);

}  // namespace kalends::cli
