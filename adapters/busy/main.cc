// kalends-busy: fetches the calendars of elsewhere whose busy times close calendars of the core.
#include <curl/curl.h>
#include <fmt/format.h>
#include <pthread.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "adapters/busy/worker.h"
#include "adapters/shared/core_tls_flags.h"
#include "adapters/shared/keepalive_flag.h"
#include "adapters/shared/secret_file.h"
#include "kalends_version.h"

namespace kalends::busy {
namespace {

struct Flags {
  std::string core = "127.0.0.1:50051";
  CoreTlsFiles core_tls;
  std::string api_key_file;
  int fetches = 4;
  int timeout_s = 60;
  bool allow_private = false;
  bool allow_http = false;
  std::int64_t keepalive_ms = kKeepaliveDefault.count();
  std::string log_level = "info";
};

void Declare(CLI::App& app, Flags& flags) {
  const auto add = [&](const char* name, auto& value, const char* environment, const char* help) {
    return app.add_option(name, value, help)->envname(environment)->capture_default_str();
  };
  add("--core", flags.core, "KALENDS_CORE", "Address of kalendsd");
  DeclareCoreTls(app, flags.core_tls);
  add("--api-key-file", flags.api_key_file, "KALENDS_API_KEY_FILE",
      "File with an API key of scope `busy`");
  add("--fetches", flags.fetches, "KALENDS_BUSY_FETCHES",
      "How many calendars are fetched at a time")
      ->check(CLI::Range(1, 64));
  add("--timeout-s", flags.timeout_s, "KALENDS_BUSY_TIMEOUT_S",
      "How long one fetch may take, in seconds")
      ->check(CLI::Range(1, 200));
  app.add_flag(
         "--allow-private", flags.allow_private,
         "Also fetch from private networks and this machine, but never from addresses of a link")
      ->envname("KALENDS_BUSY_ALLOW_PRIVATE");
  app.add_flag("--allow-http", flags.allow_http,
               "Also fetch without TLS: whoever is on the way can read, and change, what comes")
      ->envname("KALENDS_BUSY_ALLOW_HTTP");
  DeclareKeepalive(app, flags.keepalive_ms);
  add("--log-level", flags.log_level, "KALENDS_LOG_LEVEL",
      "debug (every fetch, without its address), info, warning or error")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
}

// Ends at once, without taking anything apart; all there is to keep lies in the core.
[[noreturn]] void Exit(int code) {
  spdlog::shutdown();
  std::fflush(nullptr);
  std::_Exit(code);
}

absl::StatusOr<CoreOptions> OptionsOfCore(const Flags& flags) {
  auto credentials = CoreCredentials(flags.core_tls);
  if (!credentials.ok()) return credentials.status();
  const std::string warning = WarningOfPlainCalls(flags.core, flags.core_tls);
  if (!warning.empty()) spdlog::warn("{}", warning);
  const auto end = [] { Exit(kExitKeyRefused); };
  const auto why = [flags] { return WhyNoTls(flags.core, flags.core_tls); };
  return CoreOptions{.keepalive = std::chrono::milliseconds(flags.keepalive_ms),
                     .standing = std::make_shared<CoreStanding>(flags.core, "busy", end, why),
                     .credentials = *std::move(credentials)};
}

absl::StatusOr<std::string> ApiKey(const Flags& flags) {
  if (!flags.api_key_file.empty()) return ReadSecret("--api-key-file", flags.api_key_file);
  return absl::InvalidArgumentError(
      fmt::format("no API key: set --api-key-file or KALENDS_API_KEY_FILE; `{}` makes one",
                  CommandForKey(flags.core, "busy")));
}

// Until SIGTERM or SIGINT, which every thread has blocked.
absl::Status Run(const Flags& flags, const sigset_t& ends) {
  const auto api_key = ApiKey(flags);
  if (!api_key.ok()) return api_key.status();
  auto core_options = OptionsOfCore(flags);
  if (!core_options.ok()) return core_options.status();
  const CoreChannel core(flags.core, *api_key, *std::move(core_options));
  Workers workers(core, {.allow_private = flags.allow_private,
                         .allow_http = flags.allow_http,
                         .timeout = std::chrono::seconds(flags.timeout_s)});
  workers.Start(flags.fetches);
  spdlog::info("fetching calendars, {} at a time", flags.fetches);
  int signal = 0;
  sigwait(&ends, &signal);
  workers.Stop();
  return absl::OkStatus();
}

}  // namespace
}  // namespace kalends::busy

int main(int argc, char** argv) {
  CLI::App app(
      "Fetches the calendars (.ics, CalDAV) whose busy times close calendars of Kalends, and "
      "tells\n"
      "the core those times, without titles. Ends with 78 when the core has never taken its API\n"
      "key: the key is wrong, revoked, expired or not of scope `busy`.",
      "kalends-busy");
  app.set_version_flag("--version", std::string("kalends-busy ") + kalends::Version());
  kalends::busy::Flags flags;
  kalends::busy::Declare(app, flags);
  CLI11_PARSE(app, argc, argv);
  spdlog::set_level(spdlog::level::from_str(flags.log_level));
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    std::cerr << "kalends-busy: libcurl cannot be initialized\n";
    return EXIT_FAILURE;
  }
  const absl::Status status = kalends::busy::Run(flags, ends);
  if (status.ok()) return EXIT_SUCCESS;
  std::cerr << "kalends-busy: " << status.message() << "\n";
  return EXIT_FAILURE;
}
