// kalends-telegram: turns chat interactions into calls to the core, and its notifications into
// messages. Keeps nothing of its own.
#include <curl/curl.h>
#include <pthread.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <optional>

#include "adapters/shared/core_tls_flags.h"
#include "adapters/shared/demo_clock.h"
#include "adapters/shared/keepalive_flag.h"
#include "adapters/shared/locale_directory.h"
#include "adapters/shared/secret_file.h"
#include "adapters/telegram/handlers/all.h"
#include "adapters/telegram/notifier.h"
#include "adapters/telegram/poller.h"
#include "adapters/telegram/profile.h"
#include "adapters/telegram/status.h"
#include "adapters/telegram/support_desk.h"
#include "adapters/telegram/webhook.h"
#include "core/operate/flags.h"
#include "core/operate/log.h"
#include "core/operate/process_metrics.h"
#include "kalends_version.h"

namespace kalends::telegram {
namespace {

constexpr int kWorkers = 8;
constexpr int kUploads = 8;   // Messages with files that are handled at a time.
constexpr int kFileJobs = 4;  // Whole files in memory, of up to 50 MB; as many as the core exports.
constexpr std::chrono::seconds kDrainLimit{10};
constexpr std::int64_t kPaceMax = 3'600'000;  // Milliseconds, or messages a second.

struct Flags {
  std::string core = "127.0.0.1:50051";
  CoreTlsFiles core_tls;
  std::string api_key_file;
  std::string telegram_token_file;
  std::string telegram_api = "https://api.telegram.org";
  std::string public_url;
  std::string demo_clock;
  std::string locale_dir = DefaultLocaleDirectory();
  std::string webhook_url;
  std::string webhook_listen = "127.0.0.1:8443";
  std::string webhook_secret_file;
  std::int64_t support_chat = 0;
  std::string support_language = "en";
  std::int64_t pace_per_chat_ms = Pace().per_chat.count();
  std::int64_t pace_per_group_ms = Pace().per_group.count();
  std::int64_t pace_per_second = Pace().per_second;
  std::int64_t retry_ms = Pace().retry.count();
  std::int64_t keepalive_ms = kKeepaliveDefault.count();
  std::string log_level = "info";
  operate::Flags operate;
};

// Telegram's pace is the default. Whoever goes faster is stopped by Telegram, and then is slower.
void DeclarePace(CLI::App& app, Flags& flags) {
  const auto add = [&](const char* name, std::int64_t& value, const char* environment,
                       const char* help) {
    app.add_option(name, value, help)
        ->envname(environment)
        ->group("Pace, for tests and for Bot API servers of one's own")
        ->check(CLI::Range(std::int64_t{1}, kPaceMax))
        ->capture_default_str();
  };
  add("--pace-per-chat-ms", flags.pace_per_chat_ms, "KALENDS_PACE_PER_CHAT_MS",
      "How far apart messages to one chat are, once three have gone");
  add("--pace-per-group-ms", flags.pace_per_group_ms, "KALENDS_PACE_PER_GROUP_MS",
      "The same for a group");
  add("--pace-per-second", flags.pace_per_second, "KALENDS_PACE_PER_SECOND",
      "Messages a second, to all chats together");
  add("--retry-ms", flags.retry_ms, "KALENDS_RETRY_MS",
      "First pause before what failed is tried again; later ones grow to ten times this");
}

Pace PaceOf(const Flags& flags) {
  using std::chrono::milliseconds;
  return {.per_chat = milliseconds(flags.pace_per_chat_ms),
          .per_group = milliseconds(flags.pace_per_group_ms),
          .per_second = static_cast<int>(flags.pace_per_second),
          .retry = milliseconds(flags.retry_ms)};
}

// Of "address:port"; nullopt: it has none.
std::optional<std::uint16_t> PortOf(const std::string& listen) {
  const std::size_t colon = std::min(listen.rfind(':'), listen.size());
  const char* const end = listen.data() + listen.size();
  std::uint16_t port = 0;
  const auto parsed = std::from_chars(std::min(listen.data() + colon + 1, end), end, port);
  const bool whole = parsed.ec == std::errc() && parsed.ptr == end;
  return whole ? std::optional(port) : std::nullopt;
}

void Declare(CLI::App& app, Flags& flags) {
  const auto add = [&](const char* name, auto& value, const char* environment, const char* help) {
    return app.add_option(name, value, help)->envname(environment)->capture_default_str();
  };
  add("--core", flags.core, "KALENDS_CORE", "Address of kalendsd");
  DeclareCoreTls(app, flags.core_tls);
  add("--api-key-file", flags.api_key_file, "KALENDS_API_KEY_FILE",
      "File with an API key of scope `adapter`");
  add("--telegram-token-file", flags.telegram_token_file, "TELEGRAM_TOKEN_FILE",
      "File with the bot's token; or the token itself in TELEGRAM_BOT_TOKEN");
  add("--telegram-api", flags.telegram_api, "TELEGRAM_API", "Base URL of the Bot API");
  add("--public-url", flags.public_url, "KALENDS_PUBLIC_URL",
      "Where kalends-web is reached from outside");
  add("--locale-dir", flags.locale_dir, "KALENDS_LOCALE_DIR", "Folder of the message catalogs");
  add("--webhook-url", flags.webhook_url, "KALENDS_WEBHOOK_URL",
      "https URL that Telegram is to send updates to; empty: poll");
  add("--webhook-listen", flags.webhook_listen, "KALENDS_WEBHOOK_LISTEN",
      "Where the reverse proxy hands them on, as address:port")
      ->check([](const std::string& listen) {
        return PortOf(listen) ? "" : std::string("must be address:port, with a port up to 65535");
      });
  add("--webhook-secret-file", flags.webhook_secret_file, "KALENDS_WEBHOOK_SECRET_FILE",
      "File with the secret that updates must carry");
  add("--support-chat", flags.support_chat, "KALENDS_SUPPORT_CHAT",
      "Id of the Telegram group that answers support, such as -1001234567890; 0: none");
  add("--support-language", flags.support_language, "KALENDS_SUPPORT_LANGUAGE",
      "What that group is written to in: de, en, es, fr, ru or uk");
  app.add_option("--demo-clock", flags.demo_clock,
                 "For demonstrations: the file by which `kalendsd --demo-clock` moves its clock; "
                 "only with a simulated Telegram on this machine");
  DeclareKeepalive(app, flags.keepalive_ms);
  add("--log-level", flags.log_level, "KALENDS_LOG_LEVEL", "debug, info, warning or error")
      ->check(CLI::IsMember({"debug", "info", "warn", "warning", "error"}));
  operate::Declare(app, "KALENDS_TELEGRAM", flags.operate);
}

struct Secrets {
  std::string api_key;
  std::string token;
  std::string webhook;
};

absl::StatusOr<std::string> ApiKey(const Flags& flags) {
  if (!flags.api_key_file.empty()) return ReadSecret("--api-key-file", flags.api_key_file);
  return absl::InvalidArgumentError("no API key: set --api-key-file or KALENDS_API_KEY_FILE; `" +
                                    CommandForKey(flags.core, "adapter") + "` makes one");
}

absl::StatusOr<std::string> Token(const Flags& flags) {
  if (!flags.telegram_token_file.empty()) {
    return ReadSecret("--telegram-token-file", flags.telegram_token_file);
  }
  const char* token = std::getenv("TELEGRAM_BOT_TOKEN");
  if (token != nullptr && *token != '\0') return token;
  return absl::InvalidArgumentError(
      "no bot token: set TELEGRAM_BOT_TOKEN or --telegram-token-file");
}

// Empty where updates are asked for.
absl::StatusOr<std::string> WebhookSecret(const Flags& flags) {
  if (!flags.webhook_secret_file.empty()) {
    return ReadSecret("--webhook-secret-file", flags.webhook_secret_file);
  }
  if (flags.webhook_url.empty()) return "";
  return absl::InvalidArgumentError("a webhook needs --webhook-secret-file");
}

// INVALID_ARGUMENT: one is missing, and which.
absl::StatusOr<Secrets> ReadSecrets(const Flags& flags) {
  Secrets secrets;
  KALENDS_ASSIGN_OR_RETURN(secrets.api_key, ApiKey(flags));
  KALENDS_ASSIGN_OR_RETURN(secrets.token, Token(flags));
  KALENDS_ASSIGN_OR_RETURN(secrets.webhook, WebhookSecret(flags));
  return secrets;
}

// Also warns of calls that others can read.
absl::StatusOr<CoreOptions> OptionsOfCore(const Flags& flags) {
  KALENDS_ASSIGN_OR_RETURN(auto credentials, CoreCredentials(flags.core_tls));
  const std::string warning = WarningOfPlainCalls(flags.core, flags.core_tls);
  if (!warning.empty()) spdlog::warn("{}", warning);
  const auto why = [flags] { return WhyNoTls(flags.core, flags.core_tls); };
  return CoreOptions{
      .keepalive = std::chrono::milliseconds(flags.keepalive_ms),
      .standing = std::make_shared<CoreStanding>(flags.core, "adapter", nullptr, why),
      .credentials = std::move(credentials)};
}

// nullptr: that address cannot be had; the log says why.
std::unique_ptr<WebhookServer> Listen(Inbox& inbox, const std::string& listen,
                                      const std::string& secret) {
  try {
    return std::make_unique<WebhookServer>(inbox, listen.substr(0, listen.rfind(':')),
                                           PortOf(listen).value(), secret);
  } catch (const std::runtime_error& error) {
    spdlog::error("{}", error.what());
    return nullptr;
  }
}

Instant SystemNow() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// This machine's clock, unless a demonstration is asked for. Throws std::runtime_error.
std::function<Instant()> ClockFor(const Flags& flags) {
  if (flags.demo_clock.empty()) return SystemNow;
  if (!IsLoopbackUrl(flags.telegram_api)) {
    throw std::runtime_error(
        "--demo-clock is for demonstrations: let --telegram-api be a simulated Telegram on this "
        "machine");
  }
  const auto clock = std::make_shared<const DemoClock>(flags.demo_clock);
  spdlog::warn("a demonstration: the clock is what {} says, not this machine's", flags.demo_clock);
  return [clock] { return SystemNow() + clock->ahead(); };
}

// Waits a little before the start is tried again. False: a signal of `signals` came.
bool Pause(const Flags& flags, const sigset_t& signals) {
  const auto length = std::chrono::milliseconds(2 * flags.retry_ms);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(length);
  const timespec wait{seconds.count(), std::chrono::nanoseconds(length - seconds).count()};
  return sigtimedwait(&signals, nullptr, &wait) < 0;
}

// Settles which group answers support; the first call to the core, so it waits until that is there.
// Otherwise the exit code: a signal came first, or the core refuses, and the log says why.
std::optional<int> SettleDesk(const Context& context, const Flags& flags, const sigset_t& signals) {
  for (;;) {
    const absl::Status status = ConnectSupportDesk(context);
    if (status.ok()) return std::nullopt;
    const bool away = status.code() == absl::StatusCode::kUnavailable ||
                      status.code() == absl::StatusCode::kDeadlineExceeded;
    if (IsCoreTrouble(status) && !away) return kExitKeyRefused;
    if (!away) {
      spdlog::error("the core at {} refuses: {} {}", flags.core,
                    absl::StatusCodeToString(status.code()), ReasonName(status));
      return 1;
    }
    if (!Pause(flags, signals)) return 0;
  }
}

// The same, and takes up what was left to do.
std::optional<int> SettleCore(const Context& context, Inbox& inbox, const Flags& flags,
                              const sigset_t& signals) {
  if (const auto code = SettleDesk(context, flags, signals)) return code;
  const absl::Status resumed = inbox.Resume();
  if (resumed.ok()) return std::nullopt;
  spdlog::error("the core does not say what was left to do: {}",
                absl::StatusCodeToString(resumed.code()));
  return 1;
}

// Who the bot is, once Telegram knows where updates are to go.
absl::StatusOr<BotName> Introduce(BotApi& api, const Flags& flags, const Secrets& secrets,
                                  const sigset_t& signals) {
  const auto pause = [&] { return Pause(flags, signals); };
  KALENDS_ASSIGN_OR_RETURN(BotName bot, FetchName(api, pause));
  KALENDS_RETURN_IF_ERROR(SetWebhook(api, flags.webhook_url, secrets.webhook, pause));
  return bot;
}

// Of a start that came to nothing because of Telegram; the log says why.
int ExitCodeOf(const absl::Status& status) {
  if (absl::IsCancelled(status)) return 0;  // A signal came first.
  return absl::IsUnauthenticated(status) ? kExitBotRefused : 1;
}

// What waits in this process.
void Sample(operate::SampledOnes& sampled, Strands& strands, Sender& sender, Backlog& backlog) {
  sampled.emplace_back("kalends_telegram_tasks_waiting",
                       "Updates and what follows of them, waiting or being handled.",
                       [&] { return static_cast<double>(strands.CountPosted()); });
  sampled.emplace_back("kalends_telegram_sends_in_flight",
                       "Messages that Telegram has not answered yet.",
                       [&] { return static_cast<double>(sender.CountInFlight()); });
  sampled.emplace_back("kalends_telegram_backlog",
                       "Updates that take long, kept by the core so that a crash loses none.",
                       [&] { return static_cast<double>(backlog.CountKept()); });
}

// Until a signal of `signals` comes, or another process turns out to receive the bot's updates.
int Serve(const Flags& flags, const Secrets& secrets, CoreOptions core_options,
          const Languages& languages, const sigset_t& signals) {
  const std::function<Instant()> clock = ClockFor(flags);
  const Client client(flags.core, secrets.api_key, std::move(core_options));
  const Pace pace = PaceOf(flags);
  BotApi api(flags.telegram_api, secrets.token, kProbeRetries * pace.retry);
  const auto bot = Introduce(api, flags, secrets, signals);
  if (!bot.ok()) return ExitCodeOf(bot.status());
  Sender sender(api, pace);
  std::optional<Strands> strands(std::in_place, kWorkers, kUploads);
  std::optional<Strands> files(std::in_place, kFileJobs);
  Sessions sessions(client);
  Cards cards(client, bot->id);
  const Context context{client,
                        api,
                        sender,
                        sessions,
                        cards,
                        *strands,
                        *files,
                        languages,
                        bot->id,
                        bot->username,
                        bot->takes_inline_queries,
                        flags.public_url,
                        flags.support_chat,
                        flags.support_language,
                        clock};
  Backlog backlog(client);
  Inbox inbox(context, backlog);
  if (const auto code = SettleCore(context, inbox, flags, signals)) return *code;
  PublishProfile(context);
  operate::SampledOnes sampled;
  Sample(sampled, *strands, sender, backlog);
  Notifier notifier(context, pace.retry);
  std::unique_ptr<WebhookServer> webhook;
  std::unique_ptr<Poller> poller;
  std::atomic<int> exit_code = 0;
  const auto taken = [&exit_code] {
    exit_code = kExitBotTaken;
    kill(getpid(), SIGTERM);
  };
  if (flags.webhook_url.empty()) {
    poller = std::make_unique<Poller>(inbox, api, pace.retry, taken);
  } else {
    webhook = Listen(inbox, flags.webhook_listen, secrets.webhook);
  }
  const bool runs = poller || webhook;
  if (runs) {
    spdlog::info("@{} {}", bot->username, webhook ? "receives updates" : "polls");
    int signal = 0;
    sigwait(&signals, &signal);
    spdlog::info("stopping");
  }
  // From the outside in: no new updates and notifications, then what is under way. What is cut
  // short from `api.Stop` on is not confirmed and comes again.
  notifier.Stop();
  if (webhook) webhook->Stop();
  sender.Drain(kDrainLimit);
  inbox.Stop();
  api.Stop();
  if (poller) poller->Stop();
  sender.Stop();
  sampled.clear();
  strands.reset();
  files.reset();
  return runs ? exit_code.load() : 1;
}

}  // namespace
}  // namespace kalends::telegram

