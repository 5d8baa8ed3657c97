// kalendsd: the Kalends core. Every rule lives here; adapters and tools call it over gRPC.
#include <fmt/format.h>
#include <gperftools/malloc_extension_c.h>
#include <sodium.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/operate/flags.h"
#include "core/operate/log.h"
#include "core/operate/process_metrics.h"
#include "core/server/data_directory.h"
#include "core/server/demo_clock.h"
#include "core/server/gate.h"
#include "core/server/listen_addresses.h"
#include "core/server/listener_check.h"
#include "core/server/open_storage.h"
#include "core/server/process_secrets.h"
#include "core/server/server.h"
#include "core/server/socket_taps.h"
#include "core/server/supervisor.h"
#include "core/server/tls_files.h"
#include "kalends_version.h"
#include "storage/documents.h"

namespace kalends::server {
namespace {

namespace fs = std::filesystem;

// No new caller was served any more: whoever supervises kalendsd shall start it again.
constexpr int kExitDeaf = 75;  // EX_TEMPFAIL.
constexpr std::chrono::seconds kTick{1};
constexpr int kTicksPerCheck = 10;
constexpr std::chrono::seconds kCheckTimeout{10};
constexpr int kChecksFailedMax = 3;
constexpr std::int64_t kKeepaliveMsMax = 3'600'000;
constexpr std::size_t kFreeBytesKept = 32 << 20;  // Of memory, for the calls to come.

struct Flags {
  std::string listen = "127.0.0.1:50051";
  std::string data_dir = "./var/data";
  std::string storage = "sqlite:";
  std::string port_file;
  TlsPaths tls;
  bool accept_clock = false;
  bool accept_damage = false;
  bool demo_clock = false;
  bool new_admin_key = false;
  int complete_after_hours = 24;
  int max_connections = core::kConnectionsMax;
  int max_connections_per_peer = core::kConnectionsPerPeerMax;
  bool open_reflection = false;
  bool allow_dumps = false;
  int calendar_cache_mib = 256;
  std::int64_t keepalive_ms = std::chrono::milliseconds(core::kKeepalive).count();
  std::int64_t ping_interval_min_ms = std::chrono::milliseconds(core::kPingIntervalMin).count();
  std::string log_level = "info";
  operate::Flags operate;
};

// An empty variable of a script must not turn TLS off.
void DeclareTls(CLI::App& app, TlsPaths& paths) {
  const CLI::Validator named(
      [](const std::string& path) { return std::string(path.empty() ? "names no file" : ""); },
      "FILE");
  const auto add = [&](const char* name, std::string& value, const char* environment,
                       const char* help) {
    app.add_option(name, value, help)->envname(environment)->check(named);
  };
  add("--tls-cert-file", paths.certificate, "KALENDS_TLS_CERT_FILE",
      "PEM certificate chain; with --tls-key-file the server speaks TLS");
  add("--tls-key-file", paths.key, "KALENDS_TLS_KEY_FILE", "PEM private key of the certificate");
  add("--tls-client-ca-file", paths.client_ca, "KALENDS_TLS_CLIENT_CA_FILE",
      "PEM certificates; callers need one signed by them (mTLS)");
}

void Declare(CLI::App& app, Flags& flags) {
  const auto add = [&](const char* name, auto& value, const char* environment, const char* help) {
    return app.add_option(name, value, help)->envname(environment)->capture_default_str();
  };
  add("--listen", flags.listen, "KALENDS_LISTEN",
      "Address and port for gRPC; port 0 takes a free one");
  add("--data-dir", flags.data_dir, "KALENDS_DATA_DIR",
      "Directory of the database, documents and keys; made if missing");
  add("--storage", flags.storage, "KALENDS_STORAGE",
      "`sqlite:` keeps kalends.db in --data-dir; `sqlite:PATH` another file;\n"
      "`postgres://HOST/DATABASE` a PostgreSQL server (a password is better in ~/.pgpass)");
  add("--port-file", flags.port_file, "KALENDS_PORT_FILE",
      "File to write the port to once it serves");
  DeclareTls(app, flags.tls);
  add("--complete-after-hours", flags.complete_after_hours, "KALENDS_COMPLETE_AFTER_HOURS",
      "Hours after its end when an unmarked appointment counts as completed")
      ->check(CLI::Range(1, 24 * 30));
  app.add_flag("--accept-clock", flags.accept_clock,
               "Start also when the clock is more than a day behind the time at which the database "
               "was written last: for once, after a clock that was ahead was set right");
  app.add_flag(
      "--accept-damage", flags.accept_damage,
      "Start also on a database whose pages are damaged, to save what can be read; what is "
      "written may be lost");
  app.add_flag(
      "--new-admin-key", flags.new_admin_key,
      "Make another admin key and write it to admin.key in --data-dir: for once, after the "
      "one there was is lost. Those there are stay good until they are revoked");
  app.add_flag("--demo-clock", flags.demo_clock,
               "For demonstrations: the clock can be moved by a file in --data-dir, which must be "
               "new or have been so from its beginning; only on a loopback address");
  add("--calendar-cache-mib", flags.calendar_cache_mib, "KALENDS_CALENDAR_CACHE_MIB",
      "Memory for calendars, in MiB")
      ->check(CLI::Range(1, 1 << 20));
  add("--max-connections", flags.max_connections, "KALENDS_MAX_CONNECTIONS",
      "Connections at a time; beyond, those without a key give way")
      ->check(CLI::Range(core::kConnectionsMin, 1 << 20));
  add("--max-connections-per-peer", flags.max_connections_per_peer,
      "KALENDS_MAX_CONNECTIONS_PER_PEER", "The same from one address")
      ->check(CLI::Range(1, 1 << 20));
  app.add_flag("--open-reflection", flags.open_reflection,
               "Let callers without a key learn the contract by server reflection")
      ->envname("KALENDS_OPEN_REFLECTION");
  app.add_flag(
      "--allow-dumps", flags.allow_dumps,
      "For debugging: let a debugger look into kalendsd, and a crash leave its memory in a "
      "file, with the master key and private texts in it");
  add("--keepalive-ms", flags.keepalive_ms, "KALENDS_KEEPALIVE_MS",
      "How long a connection may be silent before its peer is asked whether it is there, and then "
      "may take to answer")
      ->check(CLI::Range(std::int64_t{1}, kKeepaliveMsMax));
  add("--ping-interval-min-ms", flags.ping_interval_min_ms, "KALENDS_PING_INTERVAL_MIN_MS",
      "How often peers may ask the same; who asks faster is hung up on")
      ->check(CLI::Range(std::int64_t{1}, kKeepaliveMsMax));
  add("--log-level", flags.log_level, "KALENDS_LOG_LEVEL",
      "debug (every call), info (refused calls), warning or error")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
  operate::Declare(app, "KALENDS", flags.operate);
}

core::Instant SystemNow() {
  return std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
}

// This machine's, unless a demonstration is asked for. Call it before the database is made.
absl::StatusOr<core::Clock> ClockFor(const Flags& flags, const StoragePlace& place) {
  std::error_code error;
  const bool made = place.file.empty() || fs::exists(place.file, error);
  RETURN_IF_ERROR(CheckDemoClock(flags.data_dir, flags.demo_clock, made, flags.listen));
  if (!flags.demo_clock) return core::Clock(SystemNow);
  spdlog::warn("a demonstration: the clock is what {} says, not this machine's",
               (fs::path(flags.data_dir) / kDemoClockFile).string());
  return OpenDemoClock(flags.data_dir, SystemNow);
}

// From the environment, where an orchestrator keeps secrets, or else from a file beside the data.
absl::StatusOr<std::shared_ptr<storage::MasterKeys>> OpenMasterKeys(const fs::path& directory,
                                                                    storage::Database& database) {
  if (std::string text = TakeFromEnvironment("KALENDS_MASTER_KEY"); !text.empty()) {
    auto keys = storage::MasterKeys::Parse(text);
    storage::Wipe(text);
    if (keys.ok()) return keys;
    return absl::InvalidArgumentError(
        fmt::format("KALENDS_MASTER_KEY: {}", std::string(keys.status().message())));
  }
  const fs::path file = directory / "master.key";
  bool sealed = false;
  RETURN_IF_ERROR(database.Read([&](storage::Transaction& tx) {
    sealed = !storage::KnownMasterKeys(tx).empty();
    return absl::OkStatus();
  }));
  std::error_code error;
  // A new key would not open what is there.
  if (sealed && !fs::exists(file, error)) {
    return absl::FailedPreconditionError(
        fmt::format("{} is missing, and the database is sealed with it: restore it from where you "
                    "keep a copy or, if the key came from the environment, set KALENDS_MASTER_KEY",
                    file.string()));
  }
  return storage::MasterKeys::Load(file);
}

ServerOptions OptionsFromFlags(const Flags& flags) {
  ServerOptions options;
  options.listen = flags.listen;
  options.ticks = [] {
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
  };
  if (flags.accept_clock) options.clock_behind = app::ClockBehind::kAccept;
  options.random = SystemRandom;
  options.open_reflection = flags.open_reflection;
  options.keepalive = std::chrono::milliseconds(flags.keepalive_ms);
  options.ping_interval_min = std::chrono::milliseconds(flags.ping_interval_min_ms);
  options.calendar_bytes_max = std::int64_t{flags.calendar_cache_mib} << 20;
  options.duties.complete_after = std::chrono::hours(flags.complete_after_hours);
  return options;
}

// Raises the number of files that may be open as far as needed and allowed. Returns how many
// connections that leaves room for, `wanted` at most.
int ConnectionsThatFit(int wanted) {
  const rlim_t needed = static_cast<rlim_t>(wanted) + core::kFilesBesideConnections;
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_cur < needed) {
    files.rlim_cur = std::min(needed, files.rlim_max);
    setrlimit(RLIMIT_NOFILE, &files);
    getrlimit(RLIMIT_NOFILE, &files);
  }
  if (files.rlim_cur >= needed) return wanted;
  const int left = static_cast<int>(files.rlim_cur) - core::kFilesBesideConnections;
  const int fitting = std::min(wanted, std::max(left, core::kConnectionsMin));
  spdlog::warn("at most {} files may be open (ulimit -Hn): {} connections at a time, not {}",
               files.rlim_cur, fitting, wanted);
  return fitting;
}

Gate& StartGate(const Flags& flags) {
  Gate::Limits limits;
  limits.connections = ConnectionsThatFit(flags.max_connections);
  limits.connections_per_peer = std::min(flags.max_connections_per_peer, limits.connections);
  limits.frames = flags.tls.certificate.empty();
  if (!limits.frames && flags.tls.client_ca.empty()) {
    spdlog::warn(
        "with TLS the memory that callers without a key can take is not bounded: give "
        "--tls-client-ca-file, or let a proxy speak TLS in front of kalendsd");
  }
  return GateBeforeSockets(limits);
}

// What a flood has left free goes back to the system; tcmalloc itself takes hours for it.
void GiveBackMemory() {
  std::size_t free = 0;
  MallocExtension_GetNumericProperty("tcmalloc.pageheap_free_bytes", &free);
  if (free > kFreeBytesKept) MallocExtension_ReleaseFreeMemory();
}

// What the disk and the gate before the sockets say, and until when the certificate is good.
void Sample(operate::SampledOnes& sampled, const StoragePlace& place, const fs::path& directory,
            const TlsFiles* tls, const Gate& gate) {
  fs::path folder = directory;
  // PostgreSQL's are its own server's to tell.
  if (!place.file.empty()) {
    const std::string database = place.file.string();
    folder = fs::absolute(place.file).parent_path();
    sampled.emplace_back("kalends_storage_database_bytes", "Size of the database, in bytes.",
                         [database] { return operate::SizeOf(database); });
    sampled.emplace_back("kalends_storage_wal_bytes", "Size of its log of changes, in bytes.",
                         [database] { return operate::SizeOf(database + "-wal"); });
  }
  sampled.emplace_back("kalends_storage_free_bytes", "What the disk still takes, in bytes.",
                       [folder] { return operate::FreeBytes(folder); });
  sampled.emplace_back("kalends_core_connections", "Connections that are open.",
                       [&gate] { return static_cast<double>(gate.counts().connections); });
  sampled.emplace_back("kalends_core_strangers", "Those of them that have shown no key.",
                       [&gate] { return static_cast<double>(gate.counts().strangers); });
  using Type = prometheus::MetricType;
  sampled.emplace_back(
      "kalends_core_connections_refused_total", "Connections that there was no place for.",
      [&gate] { return static_cast<double>(gate.counts().refused); }, Type::Counter);
  sampled.emplace_back(
      "kalends_core_connections_hung_up_total", "Connections without a key that were hung up on.",
      [&gate] { return static_cast<double>(gate.counts().hung_up); }, Type::Counter);
  if (tls == nullptr) return;
  sampled.emplace_back(
      "kalends_core_tls_certificate_end_seconds", "When the certificate ends, in Unix seconds.",
      [tls] { return static_cast<double>(tls->end().time_since_epoch().count()); });
}

// One's own listener, and the gate before it.
struct Listener {
  std::string address;
  bool tls;
  Gate& gate;

