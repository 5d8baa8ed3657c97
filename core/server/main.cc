// kalendsd: the Kalends core. Every rule lives here; adapters and tools call it over gRPC.
#include <absl/flags/flag.h>
#include <absl/flags/parse.h>
#include <absl/flags/usage.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "core/base/status_macros.h"
#include "core/server/server.h"
#include "storage/sqlite/sqlite_database.h"

namespace {

// The environment variable of a flag, else its default.
std::string FromEnvironment(const char* name, std::string absent) {
  const char* value = std::getenv(name);
  return value != nullptr ? std::string(value) : absent;
}

}  // namespace

ABSL_FLAG(std::string, listen, FromEnvironment("KALENDS_LISTEN", "127.0.0.1:50051"),
          "Address and port to serve gRPC on; port 0 takes any free one (KALENDS_LISTEN).");
ABSL_FLAG(std::string, data_dir, FromEnvironment("KALENDS_DATA_DIR", "./var/data"),
          "Directory of the database and the first admin key; made if missing (KALENDS_DATA_DIR).");
ABSL_FLAG(std::string, storage, FromEnvironment("KALENDS_STORAGE", "sqlite:"),
          "`sqlite:` keeps kalends.db in --data_dir; `sqlite:PATH` another file (KALENDS_STORAGE).");
ABSL_FLAG(std::string, port_file, FromEnvironment("KALENDS_PORT_FILE", ""),
          "File to write the port to once it serves (KALENDS_PORT_FILE).");
ABSL_FLAG(std::string, tls_cert_file, FromEnvironment("KALENDS_TLS_CERT_FILE", ""),
          "PEM certificate chain; with --tls_key_file the server speaks TLS (KALENDS_TLS_CERT_FILE).");
ABSL_FLAG(std::string, tls_key_file, FromEnvironment("KALENDS_TLS_KEY_FILE", ""),
          "PEM private key of the certificate (KALENDS_TLS_KEY_FILE).");
ABSL_FLAG(std::string, tls_client_ca_file, FromEnvironment("KALENDS_TLS_CLIENT_CA_FILE", ""),
          "PEM certificates of which callers need one of their own: mTLS (KALENDS_TLS_CLIENT_CA_FILE).");
ABSL_FLAG(int, complete_after_hours, std::atoi(FromEnvironment("KALENDS_COMPLETE_AFTER_HOURS", "24").c_str()),
          "Hours after its end when an unmarked appointment counts as completed (KALENDS_COMPLETE_AFTER_HOURS).");
ABSL_FLAG(int, calendar_cache_mib, std::atoi(FromEnvironment("KALENDS_CALENDAR_CACHE_MIB", "256").c_str()),
          "Memory for calendars, in MiB (KALENDS_CALENDAR_CACHE_MIB).");
ABSL_FLAG(std::string, log_level, FromEnvironment("KALENDS_LOG_LEVEL", "info"),
          "debug (every call), info (refused calls), warning or error (KALENDS_LOG_LEVEL).");

