// The simulator as an HTTP server on a loopback address: the Bot API under /bot<token>/ and /file/,
// the control side under /sim/, the page at /.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/telegram_sim/world.h"

namespace kalends::sim {

struct ServerOptions {
  std::string host = "127.0.0.1";   // Loopback only.
  unsigned short port = 0;          // 0: any free one.
  std::vector<std::string> tokens;  // All of them are the one bot.
};

class Server {
 public:
  // Listens at once. `world` must outlive the server, and belongs to Run's thread while it runs.
  // INVALID_ARGUMENT for an address that is not loopback, UNAVAILABLE if the port is taken.
  static absl::StatusOr<std::unique_ptr<Server>> Listen(const ServerOptions& options, World& world);
  ~Server();

  unsigned short port() const;
  // Serves until Stop. Long polls wait without threads of their own.
  void Run();
  // May be called from any thread.
  void Stop();
  // Stops on SIGINT and SIGTERM.
  void StopOnSignals();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kalends::sim
