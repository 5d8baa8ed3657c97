// What whoever runs a process says of its metrics and its log: the same flags of every program.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "core/operate/exposer.h"

namespace kalends::operate {

struct Flags {
  std::string metrics_listen;
  bool metrics_public = false;
  std::string log_format = "console";
};

// `prefix` of the variables of what belongs to one program alone, such as "KALENDS_WEB".
inline void Declare(CLI::App& app, const std::string& prefix, Flags& flags) {
  app.add_option("--metrics-listen", flags.metrics_listen,
                 "Where to serve /metrics to Prometheus, such as 127.0.0.1:9464; port 0 takes a "
                 "free one, which the log tells; empty: nowhere")
      ->envname(prefix + "_METRICS_LISTEN");
  app.add_flag("--metrics-public", flags.metrics_public,
               "Let --metrics-listen be reached from other machines: whoever asks is told how much "
               "is done here, without a key and unencrypted")
      ->envname(prefix + "_METRICS_PUBLIC");
  app.add_option("--log-format", flags.log_format,
                 "console, for people, or json, one object a line")
      ->envname("KALENDS_LOG_FORMAT")
      ->check(CLI::IsMember({"console", "json"}))
      ->capture_default_str();
}

}  // namespace kalends::operate