  bool Answers() const { return ListenerAnswers(address, tls, kCheckTimeout); }
};

absl::Status CheckGate(const Listener& listener) {
  const std::int64_t before = listener.gate.counts().admitted;
  if (!listener.Answers()) {
    spdlog::warn("cannot be called at its own address, {}", listener.address);
  } else if (listener.gate.counts().admitted == before) {
    return absl::InternalError(
        "this gRPC takes no callers through the gate: it is another version");
  }
  return absl::OkStatus();
}

// Serves until a signal says to stop; returns the exit code.
int Serve(const Listener& listener, TlsFiles* tls, const sigset_t& signals) {
  const timespec tick{kTick.count(), 0};
  Gate::Counts before;
  int failed = 0;
  for (int ticks = 1;; ++ticks) {
    if (sigtimedwait(&signals, nullptr, &tick) > 0) return EXIT_SUCCESS;
    TellAlive();
    GiveBackMemory();
    TurnAwayTheUnheard();
    if (tls != nullptr) tls->Look();
    if (ticks % kTicksPerCheck != 0) continue;
    const Gate::Counts counts = listener.gate.counts();
    if (counts.hung_up > before.hung_up || counts.refused > before.refused) {
      spdlog::warn("hung up on {} connections without a key and refused {}; {} are open",
                   counts.hung_up - before.hung_up, counts.refused - before.refused,
                   counts.connections);
    }
    before = counts;
    // A listener that refuses for want of a place is a listener.
    const bool hears = listener.Answers() || listener.gate.counts().refused > counts.refused;
    failed = hears ? 0 : failed + 1;
    if (!hears) spdlog::error("did not answer itself at {} ({} times)", listener.address, failed);
    if (failed == kChecksFailedMax) return kExitDeaf;
  }
}

// To be called before anything is made, so that a slip leaves nothing behind.
absl::StatusOr<std::unique_ptr<TlsFiles>> OpenTls(const Flags& flags) {
  ASSIGN_OR_RETURN(std::unique_ptr<TlsFiles> tls, TlsFiles::Open(flags.tls));
  if (!tls && !IsOfThisMachine(flags.listen)) {
    spdlog::warn(
        "callers from other machines are served at {} without TLS: API keys and all that is said "
        "can be read on the way. Give --tls-cert-file and --tls-key-file",
        flags.listen);
  }
  return tls;
}

absl::StatusOr<int> Run(const Flags& flags, const sigset_t& signals) {
  // What nobody can listen on shall leave nothing behind; who is there already is told of later.
  absl::Status address = AddressesToListenOn(flags.listen).status();
  if (absl::IsInvalidArgument(address)) return address;
  const operate::Flags& operated = flags.operate;
  RETURN_IF_ERROR(operate::CheckMetricsListen(operated.metrics_listen, operated.metrics_public));
  ASSIGN_OR_RETURN(std::unique_ptr<TlsFiles> opened, OpenTls(flags));
  const fs::path directory = flags.data_dir;
  RETURN_IF_ERROR(PrepareDataDirectory(directory));
  ASSIGN_OR_RETURN(const storage::File directory_lock, LockDataDirectory(directory));
  // Its files go before the lock does.
  const std::unique_ptr<TlsFiles> tls = std::move(opened);
  if (tls) RETURN_IF_ERROR(tls->ShowFrom(directory / "tls"));
  ASSIGN_OR_RETURN(const StoragePlace place, StoragePlaceOf(flags.storage, directory));
  ASSIGN_OR_RETURN(core::Clock clock, ClockFor(flags, place));
  ASSIGN_OR_RETURN(OpenedStorage storage, OpenStorage(place, directory, flags.accept_damage));
  ServerOptions options = OptionsFromFlags(flags);
  options.tls = tls.get();
  options.clock = std::move(clock);
  ASSIGN_OR_RETURN(options.master_keys, OpenMasterKeys(directory, *storage.database));
  if (!options.master_keys->InLockedMemory()) {
    spdlog::warn("the master key may be swapped out: let some memory be locked (ulimit -l)");
  }
  options.new_admin_key = flags.new_admin_key;
  options.blob_directory = directory / "blobs";
  options.keep_admin_key = [&](const std::string& secret) {
    const fs::path key_file = directory / "admin.key";
    spdlog::info("a new admin key goes to {}", key_file.string());
    return WritePrivateFile(key_file, secret + "\n");
  };
  Gate& gate = StartGate(flags);
  options.on_key = [&gate](const grpc::ServerContextBase& call) {
    if (gate.knows_strangers()) gate.ShowsKey(call.peer());
  };
  ASSIGN_OR_RETURN(const auto server, StartServer(std::move(storage.database), std::move(options)));
  const operate::ProcessMetrics process("kalendsd", Version());
  operate::SampledOnes sampled;
  Sample(sampled, place, directory, tls.get(), gate);
  ASSIGN_OR_RETURN(const auto exposer,
                   operate::Exposer::Serve(operated.metrics_listen, operated.metrics_public));
  const Listener listener{OwnAddress(flags.listen, server->port()), tls != nullptr, gate};
  RETURN_IF_ERROR(CheckGate(listener));
  spdlog::info("serving gRPC on {}:{}", flags.listen.substr(0, flags.listen.rfind(':')),
               server->port());
  RETURN_IF_ERROR(TellReady(flags.port_file, server->port()));
  const int exit_code = Serve(listener, tls.get(), signals);
  spdlog::info("stopping");
  return exit_code;
}

}  // namespace
}  // namespace kalends::server

