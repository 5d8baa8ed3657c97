// The flags of every program that calls the core, for TLS on the way there.
#pragma once

#include <CLI/CLI.hpp>

#include "adapters/shared/core_tls.h"

namespace kalends {

inline void DeclareCoreTls(CLI::App& app, CoreTlsFiles& files) {
  const CLI::Validator named(
      // An empty variable of a script must not turn TLS off.
      [](const std::string& path) { return std::string(path.empty() ? "names no file" : ""); },
      "FILE");
  const auto add = [&](const char* name, std::string& value, const char* environment,
                       const char* help) {
    app.add_option(name, value, help)->envname(environment)->check(named);
  };
  add("--core-tls-ca-file", files.ca, "KALENDS_CORE_TLS_CA_FILE",
      "PEM certificates of the CAs that sign the core's certificate; with it calls to the core go "
      "by "
      "TLS (/etc/ssl/certs/ca-certificates.crt: those this machine trusts)");
  add("--core-tls-cert-file", files.certificate, "KALENDS_CORE_TLS_CERT_FILE",
      "PEM certificate chain to show to a core that asks for one (mTLS)");
  add("--core-tls-key-file", files.key, "KALENDS_CORE_TLS_KEY_FILE",
      "PEM private key of that certificate");
}

}  // namespace kalends
