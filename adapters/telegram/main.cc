// kalends-telegram: turns chat interactions into calls to the core, and its notifications into
// messages. Keeps nothing of its own.
#include <curl/curl.h>
#include <pthread.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <optional>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "adapters/telegram/notifier.h"
#include "adapters/telegram/poller.h"
#include "adapters/telegram/profile.h"
#include "adapters/telegram/webhook.h"

namespace {

// Flags are written with dashes, as everywhere in Kalends; Abseil knows them with underscores.
std::vector<std::string> WithUnderscores(int argc, char** argv) {
  std::vector<std::string> arguments(argv, argv + argc);
  for (std::string& argument : arguments) {
    if (!argument.starts_with("--")) continue;
    const auto name_end = argument.begin() + static_cast<std::ptrdiff_t>(
                                                 std::min(argument.find('='), argument.size()));
    std::replace(argument.begin() + 2, name_end, '-', '_');
  }
  return arguments;
}

std::string FromEnvironment(const char* name, const char* fallback) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : fallback;
}

}  // namespace

ABSL_FLAG(std::string, core, FromEnvironment("KALENDS_CORE", "127.0.0.1:50051"),
          "Address of kalendsd (KALENDS_CORE)");
ABSL_FLAG(std::string, api_key_file, FromEnvironment("KALENDS_API_KEY_FILE", ""),
          "File with an API key of scope `adapter` (KALENDS_API_KEY_FILE)");
ABSL_FLAG(std::string, telegram_token_file, FromEnvironment("TELEGRAM_TOKEN_FILE", ""),
          "File with the bot's token; or the token itself in TELEGRAM_BOT_TOKEN");
ABSL_FLAG(std::string, telegram_api, FromEnvironment("TELEGRAM_API", "https://api.telegram.org"),
          "Base URL of the Bot API (TELEGRAM_API)");
ABSL_FLAG(std::string, public_url, FromEnvironment("KALENDS_PUBLIC_URL", ""),
          "Where kalends-web is reached from outside (KALENDS_PUBLIC_URL)");
ABSL_FLAG(std::string, locale_dir,
          FromEnvironment("KALENDS_LOCALE_DIR", KALENDS_LOCALE_DIR_DEFAULT),
          "Folder of the message catalogs (KALENDS_LOCALE_DIR)");
ABSL_FLAG(std::string, webhook_url, FromEnvironment("KALENDS_WEBHOOK_URL", ""),
          "https URL that Telegram is to send updates to; empty: poll (KALENDS_WEBHOOK_URL)");
ABSL_FLAG(std::string, webhook_listen, FromEnvironment("KALENDS_WEBHOOK_LISTEN", "127.0.0.1:8443"),
          "Where the reverse proxy hands them on, as address:port (KALENDS_WEBHOOK_LISTEN)");
ABSL_FLAG(std::string, webhook_secret_file, FromEnvironment("KALENDS_WEBHOOK_SECRET_FILE", ""),
          "File with the secret that updates must carry (KALENDS_WEBHOOK_SECRET_FILE)");
ABSL_FLAG(std::string, log_level, FromEnvironment("KALENDS_LOG_LEVEL", "info"),
          "debug, info, warn or error (KALENDS_LOG_LEVEL)");

namespace kalends::telegram {
namespace {

constexpr int kWorkers = 8;
constexpr std::chrono::seconds kDrainLimit{10};

// The first line of a file; empty when there is none.
std::string ReadSecret(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  return line;
}

std::string Token() {
  const std::string path = absl::GetFlag(FLAGS_telegram_token_file);
  return path.empty() ? FromEnvironment("TELEGRAM_BOT_TOKEN", "") : ReadSecret(path);
}

struct Secrets {
  std::string api_key;
  std::string token;
  std::string webhook;
};

// nullopt: one is missing; the log says which.
std::optional<Secrets> ReadSecrets() {
  Secrets secrets{ReadSecret(absl::GetFlag(FLAGS_api_key_file)), Token(),
                  ReadSecret(absl::GetFlag(FLAGS_webhook_secret_file))};
  if (secrets.api_key.empty()) {
    spdlog::error("no API key: set --api-key-file or KALENDS_API_KEY_FILE; `kalends` makes one");
    return std::nullopt;
  }
  if (secrets.token.empty()) {
    spdlog::error("no bot token: set TELEGRAM_BOT_TOKEN or --telegram-token-file");
    return std::nullopt;
  }
  if (!absl::GetFlag(FLAGS_webhook_url).empty() && secrets.webhook.empty()) {
    spdlog::error("a webhook needs --webhook-secret-file");
    return std::nullopt;
  }
  return secrets;
}

std::unique_ptr<WebhookServer> Listen(const Context& context, const std::string& secret) {
  const std::string listen = absl::GetFlag(FLAGS_webhook_listen);
  const std::size_t colon = listen.rfind(':');
  return std::make_unique<WebhookServer>(context, listen.substr(0, colon),
                                         std::atoi(listen.c_str() + colon + 1), secret);
}

// Until a signal of `signals` comes.
int Serve(const Secrets& secrets, const Languages& languages, const sigset_t& signals) {
  const Client client(absl::GetFlag(FLAGS_core), secrets.api_key);
  BotApi api(absl::GetFlag(FLAGS_telegram_api), secrets.token);
  const std::string username = FetchUsername(api);
  if (username.empty()) return 1;
  PublishCommands(api, languages);
  const std::string webhook_url = absl::GetFlag(FLAGS_webhook_url);
  if (!SetWebhook(api, webhook_url, secrets.webhook)) return 1;

  Sender sender(api);
  std::optional<Strands> strands(kWorkers);
  const Context context{
      client, sender, *strands, languages, username, absl::GetFlag(FLAGS_public_url), [] {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
      }};
  Notifier notifier(context);
  std::unique_ptr<WebhookServer> webhook;
  std::unique_ptr<Poller> poller;
  if (webhook_url.empty()) {
    poller = std::make_unique<Poller>(context, api);
  } else {
    webhook = Listen(context, secrets.webhook);
  }
  spdlog::info("@{} {}", username, webhook ? "receives updates" : "polls");

  int signal = 0;
  sigwait(&signals, &signal);
  spdlog::info("stopping");
  // From the outside in: no new updates and notifications, then what is under way.
  notifier.Stop();
  if (webhook) webhook->Stop();
  sender.Drain(kDrainLimit);
  api.Stop();
  if (poller) poller->Stop();
  sender.Stop();
  strands.reset();
  return 0;
}

}  // namespace
}  // namespace kalends::telegram

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "The Telegram adapter of Kalends. Secrets come from files or the "
      "environment, never from flags.");
  std::vector<std::string> arguments = WithUnderscores(argc, argv);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  absl::ParseCommandLine(static_cast<int>(pointers.size()), pointers.data());
  spdlog::set_level(spdlog::level::from_str(absl::GetFlag(FLAGS_log_level)));
  // Every thread made from here on leaves these to sigwait.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  try {
    const kalends::telegram::Languages languages(absl::GetFlag(FLAGS_locale_dir));
    const auto secrets = kalends::telegram::ReadSecrets();
    return secrets ? kalends::telegram::Serve(*secrets, languages, signals) : 1;
  } catch (const std::runtime_error& error) {
    spdlog::error("{}", error.what());
    return 1;
  }
}