namespace kalends::server {
namespace {

namespace fs = std::filesystem;

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  if (path.empty()) return std::string();
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return absl::NotFoundError(fmt::format("cannot read {}", path));
  return text.str();
}

// Writes a file that only its owner can read.
absl::Status WritePrivateFile(const fs::path& path, const std::string& text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return absl::PermissionDeniedError(fmt::format("cannot write {}", path.string()));
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const bool synced = fsync(file) == 0;
  close(file);
  if (!written || !synced) return absl::InternalError(fmt::format("cannot write {}", path.string()));
  return absl::OkStatus();
}

// Keeps a second core off the same data: calendars in memory would not see its writes. The lock
// goes with the process.
absl::Status LockDirectory(const fs::path& directory) {
  const int file = open((directory / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return absl::PermissionDeniedError(fmt::format("cannot write to {}", directory.string()));
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    return absl::FailedPreconditionError(
        fmt::format("another kalendsd works on {}: stop it, or choose another --data_dir", directory.string()));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<storage::Database>> OpenDatabase(const fs::path& directory) {
  const std::string storage = absl::GetFlag(FLAGS_storage);
  constexpr std::string_view kSqlite = "sqlite:";
  if (!storage.starts_with(kSqlite)) {
    return absl::InvalidArgumentError("--storage must be sqlite: or sqlite:PATH in this version");
  }
  const std::string path = storage.substr(kSqlite.size());
  storage::SqliteOptions options;
  options.path = path.empty() ? (directory / "kalends.db").string() : path;
  return storage::OpenSqlite(options);
}

absl::StatusOr<ServerOptions> OptionsFromFlags() {
  ServerOptions options;
  options.listen = absl::GetFlag(FLAGS_listen);
  options.clock = [] {
    return std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  };
  options.random = SystemRandom;
  ASSIGN_OR_RETURN(options.tls_certificate, ReadFile(absl::GetFlag(FLAGS_tls_cert_file)));
  ASSIGN_OR_RETURN(options.tls_key, ReadFile(absl::GetFlag(FLAGS_tls_key_file)));
  ASSIGN_OR_RETURN(options.client_ca, ReadFile(absl::GetFlag(FLAGS_tls_client_ca_file)));
  if (options.tls_certificate.empty() != options.tls_key.empty()) {
    return absl::InvalidArgumentError("--tls_cert_file and --tls_key_file go together");
  }
  options.calendar_bytes_max = std::int64_t{absl::GetFlag(FLAGS_calendar_cache_mib)} << 20;
  options.hub.complete_after = std::chrono::hours(absl::GetFlag(FLAGS_complete_after_hours));
  return options;
}

absl::Status Run(const sigset_t& signals) {
  const fs::path directory = absl::GetFlag(FLAGS_data_dir);
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) return absl::PermissionDeniedError(fmt::format("cannot make {}", directory.string()));
  RETURN_IF_ERROR(LockDirectory(directory));
  ASSIGN_OR_RETURN(auto database, OpenDatabase(directory));
  ASSIGN_OR_RETURN(ServerOptions options, OptionsFromFlags());
  const std::string host = options.listen.substr(0, options.listen.rfind(':'));
  ASSIGN_OR_RETURN(const auto server, StartServer(std::move(database), std::move(options)));
  if (!server->first_admin_key().empty()) {
    const fs::path key_file = directory / "admin.key";
    RETURN_IF_ERROR(WritePrivateFile(key_file, server->first_admin_key() + "\n"));
    spdlog::info("first start: the admin key is in {}", key_file.string());
  }
  spdlog::info("serving gRPC on {}:{}", host, server->port());
  if (const std::string port_file = absl::GetFlag(FLAGS_port_file); !port_file.empty()) {
    RETURN_IF_ERROR(WritePrivateFile(port_file, fmt::format("{}\n", server->port())));
  }
  int signal = 0;
  sigwait(&signals, &signal);
  spdlog::info("stopping");
  return absl::OkStatus();
}

}  // namespace
}  // namespace kalends::server

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "The Kalends core: appointment scheduling over gRPC.\n\n"
      "Every flag has an environment variable of the same name in capitals, KALENDS_LISTEN for\n"
      "--listen. The first start writes an admin key to <data_dir>/admin.key (mode 0600).");
  absl::ParseCommandLine(argc, argv);
  spdlog::set_level(spdlog::level::from_str(absl::GetFlag(FLAGS_log_level)));
  if (sodium_init() < 0) {
    std::cerr << "kalendsd: libsodium cannot be initialized\n";
    return EXIT_FAILURE;
  }
  // Before any thread exists, so that all inherit it and only sigwait sees the signals.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const absl::Status status = kalends::server::Run(signals);
  if (status.ok()) return EXIT_SUCCESS;
  std::cerr << "kalendsd: " << status.message() << "\n";
  return EXIT_FAILURE;
}
