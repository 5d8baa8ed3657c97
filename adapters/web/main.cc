// kalends-web: serves public profile pages and downloads out of the core. Keeps nothing of its own.
#include <fmt/format.h>
#include <sodium.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "adapters/shared/core_tls_flags.h"
#include "adapters/shared/keepalive_flag.h"
#include "adapters/shared/locale_directory.h"
#include "adapters/shared/secret_file.h"
#include "adapters/web/server.h"
#include "core/operate/flags.h"
#include "core/operate/log.h"
#include "core/operate/process_metrics.h"
#include "kalends_version.h"

namespace kalends::web {
namespace {

struct Flags {
  std::string listen = "127.0.0.1:8080";
  std::string core = "127.0.0.1:50051";
  CoreTlsFiles core_tls;
  std::string api_key_file;
  std::string public_url;
  std::string bot_url;
  int connections = kConnectionsDefault;
  int visitor_requests = kVisitorRequestsDefault;
  std::string trusted_proxies = "127.0.0.1,::1";
  std::string port_file;
  std::string locale_dir = DefaultLocaleDirectory();
  std::int64_t keepalive_ms = kKeepaliveDefault.count();
  std::string log_level = "info";
  operate::Flags operate;
};

void Declare(CLI::App& app, Flags& flags) {
  const auto add = [&](const char* name, auto& value, const char* environment, const char* help) {
    return app.add_option(name, value, help)->envname(environment)->capture_default_str();
  };
  add("--listen", flags.listen, "KALENDS_WEB_LISTEN",
      "Address and port for HTTP; port 0 takes a free one. TLS is a reverse proxy's");
  add("--core", flags.core, "KALENDS_CORE", "Address of kalendsd");
  DeclareCoreTls(app, flags.core_tls);
  add("--api-key-file", flags.api_key_file, "KALENDS_API_KEY_FILE",
      "File with an API key of scope `web`");
  add("--public-url", flags.public_url, "KALENDS_PUBLIC_URL",
      "Where the pages are reached from outside, such as https://kalends.example");
  add("--bot-url", flags.bot_url, "KALENDS_BOT_URL",
      "Where invitations open, such as https://t.me/my_bot; empty: pages show none");
  add("--connections", flags.connections, "KALENDS_WEB_CONNECTIONS",
      "How many connections are served at a time")
      ->check(CLI::Range(1, 1 << 20));
  add("--visitor-requests", flags.visitor_requests, "KALENDS_WEB_VISITOR_REQUESTS",
      "How many requests of one address (of IPv6: of one /64) are answered at a time")
      ->check(CLI::Range(1, 1 << 20));
  add("--trusted-proxies", flags.trusted_proxies, "KALENDS_WEB_TRUSTED_PROXIES",
      "Addresses and networks of reverse proxies, whose X-Forwarded-For tells who asks");
  add("--port-file", flags.port_file, "KALENDS_WEB_PORT_FILE",
      "File to write the port to once it serves");
  add("--locale-dir", flags.locale_dir, "KALENDS_WEB_LOCALE_DIR", "Folder of the message catalogs");
  DeclareKeepalive(app, flags.keepalive_ms);
  add("--log-level", flags.log_level, "KALENDS_LOG_LEVEL",
      "debug (every request, without its path), info, warning or error")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
  operate::Declare(app, "KALENDS_WEB", flags.operate);
}

// A base address without the slash at its end; INVALID_ARGUMENT.
absl::StatusOr<std::string> BaseUrl(const char* flag, std::string url) {
  while (url.ends_with('/')) url.pop_back();
  const bool http = url.starts_with("https://") || url.starts_with("http://");
  if (url.empty() || (http && url.find_first_of(" \"'<>?#") == std::string::npos)) return url;
  return absl::InvalidArgumentError(fmt::format("{} must be an http or https address", flag));
}

absl::StatusOr<ServerOptions> OptionsFromFlags(const Flags& flags) {
  ServerOptions options;
  const std::size_t colon = flags.listen.rfind(':');
  const std::string port = colon == std::string::npos ? "" : flags.listen.substr(colon + 1);
  const auto parsed = std::from_chars(port.data(), port.data() + port.size(), options.port);
  if (port.empty() || parsed.ec != std::errc() || parsed.ptr != port.data() + port.size()) {
    return absl::InvalidArgumentError("--listen must be address:port");
  }
  options.host = flags.listen.substr(0, colon);
  if (options.host.starts_with('[') && options.host.ends_with(']')) {
    options.host = options.host.substr(1, options.host.size() - 2);
  }
  options.connections_max = flags.connections;
  options.visitor_requests_max = flags.visitor_requests;
  auto proxies = Proxies::Parse(flags.trusted_proxies);
  if (!proxies.ok()) {
    return absl::InvalidArgumentError("--trusted-proxies: " +
                                      std::string(proxies.status().message()));
  }
  options.proxies = *std::move(proxies);
  auto public_url = BaseUrl("--public-url", flags.public_url);
  auto bot_url = BaseUrl("--bot-url", flags.bot_url);
  if (!public_url.ok()) return public_url.status();
  if (!bot_url.ok()) return bot_url.status();
  options.site = {*std::move(public_url), *std::move(bot_url)};
  return options;
}

// Under another name first, so that whoever waits for the file never reads half of it.
bool WritePortFile(const std::string& path, unsigned short port) {
  const std::string unfinished = path + ".tmp";
  std::ofstream(unfinished) << port << "\n";
  return std::rename(unfinished.c_str(), path.c_str()) == 0;
}

// Ends at once, without taking anything apart: calls to the core that a last visitor left behind
// may still come back on threads of gRPC's. All there is to keep lies in the core.
[[noreturn]] void Exit(int code) {
  spdlog::shutdown();
  std::fflush(nullptr);
  std::_Exit(code);
}

// What tells in the log how we stand with the core, and ends the program where a key that was never
// good will not become so by waiting.
absl::StatusOr<CoreOptions> OptionsOfCore(const Flags& flags) {
  auto credentials = CoreCredentials(flags.core_tls);
  if (!credentials.ok()) return credentials.status();
  const std::string warning = WarningOfPlainCalls(flags.core, flags.core_tls);
  if (!warning.empty()) spdlog::warn("{}", warning);
  const auto end = [] { Exit(kExitKeyRefused); };
  const auto why = [flags] { return WhyNoTls(flags.core, flags.core_tls); };
  return CoreOptions{.keepalive = std::chrono::milliseconds(flags.keepalive_ms),
                     .standing = std::make_shared<CoreStanding>(flags.core, "web", end, why),
                     .credentials = *std::move(credentials)};
}

absl::StatusOr<std::string> ApiKey(const Flags& flags) {
  if (!flags.api_key_file.empty()) return ReadSecret("--api-key-file", flags.api_key_file);
  return absl::InvalidArgumentError(
      fmt::format("no API key: set --api-key-file or KALENDS_API_KEY_FILE; `{}` makes one",
                  CommandForKey(flags.core, "web")));
}

absl::Status Run(const Flags& flags) {
  const auto api_key = ApiKey(flags);
  if (!api_key.ok()) return api_key.status();
  const auto options = OptionsFromFlags(flags);
  if (!options.ok()) return options.status();
  auto core_options = OptionsOfCore(flags);
  if (!core_options.ok()) return core_options.status();
  const Languages languages(flags.locale_dir);
  const CoreClient core(flags.core, *api_key, *std::move(core_options));
  const operate::ProcessMetrics process("kalends-web", Version());
  const auto exposer =
      operate::Exposer::Serve(flags.operate.metrics_listen, flags.operate.metrics_public);
  if (!exposer.ok()) return exposer.status();
  const auto server = Server::Listen(*options, core, languages);
  if (!server.ok()) return server.status();
  spdlog::info("serving HTTP on {}:{}", options->host, (*server)->port());
  if (!flags.port_file.empty() && !WritePortFile(flags.port_file, (*server)->port())) {
    return absl::PermissionDeniedError(fmt::format("cannot write {}", flags.port_file));
  }
  core.Greet();
  (*server)->Run();
  Exit(EXIT_SUCCESS);
}

}  // namespace
}  // namespace kalends::web

int main(int argc, char** argv) {
  CLI::App app(
      "The public web side of Kalends: profile pages and downloads. Speaks plain HTTP on the\n"
      "loopback; put a reverse proxy with TLS in front of it. Ends with 78 when the core has "
      "never\n"
      "taken its API key: the key is wrong, revoked, expired or not of scope `web`.",
      "kalends-web");
  app.set_version_flag("--version", std::string("kalends-web ") + kalends::Version());
  kalends::web::Flags flags;
  kalends::web::Declare(app, flags);
  CLI11_PARSE(app, argc, argv);
  namespace operate = kalends::operate;
  operate::ConfigureLog("kalends-web", operate::LogFormatOf(flags.operate.log_format),
                        flags.log_level);
  signal(SIGPIPE, SIG_IGN);
  if (sodium_init() < 0) {
    std::cerr << "kalends-web: libsodium cannot be initialized\n";
    return EXIT_FAILURE;
  }
  try {
    const absl::Status status = kalends::web::Run(flags);
    std::cerr << "kalends-web: " << status.message() << "\n";
  } catch (const std::exception& error) {
    std::cerr << "kalends-web: " << error.what() << "\n";
  }
  return EXIT_FAILURE;
}