int main(int argc, char** argv) {
  CLI::App app(
      "The Telegram adapter of Kalends. Secrets come from files or the environment, never from "
      "flags.\n"
      "Ends with 77 when Telegram refuses the bot's token, with 69 when another process receives\n"
      "its updates, with 78 when the core refuses the API key, each if it was so from the start;\n"
      "what becomes so later is logged and tried again slowly.",
      "kalends-telegram");
  app.set_version_flag("--version", std::string("kalends-telegram ") + kalends::Version());
  kalends::telegram::Flags flags;
  kalends::telegram::Declare(app, flags);
  kalends::telegram::DeclarePace(app, flags);
  CLI11_PARSE(app, argc, argv);
  namespace operate = kalends::operate;
  operate::ConfigureLog("kalends-telegram", operate::LogFormatOf(flags.operate.log_format),
                        flags.log_level);
  // Every thread made from here on leaves these to sigwait.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  try {
    if (const auto faults = kalends::telegram::FaultsOfHandlers(); !faults.empty()) {
      throw std::runtime_error(faults.front());
    }
    const kalends::telegram::Languages languages(flags.locale_dir);
    const auto secrets = kalends::telegram::ReadSecrets(flags);
    if (!secrets.ok()) throw std::runtime_error(std::string(secrets.status().message()));
    auto core = kalends::telegram::OptionsOfCore(flags);
    if (!core.ok()) throw std::runtime_error(std::string(core.status().message()));
    const operate::ProcessMetrics process("kalends-telegram", kalends::Version());
    const auto exposer =
        operate::Exposer::Serve(flags.operate.metrics_listen, flags.operate.metrics_public);
    if (!exposer.ok()) throw std::runtime_error(std::string(exposer.status().message()));
    return kalends::telegram::Serve(flags, *secrets, *std::move(core), languages, signals);
  } catch (const std::runtime_error& error) {
    spdlog::error("{}", error.what());
    return 1;
  }
}