int main(int argc, char** argv) {
  CLI::App app(
      "The Kalends core: appointment scheduling over gRPC. The first start writes an admin key to\n"
      "<data-dir>/admin.key and the master key, which seals documents and messages, to\n"
      "<data-dir>/master.key, both readable for their owner only. Keep a copy of the master key:\n"
      "without it a backup cannot be read. KALENDS_MASTER_KEY (32 bytes in base64; older ones "
      "after\n"
      "it, comma-separated) takes the place of the file.",
      "kalendsd");
  app.set_version_flag("--version", std::string("kalendsd ") + kalends::Version());
  kalends::server::Flags flags;
  kalends::server::Declare(app, flags);
  CLI11_PARSE(app, argc, argv);
  namespace operate = kalends::operate;
  operate::ConfigureLog("kalendsd", operate::LogFormatOf(flags.operate.log_format),
                        flags.log_level);
  // Before there is a secret.
  if (!flags.allow_dumps) kalends::server::ForbidDumps();
  if (sodium_init() < 0) {
    std::cerr << "kalendsd: libsodium cannot be initialized\n";
    return EXIT_FAILURE;
  }
  // A limit on the size of files is a full disk to us, and no reason to end.
  signal(SIGXFSZ, SIG_IGN);
  // Before any thread exists, so that all inherit it and only sigwait sees the signals.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const absl::StatusOr<int> exit_code = kalends::server::Run(flags, signals);
  if (exit_code.ok()) return *exit_code;
  std::cerr << "kalendsd: " << exit_code.status().message() << "\n";
  return EXIT_FAILURE;
}
