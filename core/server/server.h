// The gRPC server: every service of the contract, health and reflection.
#pragma once

#include <grpcpp/server_context.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "core/app/duties.h"
#include "core/app/engine.h"
#include "core/base/limits.h"
#include "core/server/tls_files.h"
#include "core/server/transfers.h"

namespace kalends::server {

struct ServerOptions {
  std::string listen = "127.0.0.1:50051";  // Port 0: any free one.
  core::Clock clock;
  app::ClockBehind clock_behind = app::ClockBehind::kRefuse;
  app::RandomBytes random;
  std::shared_ptr<storage::MasterKeys> master_keys;
  std::filesystem::path blob_directory;  // Of documents, and of this database; made if missing.
  // Stores the secret of the first admin key, made when the database has no key at all.
  std::function<absl::Status(const std::string& secret)> keep_admin_key;
  bool new_admin_key = false;     // Make another one, as the one there was is lost.
  const TlsFiles* tls = nullptr;  // nullptr: no TLS. Outlives the server.
  bool open_reflection = false;   // Who has no key may learn the contract, too.
  // Told of each call that shows a key in force. From any thread.
  std::function<void(const grpc::ServerContextBase& call)> on_key;
  std::filesystem::path picture_program;  // Empty: beside this program.
  TransferPaces paces;
  std::chrono::milliseconds keepalive = core::kKeepalive;
  std::chrono::milliseconds ping_interval_min = core::kPingIntervalMin;
  std::int64_t calendar_bytes_max = std::int64_t{256} << 20;
  // What the rates of API keys are counted by, and jumps of `clock` are seen by.
  core::MonotonicClock ticks = [] { return std::chrono::steady_clock::now().time_since_epoch(); };
  app::DutyOptions duties;
};

class Server {
 public:
  virtual ~Server() = default;  // Ends running calls and writes what was accepted.
  virtual int port() const = 0;
  // Something changed outside of the calls, such as a test's clock: look for what is due now.
  virtual void Wake() = 0;
};

// Serves `database` until the result is destroyed. UNAVAILABLE: the address is taken.
// INVALID_ARGUMENT: it is none of this machine. FAILED_PRECONDITION, with a sentence for people: a
// master key is missing, or the blob directory is that of another database.
absl::StatusOr<std::unique_ptr<Server>> StartServer(std::unique_ptr<storage::Database> database,
                                                    ServerOptions options);

// Random bytes of the operating system.
std::string SystemRandom(std::size_t size);

}  // namespace kalends::server
